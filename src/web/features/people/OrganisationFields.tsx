/** Fields of an entry of the register. */
import { useTranslation } from 'react-i18next'
import type { Issue } from '#kernel/issue.ts'
import { FieldRow, TextField } from '../../ui/fields.tsx'
import { useFormContext } from '../../ui/form.tsx'
import { kinds } from './OrganisationsPage.tsx'
import css from './organisation.module.css'

export type Fields = { name?: string; kinds?: string[]; street?: string; city?: string; postcode?: string; email?: string }

export const missingFields = ({ name, kinds: chosen }: Fields): Issue[] => [
  ...(name ? [] : [{ code: 'form.required', severity: 'error', path: '/name' } as const]),
  ...(chosen && chosen.length > 0 ? [] : [{ code: 'form.required', severity: 'error', path: '/kinds' } as const]),
]

export const OrganisationFields = ({ value }: { value: Fields }) => {
  const { t } = useTranslation('people')
  const form = useFormContext()?.form
  const chosen = value.kinds ?? []
  return (
    <>
      <TextField path="/name" label={t('organisations.name')} width="l" maxLength={128} />
      <fieldset className={css.kinds}>
        <legend>{t('organisations.kinds')}</legend>
        {kinds.map((kind) => (
          <label key={kind}>
            <input
              type="checkbox"
              checked={chosen.includes(kind)}
              onChange={(event) => form?.set('/kinds', event.target.checked ? [...chosen, kind] : chosen.filter((one) => one !== kind))}
            />{' '}
            {t(`kind.${kind}`)}
          </label>
        ))}
      </fieldset>
      <FieldRow>
        <TextField path="/street" label={t('organisations.street')} width="l" maxLength={120} optional />
        <TextField path="/postcode" label={t('organisations.postcode')} width="s" maxLength={17} optional />
        <TextField path="/city" label={t('organisations.city')} maxLength={64} optional />
      </FieldRow>
      <TextField path="/email" label={t('organisations.email')} width="l" type="email" maxLength={200} optional />
    </>
  )
}
