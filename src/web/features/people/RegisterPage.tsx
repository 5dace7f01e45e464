/** A new entry of the register. */
import { useTranslation } from 'react-i18next'
import { useNavigate } from 'react-router'
import type { Issue } from '#kernel/issue.ts'
import type { Organisation } from '#schema/identity'
import { get } from '../../app/api.ts'
import { useCommand } from '../../app/use-command.ts'
import { Button } from '../../ui/Button.tsx'
import { CodeField } from '../../ui/CodeField.tsx'
import { FieldRow, TextField } from '../../ui/fields.tsx'
import { Form, useForm } from '../../ui/form.tsx'
import { Page } from '../../ui/Page.tsx'
import { useUnsavedGuard } from '../../ui/unsaved.tsx'
import { missingFields, OrganisationFields, type Fields } from './OrganisationFields.tsx'

type Entry = Fields & { registration?: string; country?: string }
const empty: Entry = { kinds: ['trader'] }
const validate = (entry: Entry): Issue[] => [
  ...missingFields(entry),
  ...(entry.country ? [] : [{ code: 'form.required', severity: 'error', path: '/country' } as const]),
]

const countries = async (text: string, signal: AbortSignal) =>
  (await get<{ rows: { code: string; name: string }[] }>('/api/reference/countries', { q: text, limit: 50 }, { signal })).rows

const RegisterPage = () => {
  const { t } = useTranslation('people')
  const navigate = useNavigate()
  const form = useForm<Entry>({ initial: empty, validate })
  const register = useCommand<Entry, Organisation>({ path: '/api/organisations', refresh: [['list', '/api/organisations']] })
  useUnsavedGuard(form.dirty && !register.pending)
  const submit = async (entry: Entry) => {
    const reply = await register.run(entry)
    if (reply.ok) {
      form.reset(entry)
      setTimeout(() => void navigate(`/organisations/${reply.value.id}`), 0)
    }
    return reply
  }
  return (
    <Page title={t('organisations.registerTitle')} crumbs={[{ label: t('organisations.title'), to: '/organisations' }]} narrow>
      <Form
        form={form}
        onSubmit={submit}
        actions={
          <Button kind="primary" type="submit" pending={register.pending}>
            {t('organisations.register')}
          </Button>
        }
      >
        <FieldRow>
          <TextField path="/registration" label={t('organisations.number')} hint={t('organisations.numberHint')} mono upper maxLength={17} optional />
          <CodeField path="/country" label={t('organisations.country')} source={countries} maxLength={2} />
        </FieldRow>
        <OrganisationFields value={form.value} />
      </Form>
    </Page>
  )
}
export default RegisterPage
