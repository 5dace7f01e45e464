/** What the wall shows in turn: the whole country, then each open alarm that matters, gravest first. Pure. */
import type { AlarmRow, LonLat } from '#schema/supervision'

export type Scene = { kind: 'country' } | { kind: 'alarm'; alarm: AlarmRow; at: LonLat }

const mostAlarms = 8

/** Scenes in their order; an alarm without a known place is in the list beside and in no scene. */
export const scenesOf = (alarms: readonly AlarmRow[], placeOf: (alarm: AlarmRow) => LonLat | null): Scene[] => [
  { kind: 'country' },
  ...alarms
    .filter((a) => a.severity === 'critical' || a.severity === 'high')
    .flatMap((alarm): Scene[] => {
      const at = placeOf(alarm)
      return at ? [{ kind: 'alarm', alarm, at }] : []
    })
    .slice(0, mostAlarms),
]

const silentMs = 30 * 60_000
/** Seals on trips that have said nothing for half an hour. */
export const countSilent = (seals: readonly { receivedAt: string; trip: unknown }[], nowMs: number): number =>
  seals.filter((s) => s.trip !== null && nowMs - Date.parse(s.receivedAt) > silentMs).length
