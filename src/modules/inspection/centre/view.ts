/** What one person may see of a case. Pure. */
import type { CentreSetting, ImageCase } from '../schema/case.ts'
import type { CaseView } from '../schema/case-view.ts'
import { isAssisted } from './case.ts'

export type Viewer = { personId: string; overseer: boolean }
export type Surroundings = {
  setting: CentreSetting
  linkLost: boolean
  claim: { personId: string; name: string; since: string; until: string } | null
}

const unread = new Set(['awaiting-ai', 'first-reading', 'second-reading'])

/** May this person see what the machine and the others say? Who has decided may; so may whoever oversees and never reads. */
export const isBlind = (c: ImageCase, viewer: Viewer): boolean =>
  unread.has(c.status) && !viewer.overseer && !c.readings.some((r) => r.by.personId === viewer.personId)

/** First and second readings, and projected pictures among them, look the same until they have been read. */
export const viewOf = (c: ImageCase, viewer: Viewer, { setting, linkLost, claim }: Surroundings): CaseView => {
  const blind = isBlind(c, viewer)
  const { isTip: _isTip, operatorId: _operatorId, ...rest } = c
  const others = !unread.has(c.status) || viewer.overseer
  return {
    ...rest,
    status: !others && c.status === 'second-reading' ? 'first-reading' : c.status,
    column: others ? c.column : null,
    blind: blind && !isAssisted(c, setting),
    ai: blind && !isAssisted(c, setting) ? null : c.ai,
    // Held against the declaration by a machine: it weighs on a reader as the detector does.
    matched: blind && !isAssisted(c, setting) ? null : c.matched,
    recheck: others ? c.recheck : null,
    readings: others ? c.readings : c.readings.filter((r) => r.by.personId === viewer.personId),
    claim: claim && { name: claim.name, since: claim.since, until: claim.until, mine: claim.personId === viewer.personId },
    linkLost,
  }
}
