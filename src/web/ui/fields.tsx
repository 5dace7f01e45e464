/**
 * Plain fields. All take the props of Field.tsx.
 * `<TextField path="/lrn" label="LRN" maxLength={22} mono upper />` · `<TextArea rows={4} />` · `<Checkbox />` (true or absent)
 * `<Choice options={[{ value, label, hint }]} />` radio buttons, for few; `<Select options />` for a closed list without codes
 * `<DateField />` ISO date · `<DecimalField unit="kg" />` numeral kept as typed when it is none, so that nothing is lost
 * `<MoneyField path="/invoiceTotal" currencies={…} />` `{ amount, currency }` · `<FieldRow>` fields side by side
 */
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { Issue } from '#kernel/issue.ts'
import { describedBy, FieldFrame, isInvalid, type FieldProps } from './Field.tsx'
import { useField } from './form.tsx'
import { CurrencyInput, NumeralInput } from './numeral-inputs.tsx'
import { useNumeral } from './use-numeral.ts'
import css from './form.module.css'

const attributes = (id: string, hint: string | undefined, issues: readonly Issue[]) => ({
  id,
  'aria-describedby': describedBy(id, hint, issues),
  'aria-invalid': isInvalid(issues) || undefined,
})

export type TextFieldProps = FieldProps<string> & {
  maxLength?: number
  mono?: boolean
  /** capitals, as codes are */ upper?: boolean
  type?: 'text' | 'email' | 'password' | 'tel' | 'search'
  autoComplete?: string
  placeholder?: string
  inputMode?: 'text' | 'numeric' | 'decimal'
}

export const TextField = (props: TextFieldProps) => {
  const { label, hint, maxLength, mono, upper, type = 'text', readOnly, disabled, autoComplete = 'off', placeholder, inputMode, autoFocus } = props
  const { id, value, change, leave, issues } = useField(props, label)
  return (
    <FieldFrame {...props} id={id} issues={issues}>
      <input
        {...attributes(id, hint, issues)}
        className={css.input}
        data-mono={mono || undefined}
        type={type}
        value={value ?? ''}
        maxLength={maxLength}
        readOnly={readOnly}
        disabled={disabled}
        autoComplete={autoComplete}
        placeholder={placeholder}
        inputMode={inputMode}
        data-autofocus={autoFocus || undefined}
        spellCheck={mono ? false : undefined}
        onChange={(event) => change((upper ? event.target.value.toUpperCase() : event.target.value) || undefined)}
        onBlur={() => {
          const trimmed = value?.trim()
          if (type !== 'password' && value !== undefined && trimmed !== value) change(trimmed || undefined)
          leave()
        }}
      />
    </FieldFrame>
  )
}

export type TextAreaProps = FieldProps<string> & { rows?: number; maxLength?: number }

export const TextArea = (props: TextAreaProps) => {
  const { label, hint, rows = 3, maxLength, readOnly, disabled, autoFocus, width = 'full' } = props
  const { id, value, change, leave, issues } = useField(props, label)
  const { t } = useTranslation()
  const left = maxLength === undefined ? null : maxLength - (value?.length ?? 0)
  return (
    <FieldFrame {...props} width={width} id={id} issues={issues}>
      <textarea
        {...attributes(id, hint, issues)}
        className={css.input}
        rows={rows}
        value={value ?? ''}
        maxLength={maxLength}
        readOnly={readOnly}
        disabled={disabled}
        data-autofocus={autoFocus || undefined}
        onChange={(event) => change(event.target.value || undefined)}
        onBlur={leave}
      />
      {left !== null && left < 100 && <span className={css.hint}>{t('form.left', { count: left })}</span>}
    </FieldFrame>
  )
}

export const Checkbox = (props: FieldProps<boolean>) => {
  const { label, hint, disabled, readOnly } = props
  const { id, value, change, leave, issues } = useField(props, label)
  return (
    <div className={css.field} data-width="full" data-invalid={isInvalid(issues) || undefined}>
      <label className={css.check}>
        <input
          {...attributes(id, hint, issues)}
          type="checkbox"
          checked={value ?? false}
          disabled={disabled || readOnly}
          onChange={(event) => change(event.target.checked || undefined)}
          onBlur={leave}
        />
        <span>{label}</span>
      </label>
      {hint && (
        <p id={`${id}-hint`} className={css.hint}>
          {hint}
        </p>
      )}
    </div>
  )
}

export type Option = { value: string; label: string; hint?: string }
export type ChoiceProps = FieldProps<string> & { options: readonly Option[]; /** beside one another */ inline?: boolean }

