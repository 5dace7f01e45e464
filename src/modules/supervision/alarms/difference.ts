/** What has changed between the episodes that are stored and those that follow from all observations now. */
import { alarmKinds } from './kinds.ts'
import type { Episode } from './state.ts'

export type Kept = { id: string; episode: Episode; status: 'open' | 'closed' | 'retracted' | 'superseded'; acknowledged: boolean }
export type Difference = {
  opened: Episode[]
  /** same episode, with more or other evidence, another beginning or an end */
  changed: { id: string; episode: Episode }[]
  /** inferred ones that no longer follow: gone, or superseded where somebody had acknowledged them */
  gone: { id: string; status: 'retracted' | 'superseded' }[]
}

const keyOf = (e: Episode): string => `${e.kind}|${e.subject}|${e.openedMs}`
const same = (a: Episode, b: Episode): boolean =>
  a.openedMs === b.openedMs &&
  a.lastMs === b.lastMs &&
  a.closedMs === b.closedMs &&
  a.count === b.count &&
  a.worst === b.worst &&
  a.source === b.source &&
  a.endedBy === b.endedBy

/** Pairs by kind, subject and beginning first; what is left over of a kind and subject on both sides has been re-timed. */
export const difference = (kept: readonly Kept[], now: readonly Episode[]): Difference => {
  const living = kept.filter((k) => k.status === 'open' || k.status === 'closed')
  const byKey = new Map(living.map((k) => [keyOf(k.episode), k]))
  const found: Difference = { opened: [], changed: [], gone: [] }
  const unpaired: Episode[] = []
  for (const episode of now) {
    const before = byKey.get(keyOf(episode))
    if (!before) unpaired.push(episode)
    else {
      byKey.delete(keyOf(episode))
      if (!same(before.episode, episode)) found.changed.push({ id: before.id, episode })
    }
  }
  for (const episode of unpaired) {
    const before = [...byKey.values()].find((k) => k.episode.kind === episode.kind && k.episode.subject === episode.subject)
    if (before) {
      byKey.delete(keyOf(before.episode))
      found.changed.push({ id: before.id, episode })
    } else found.opened.push(episode)
  }
  for (const { id, episode, acknowledged } of byKey.values())
    // What a device raised stays whatever else is learnt.
    if (episode.source === 'inferred') found.gone.push({ id, status: acknowledged ? 'superseded' : 'retracted' })
  return found
}

const pageWithinMs = 600_000

/**
 * Who is told: a page when it happened within ten minutes or still goes on; critical evidence always, marked late where it is; of what
 * a replay tells of the past, one summary.
 */
export const notifyOf = (e: Episode, learntMs: number): 'page' | 'late' | 'summary' => {
  const { severity } = alarmKinds[e.kind]
  if (severity === 'quality') return 'summary'
  if (e.closedMs === null || learntMs - e.openedMs <= pageWithinMs) return learntMs - e.openedMs <= pageWithinMs ? 'page' : 'late'
  return severity === 'critical' ? 'late' : 'summary'
}
