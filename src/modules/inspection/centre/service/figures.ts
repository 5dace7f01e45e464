/** Figures from stored trials: the board, people, agreement and drift. Each of one column. */
import { later } from '#kernel/time.ts'
import type { Reader } from '#platform/database.ts'
import { concordance } from '../../figures/agreement.ts'
import { boardOf } from '../../figures/board.ts'
import { cusumOfRates, histogram, psi } from '../../figures/drift.ts'
import { measure, refresherDue, trend, wilson } from '../../figures/figures.ts'
import type { Board, ConcordanceView, DriftView, PersonFigures } from '../../schema/figures.ts'
import type { Column } from '../../schema/subject.ts'
import { listReaders } from '../store/readers.ts'
import { listDays, listJudgements, listScores, listTrials } from '../store/trials.ts'

export const readBoard = async (db: Reader, column: Column, readers: Board['readers'] | null, areNamesShown: boolean): Promise<Board> =>
  boardOf(column, await listTrials(db, column), readers, areNamesShown)

/** What a reader should detect: under it, counted with the interval, a refresher is due. */
const standards = { senior: 0.9, intermediate: 0.8, trainee: 0.7 } as const

export const readPeople = async (db: Reader, column: Column): Promise<PersonFigures[]> => {
  const [readers, trials] = [await listReaders(db), await listTrials(db, column)]
  return readers.map(({ viewing, ...profile }) => {
    const own = trials.filter((t) => t.reader === profile.personId)
    const figures = measure(column, own)
    const standard = standards[profile.team]
    return {
      ...profile,
      column,
      figures,
      trend: trend(own)?.direction ?? null,
      refresherDue: refresherDue(figures?.detection ?? null, standard),
      standard,
      viewingSince: viewing.since,
      restUntil: viewing.restUntil,
      lastTrialAt: own.at(-1)?.at ?? null,
    }
  })
}

export const readConcordance = async (db: Reader, column: Column): Promise<ConcordanceView> => ({
  column,
  ...concordance(await listJudgements(db, column)),
})

const day = 86_400_000
const watchedDays = 28
const referenceDays = 7

/** Alarm rate of each day against the first week of the window, and the scores of the last week against those before. */
export const readDrift = async (db: Reader, column: Column, now: string): Promise<DriftView> => {
  const since = later(now, -watchedDays * day)
  const days = await listDays(db, column, since)
  const first = days.slice(0, referenceDays)
  const sum = (of: (d: (typeof days)[number]) => number): number => first.reduce((total, d) => total + of(d), 0)
  const reference =
    days.length > referenceDays
      ? wilson(
          sum((d) => d.alarms),
          sum((d) => d.n),
        )
      : null
  const steps = cusumOfRates(
    days.map((d) => ({ count: d.alarms, n: d.n })),
    reference?.value ?? 0,
  )
  const week = later(now, -7 * day)
  const [before, late] = [await listScores(db, column, since, week), await listScores(db, column, week, now)]
  return { column, days: days.map((d, i) => ({ ...d, ...steps[i]! })), reference, psi: psi(histogram(before), histogram(late)) }
}
