/** Reasons of lanes, controls and holds as officers read them. */
import { useTranslation } from 'react-i18next'
import type { CaseView, Reason } from '#schema/clearance'

/** Text of another language and direction, kept together inside a sentence (Unicode FSI … PDI). */
export const isolated = (text: string): string => `\u2068${text}\u2069`
const isolatedParams = (params: Record<string, unknown> = {}): Record<string, unknown> =>
  Object.fromEntries(Object.entries(params).map(([name, value]) => [name, typeof value === 'string' ? isolated(value) : value]))

type LooseT = (key: string, options: Record<string, unknown>) => string

/** A sentence for a reason of lane, control or hold; a code without one shows itself. */
export const useReasonText = (): ((reason: Pick<Reason, 'code'> & { params?: Record<string, unknown> }) => string) => {
  const { t } = useTranslation('work')
  const say = t as unknown as LooseT
  return ({ code, params }) => say(`reason.${code}`, { ...isolatedParams(params), defaultValue: code })
}

/** What to look for, where the criterion says so. */
export const instructionOf = (reason: Reason): string | undefined =>
  typeof reason.params?.instruction === 'string' ? reason.params.instruction : undefined

/** The firm that the decision is about: importer of an import, exporter of an export, by name where it is known. */
export const firmOf = ({ state }: CaseView): string => state.trader
