// What is asked stands in the address, so that an answer can be shared, and is there again after going back.
import type { CalculatorQuery } from '#schema/duty'
import type { Amount } from '../../../ui/fields.tsx'

export type Asked = {
  code?: string
  origin?: string
  value?: Amount
  transport?: string
  date?: string
  netMassKg?: string
  quantity?: string
  preference?: string
  order?: string
  additional?: string
  documents?: string
}

const plain = ['code', 'origin', 'transport', 'date', 'netMassKg', 'quantity', 'preference', 'order', 'additional', 'documents'] as const
const codes = (text: string | undefined): string | undefined =>
  text
    ?.toUpperCase()
    .split(/[\s,;]+/)
    .filter(Boolean)
    .join(',') || undefined

export const askedOf = (search: URLSearchParams): Asked => {
  const asked: Asked = {}
  for (const name of plain) {
    const value = search.get(name)
    if (value) asked[name] = value
  }
  const amount = search.get('value')
  if (amount) asked.value = { amount, currency: search.get('currency') ?? 'VRC' }
  return asked
}

export const isWhole = (a: Asked): boolean =>
  /^\d{6,10}$/.test(a.code ?? '') && /^[A-Z]{2}$/.test(a.origin ?? '') && /^\d+(\.\d+)?$/.test(a.value?.amount ?? '')

/** The address of a question; also the query of the interface. */
export const queryOf = (a: Asked): CalculatorQuery => {
  const { value, additional, documents, ...rest } = a
  const query: Record<string, string | undefined> = {
    ...rest,
    value: value?.amount,
    currency: value?.currency,
    additional: codes(additional),
    documents: codes(documents),
  }
  return Object.fromEntries(Object.entries(query).filter(([, v]) => v !== undefined && v !== '')) as CalculatorQuery
}