export const Choice = (props: ChoiceProps) => {
  const { label, options, inline, disabled, readOnly } = props
  const { id, value, change, leave, issues } = useField(props, label)
  return (
    <FieldFrame {...props} width={props.width ?? 'full'} id={id} issues={issues} group>
      <div className={css.choices} data-inline={inline || undefined}>
        {options.map((option, at) => (
          <label key={option.value} className={css.check}>
            <input
              type="radio"
              id={at === 0 ? id : undefined}
              name={id}
              value={option.value}
              checked={value === option.value}
              disabled={disabled || readOnly}
              onChange={() => change(option.value)}
              onBlur={leave}
            />
            <span>
              {option.label}
              {option.hint && <span className={css.hint}>{option.hint}</span>}
            </span>
          </label>
        ))}
      </div>
    </FieldFrame>
  )
}

export type SelectProps = FieldProps<string> & { options: readonly Option[]; /** what stands there while nothing is chosen */ nothing?: string }

export const Select = (props: SelectProps) => {
  const { label, hint, options, nothing, disabled, readOnly } = props
  const { id, value, change, leave, issues } = useField(props, label)
  return (
    <FieldFrame {...props} id={id} issues={issues}>
      <select
        {...attributes(id, hint, issues)}
        className={css.input}
        value={value ?? ''}
        disabled={disabled || readOnly}
        onChange={(event) => change(event.target.value || undefined)}
        onBlur={leave}
      >
        {(nothing !== undefined || value === undefined) && <option value="">{nothing ?? ''}</option>}
        {options.map((option) => (
          <option key={option.value} value={option.value}>
            {option.label}
          </option>
        ))}
      </select>
    </FieldFrame>
  )
}

export type DateFieldProps = FieldProps<string> & { min?: string; max?: string }

export const DateField = (props: DateFieldProps) => {
  const { label, hint, min, max, readOnly, disabled, width = 's' } = props
  const { id, value, change, leave, issues } = useField(props, label)
  return (
    <FieldFrame {...props} width={width} id={id} issues={issues}>
      <input
        {...attributes(id, hint, issues)}
        className={css.input}
        type="date"
        value={value ?? ''}
        min={min}
        max={max}
        readOnly={readOnly}
        disabled={disabled}
        onChange={(event) => change(event.target.value || undefined)}
        onBlur={leave}
      />
    </FieldFrame>
  )
}

export type DecimalFieldProps = FieldProps<string> & { unit?: ReactNode; placeholder?: string }

/** Messages of a numeral: that it is none goes before whatever else is wrong with it. */
const ownFirst = (own: readonly Issue[], others: readonly Issue[]): readonly Issue[] =>
  own.length === 0 ? others : [...own, ...others.filter((issue) => issue.severity !== 'error')]

export const DecimalField = (props: DecimalFieldProps) => {
  const { label, hint, unit, readOnly, disabled, placeholder, width = 's' } = props
  const field = useField(props, label)
  const numeral = useNumeral(field.value, field.change)
  const issues = ownFirst(numeral.issues, field.issues)
  return (
    <FieldFrame {...props} width={width} id={field.id} issues={issues}>
      <span className={css.withUnit}>
        <NumeralInput
          {...attributes(field.id, hint, issues)}
          numeral={numeral}
          onLeave={field.leave}
          placeholder={placeholder}
          readOnly={readOnly}
          disabled={disabled}
        />
        {unit && <span className={css.unit}>{unit}</span>}
      </span>
    </FieldFrame>
  )
}

export type Amount = { amount?: string; currency?: string }
export type MoneyFieldProps = FieldProps<Amount> & {
  /** those offered first; any three letters are taken */
  currencies?: readonly string[]
  /** the currency is given elsewhere */
  fixedCurrency?: string
}

export const MoneyField = (props: MoneyFieldProps) => {
  const { label, hint, currencies = [], fixedCurrency, readOnly, disabled } = props
  const { t } = useTranslation()
  const field = useField(props, label)
  const now = field.value ?? {}
  const change = (next: Amount): void => field.change(next.amount === undefined && (fixedCurrency || next.currency === undefined) ? undefined : next)
  const numeral = useNumeral(now.amount, (amount) => change({ ...now, amount, ...(fixedCurrency && { currency: fixedCurrency }) }))
  const issues = ownFirst(numeral.issues, field.issues)
  const access = { readOnly, disabled }
  return (
    <FieldFrame {...props} id={field.id} issues={issues} group>
      <span className={css.money}>
        <NumeralInput {...attributes(field.id, hint, issues)} {...access} aria-label={t('money.amount')} numeral={numeral} onLeave={field.leave} />
        {fixedCurrency ? (
          <span className={css.unit}>{fixedCurrency}</span>
        ) : (
          <CurrencyInput
            {...access}
            id={`${field.id}-currencies`}
            value={now.currency}
            currencies={currencies}
            onChange={(currency) => change({ ...now, currency })}
            onLeave={field.leave}
          />
        )}
      </span>
    </FieldFrame>
  )
}

export const FieldRow = ({ children }: { children: ReactNode }) => <div className={css.fieldRow}>{children}</div>
