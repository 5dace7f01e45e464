import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { isDecimal } from '#kernel/decimal.ts'
import { error, type Issue } from '#kernel/issue.ts'
import { editableDecimal, parseDecimal } from '../i18n/format.ts'
import { afterPress } from './form.tsx'

export type Numeral = {
  shown: string
  type: (text: string) => void
  leave: () => void
  /** once left: that this is no number */ issues: readonly Issue[]
}

/** What is typed stays until one leaves the field; then it becomes a numeral, or stays as it is and says that it is none. */
export const useNumeral = (value: string | undefined, change: (value: string | undefined) => void): Numeral => {
  const { i18n } = useTranslation()
  const [typing, setTyping] = useState<string | null>(null)
  const [left, setLeft] = useState(false)
  const isNumber = value === undefined || isDecimal(value)
  const written = value === undefined ? '' : isNumber ? editableDecimal(value, i18n.language) : value
  return {
    shown: typing ?? written,
    type: (text) => {
      setTyping(text)
      change(text === '' ? undefined : (parseDecimal(text, i18n.language) ?? text))
    },
    leave: () => {
      setTyping(null)
      afterPress(() => setLeft(true))
    },
    issues: left && !isNumber ? [error('form.not_a_number', '', { value })] : [],
  }
}
