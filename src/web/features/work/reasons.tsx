/** Reasons and field names as officers read them. */
import { useTranslation } from 'react-i18next'
import type { Reason } from '#schema/clearance'
import { segmentsOf } from '../../ui/pointer.ts'

type LooseT = (key: string, options: Record<string, unknown>) => string

/** A sentence for a reason of lane, control or hold; a code without one shows itself. */
export const useReasonText = (): ((reason: Pick<Reason, 'code'> & { params?: Record<string, unknown> }) => string) => {
  const { t } = useTranslation('work', { keyPrefix: 'reason' })
  const say = t as unknown as LooseT
  return ({ code, params }) => say(code, { ...params, defaultValue: code, keySeparator: false })
}

/** What to look for, where the criterion says so. */
export const instructionOf = (reason: Reason): string | undefined => (typeof reason.params?.instruction === 'string' ? reason.params.instruction : undefined)

/** `/items/2/netMassKg` as people say it: Line 3, Net mass. What has no name shows its own. */
export const useElementName = (): ((path: string) => string) => {
  const { t } = useTranslation('work')
  const say = t as unknown as LooseT
  return (path) => {
    const [head, at, ...rest] = segmentsOf(path)
    const isLine = head === 'items' && /^\d+$/.test(at ?? '')
    const [name, ...more] = isLine ? rest : [head, at, ...rest].filter((part): part is string => part !== undefined)
    const spoken = name ? say(`finding.fields.${name}`, { defaultValue: name }) : ''
    const element = [spoken, ...more].filter(Boolean).join(' · ')
    return isLine ? [say('panel.line', { number: Number(at) + 1 }), element].filter(Boolean).join(', ') : element
  }
}

/** A value of a data element in one line. */
export const shownValue = (value: unknown): string | null => {
  if (value === undefined || value === null || value === '') return null
  if (typeof value !== 'object') return String(value)
  if (Array.isArray(value)) return value.map((one) => shownValue(one) ?? '').join(', ')
  return Object.values(value).map((one) => shownValue(one) ?? '').filter(Boolean).join(' ')
}
