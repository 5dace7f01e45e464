// Pieces that the steps share: groups of fields, lists of rows, parties.
import { useRef, type ReactNode } from 'react'
import { flushSync } from 'react-dom'
import { useTranslation } from 'react-i18next'
import type { ListName } from '#schema/reference'
import { Button, IconButton } from '../../../ui/Button.tsx'
import { CodeField, type CodeFieldProps } from '../../../ui/CodeField.tsx'
import { FieldIssues } from '../../../ui/Field.tsx'
import { FieldRow, TextField } from '../../../ui/fields.tsx'
import { useFormContext } from '../../../ui/form.tsx'
import { valueAt } from '../../../ui/pointer.ts'
import { useCodes } from '../../declaration/codes.ts'
import { useClientName } from '../../declaration/words.tsx'
import { useOperators } from '../parties.ts'
import css from './filing.module.css'

/** The form around, as the steps use it. */
export const useDocument = <T,>(path: string): { value: T | undefined; set: (value: unknown) => void } => {
  const context = useFormContext()
  return { value: valueAt(context?.form.value, path) as T | undefined, set: (value) => context?.form.set(path, value) }
}

export const ListCode = ({ list, ...props }: Omit<CodeFieldProps, 'source'> & { list: ListName }) => <CodeField {...props} source={useCodes(list)} />

export const Group = ({ title, hint, actions, children }: { title: string; hint?: string; actions?: ReactNode; children: ReactNode }) => (
  <fieldset className={css.group}>
    <legend className={css.legend}>{title}</legend>
    {hint && <p className={css.hint}>{hint}</p>}
    {children}
    {actions && <div className={css.groupActions}>{actions}</div>}
  </fieldset>
)

/** Issues of the list as a whole: a field's own show at the field. */
export const HereIssues = ({ path }: { path: string }) => {
  const context = useFormContext()
  const here = context?.form.shown.filter((issue) => issue.path === path) ?? []
  return (
    <div id={context?.idOf(path)} tabIndex={-1}>
      <FieldIssues id={context?.idOf(path) ?? path} issues={here} />
    </div>
  )
}

export type RowsProps<T> = {
  path: string
  title: string
  hint?: string
  /** a new row */ begin?: (count: number) => T
  row: (path: string, at: number) => ReactNode
}

export const Rows = <T extends object>({ path, title, hint, begin, row }: RowsProps<T>) => {
  const { t } = useTranslation('filing')
  const { value = [], set } = useDocument<T[]>(path)
  const box = useRef<HTMLDivElement>(null)
  const add = (): void => {
    // Drawn at once: a focus that came a moment later would pull away somebody who has begun to type.
    flushSync(() => set([...value, begin ? begin(value.length) : {}]))
    box.current?.querySelector<HTMLElement>(`[data-rowat="${value.length}"] input`)?.focus()
  }
  return (
    <Group title={title} hint={hint}>
      <HereIssues path={path} />
      <div ref={box} className={css.rows}>
        {value.map((_, at) => (
          <div key={at} data-rowat={at} className={css.rowLine}>
            <FieldRow>{row(`${path}/${at}`, at)}</FieldRow>
            <IconButton
              icon="trash"
              size="sm"
              label={t('list.remove', { what: `${title} ${at + 1}` })}
              onClick={() => set(value.length === 1 ? undefined : value.filter((_one, i) => i !== at))}
            />
          </div>
        ))}
      </div>
      <Button size="sm" icon="plus" onClick={add} aria-label={`${t('list.add')}: ${title}`}>
        {t('list.add')}
      </Button>
    </Group>
  )
}

export const OperatorField = ({ path, label, readOnly, hint }: { path: string; label: string; readOnly?: boolean; hint?: string }) => {
  const operators = useOperators()
  const nameOf = useClientName()
  return <CodeField path={path} label={label} hint={hint} source={operators} nameOf={nameOf} readOnly={readOnly} width="l" maxLength={35} />
}

export const Party = ({
  path,
  title,
  hint,
  readOnly,
  address = false,
}: {
  path: string
  title: string
  hint?: string
  readOnly?: boolean
  /** name and address may stand in for a number */ address?: boolean
}) => {
  const { t } = useTranslation('filing')
  return (
    <Group title={title} hint={hint}>
      <FieldRow>
        <OperatorField path={`${path}/id`} label={t('field.number')} readOnly={readOnly} />
        {address && <TextField path={`${path}/name`} label={t('field.name')} width="l" maxLength={128} />}
      </FieldRow>
      {address && (
        <FieldRow>
          <TextField path={`${path}/address/line`} label={t('field.street')} width="m" maxLength={256} />
          <TextField path={`${path}/address/postcode`} label={t('field.postcode')} width="s" maxLength={17} />
          <TextField path={`${path}/address/city`} label={t('field.city')} width="m" maxLength={64} />
          <ListCode list="country" path={`${path}/address/country`} label={t('field.country')} width="s" maxLength={2} />
        </FieldRow>
      )}
    </Group>
  )
}
