/** Which tariff a reader means who says no date: that of today, where the administration is. */
import type { LegalDate } from '#kernel/time.ts'
import type { Deps } from '#platform/module.ts'
import { dayIn, keepFresh, loadReference } from '#modules/reference'
import { home } from '#schema/reference'

export type Asked = { administration?: string; date?: string }
/** Administration and legal date that a question means. */
export type Meant = (asked: Asked, now: string) => Promise<{ administration: string; date: LegalDate }>

export const meaning = ({ sql, bus }: Pick<Deps, 'sql' | 'bus'>): Meant => {
  const reference = keepFresh(bus, 'reference', () => loadReference(sql))
  return async (asked, now) => {
    const administration = asked.administration ?? home
    return { administration, date: asked.date ?? dayIn(await reference(), administration, now) }
  }
}
