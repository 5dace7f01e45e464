/**
 * Invented readers of the demo's image room: how they see, and what a shift of them made of the practice images. By signal detection with equal
 * variances: evidence of a clear picture is spread normally around 0, of a threat around d′, and a reader alarms above his criterion. Time per
 * image is spread log-normally around the team's median. Pure.
 */
import { normalPair } from '#kernel/random.ts'
import { later } from '#kernel/time.ts'
import { toCsv } from '#platform/csv.ts'
import { quantile } from '#rules/inspection'
import type { TipItemRow } from '#schema/inspection'
import { chance, type Chance } from '../declaration.ts'

/** What customs claims for its two teams, and without a protocol: 528 threats and 300 clear items fit these figures best. */
const claimed = {
  senior: { detection: 0.9716, falseAlarm: 0.0567, medianS: 32.7, spread: 0.35 },
  intermediate: { detection: 0.8674, falseAlarm: 0.2433, medianS: 41.2, spread: 0.45 },
} as const
export type InventedTeam = keyof typeof claimed

/** d′ = z(H) − z(F); alarms come above d′/2 + c with c = −½(z(H) + z(F)), which is −z(F). */
const signalOf = ({ detection, falseAlarm }: { detection: number; falseAlarm: number }): { dPrime: number; alarmAbove: number } => ({
  dPrime: quantile(detection) - quantile(falseAlarm),
  alarmAbove: -quantile(falseAlarm),
})

export type Judgement = { suspect: boolean; /** 1 (guessed) to 5 */ confidence: number; ms: number }

/** One picture, looked at by somebody of the team. `skill`: how far his d′ lies off the team's. */
export const judge = (c: Chance, team: InventedTeam, isThreat: boolean, skill = 0): Judgement => {
  const { medianS, spread, ...rates } = claimed[team]
  const { dPrime, alarmAbove } = signalOf(rates)
  const [noise, pace] = normalPair(c)
  const felt = noise + (isThreat ? dPrime + skill : 0) - alarmAbove
  return { suspect: felt > 0, confidence: Math.min(5, 1 + Math.floor(Math.abs(felt) * 2)), ms: Math.round(medianS * 1000 * Math.exp(spread * pace)) }
}

const readersOfTeam = 4
const skillSpread = 0.2
const pauseMs = 15_000
const columns = ['Image ID', 'Reader', 'Team', 'Decision', 'Confidence', 'Seconds', 'Read at'] as const

const shuffled = <T>(c: Chance, all: readonly T[]): T[] =>
  all
    .map((one) => ({ one, lot: c.next() }))
    .toSorted((a, b) => a.lot - b.lot)
    .map(({ one }) => one)

/** A shift that ended at an instant, as a file of past readings: each reader looked at every picture once, in an order of his own. */
export const inventShift = (items: readonly Pick<TipItemRow, 'imageId' | 'threat'>[], endedAt: string): string => {
  const rows = (Object.keys(claimed) as InventedTeam[]).flatMap((team, t) =>
    Array.from({ length: readersOfTeam }, (_, n) => {
      const c = chance(1_000 * (t + 1) + n)
      const skill = skillSpread * normalPair(c)[0]
      let backMs = 0
      return shuffled(c, items).map(({ imageId, threat }) => {
        const { suspect, confidence, ms } = judge(c, team, threat, skill)
        backMs += ms + pauseMs
        return {
          'Image ID': imageId,
          Reader: `${team === 'senior' ? 'S' : 'I'}${n + 1}`,
          Team: team,
          Decision: suspect ? 'suspect' : 'clear',
          Confidence: confidence,
          Seconds: (ms / 1000).toFixed(1),
          'Read at': later(endedAt, -backMs),
        }
      })
    }).flat(),
  )
  return toCsv(rows, columns)
}
