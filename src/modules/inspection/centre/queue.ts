/**
 * Who reads what next, and when somebody must rest. Pure.
 *
 * A case's turn is its deadline, brought forward by its risk: 100 points are worth `creditMs`. The turn is fixed when the case is made, so
 * waiting alone moves it to the front: whatever comes later than its turn (plus the credit) stands behind it. Nothing starves.
 */
import { type Instant, instantOf, later } from '#kernel/time.ts'
import type { CaseOrigin, CentreSetting, ImageCase } from '../schema/case.ts'
import type { Item } from '../schema/subject.ts'

/** What 100 points of risk are worth in milliseconds of waiting. */
export const creditMs = 15 * 60_000

/** The instant by which the queue is sorted. */
export const turnOf = (c: Pick<CaseOrigin, 'dueAt' | 'riskScore'>): Instant =>
  instantOf(Date.parse(c.dueAt) - Math.round((c.riskScore / 100) * creditMs))

export type Waiting = { id: string; turnAt: Instant; item: Item; readerIds: readonly string[]; operatorId: string | null; claim: Claim | null }
export type Claim = { personId: string; until: Instant }
export type Reader = { personId: string; items: readonly Item[] }

/** Earlier turns first; ties by identifier, which is sorted by time. */
export const byTurn = (a: Pick<Waiting, 'id' | 'turnAt'>, b: Pick<Waiting, 'id' | 'turnAt'>): number =>
  a.turnAt === b.turnAt ? (a.id < b.id ? -1 : a.id > b.id ? 1 : 0) : a.turnAt < b.turnAt ? -1 : 1

/** A lease that has run out binds nobody. */
export const isClaimed = (claim: Claim | null, at: Instant): boolean => claim !== null && claim.until > at

/** May this person take it: trained for it, has not read it, did not take the picture, and nobody else holds it. */
export const mayTake = (w: Waiting, reader: Reader, at: Instant): boolean =>
  reader.items.includes(w.item) &&
  !w.readerIds.includes(reader.personId) &&
  w.operatorId !== reader.personId &&
  (!isClaimed(w.claim, at) || w.claim?.personId === reader.personId)

/** The case that is this reader's next; what he holds already comes first. */
export const nextFor = (waiting: readonly Waiting[], reader: Reader, at: Instant): Waiting | null => {
  const open = waiting.filter((w) => mayTake(w, reader, at))
  const own = open.filter((w) => isClaimed(w.claim, at))
  return (own.length > 0 ? own : open).toSorted(byTurn)[0] ?? null
}

/** How long somebody has looked without a pause. */
export type Viewing = { since: Instant | null; lastAt: Instant | null; restUntil: Instant | null }
export const unseen: Viewing = { since: null, lastAt: null, restUntil: null }

/**
 * The viewing time after somebody looks at a picture at `at`. Who paused as long as a rest takes begins anew. `lockedOut` is set in the
 * moment in which the rest begins; during a rest nothing changes.
 */
export const look = (
  v: Viewing,
  at: Instant,
  { viewingMin, restMin }: Pick<CentreSetting, 'viewingMin' | 'restMin'>,
): { viewing: Viewing; lockedOut: boolean } => {
  if (v.restUntil !== null && at < v.restUntil) return { viewing: v, lockedOut: false }
  const paused = v.lastAt === null || v.restUntil !== null || Date.parse(at) - Date.parse(v.lastAt) >= restMin * 60_000
  const since = paused || v.since === null ? at : v.since
  if (Date.parse(at) - Date.parse(since) < viewingMin * 60_000) return { viewing: { since, lastAt: at, restUntil: null }, lockedOut: false }
  return { viewing: { since: null, lastAt: at, restUntil: later(at, restMin * 60_000) }, lockedOut: true }
}

/** A site that has not been heard of for this long is out of reach; its cases stay where they are. */
export const isLinkLost = (lastHeardAt: Instant | null, at: Instant, setting: Pick<CentreSetting, 'linkLostAfterS'>): boolean =>
  lastHeardAt === null || Date.parse(at) - Date.parse(lastHeardAt) > setting.linkLostAfterS * 1000

export const waitingOf = (c: ImageCase, claim: Claim | null): Waiting => ({
  id: c.id,
  turnAt: turnOf(c),
  item: c.item,
  readerIds: c.readings.map((r) => r.by.personId),
  operatorId: c.operatorId,
  claim,
})
