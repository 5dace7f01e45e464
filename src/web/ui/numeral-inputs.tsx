// The inputs inside the fields of numerals and money.
import type { InputHTMLAttributes } from 'react'
import { useTranslation } from 'react-i18next'
import type { Numeral } from './use-numeral.ts'
import css from './form.module.css'

type NumeralInputProps = { numeral: Numeral; onLeave: () => void } & Omit<InputHTMLAttributes<HTMLInputElement>, 'value' | 'onChange' | 'onBlur'>

export const NumeralInput = ({ numeral, onLeave, ...rest }: NumeralInputProps) => {
  const leave = (): void => {
    numeral.leave()
    onLeave()
  }
  return (
    <input
      {...rest}
      className={css.input}
      data-number
      inputMode="decimal"
      autoComplete="off"
      value={numeral.shown}
      onChange={(event) => numeral.type(event.target.value)}
      onBlur={leave}
    />
  )
}

type CurrencyProps = {
  id: string
  value: string | undefined
  currencies: readonly string[]
  onChange: (currency: string | undefined) => void
  onLeave: () => void
  readOnly?: boolean
  disabled?: boolean
}

export const CurrencyInput = ({ id, value, currencies, onChange, onLeave, readOnly, disabled }: CurrencyProps) => {
  const { t } = useTranslation()
  return (
    <>
      <input
        className={css.input}
        data-mono
        aria-label={t('money.currency')}
        list={id}
        maxLength={3}
        value={value ?? ''}
        readOnly={readOnly}
        disabled={disabled}
        onChange={(event) => onChange(event.target.value.toUpperCase() || undefined)}
        onBlur={onLeave}
      />
      <datalist id={id}>
        {currencies.map((currency) => (
          <option key={currency} value={currency} />
        ))}
      </datalist>
    </>
  )
}
