/** A back-test runs beside everything else: asked for by a command, done by a job, its progress told as it goes. */
import { randomBytes } from 'node:crypto'
import { uuidv7 } from '#kernel/ids.ts'
import { error } from '#kernel/issue.ts'
import { accept, refuse, type Outcome } from '#kernel/outcome.ts'
import { actorOf, type Asking, once } from '#platform/command.ts'
import { inTransaction } from '#platform/database.ts'
import { enqueue } from '#platform/jobs.ts'
import { mayReadProfile } from '../access.ts'
import { createForecast, type PastRow } from '../profile/forecast.ts'
import { createHistory } from '../profile/history.ts'
import { compileSet } from '../profile/set.ts'
import { subjectFrom } from '../profile/snapshot.ts'
import type { Backtest } from '../schema/backtest.ts'
import type { ProfileVersion } from '../schema/profile.ts'
import { countHistory, findBacktest, finishBacktest, type HistoryRow, insertBacktest, noteProgress, readHistory } from '../store/backtests.ts'
import { activeVersions, lockVersion } from '../store/profiles.ts'
import { readSettings } from '../store/settings.ts'
import { readerOf, type Risk } from './live.ts'
import { commandInside, readProfileText } from './profiles.ts'

export const backtestTask = 'risk:backtest'

/** Asks for a back-test of one version on history from a day on. Answers at once; the result comes with `findBacktest`. */
export const askBacktest = async (r: Risk, a: Asking, code: string, number: number, from: string | null): Promise<Outcome<Backtest>> => {
  const id = uuidv7(Date.parse(a.now), randomBytes(10))
  return once<Backtest>(
    r.deps.sql,
    { key: a.key, actor: actorOf(a.principal), name: 'risk-backtest.ask', subject: { kind: 'risk-backtest', id }, creates: true, at: a.now },
    async (tx) => {
      const version = await lockVersion(tx, code, number)
      if (!version || !mayReadProfile(readerOf(a.principal), version)) return refuse(error('risk.profile_unknown', '/code', { code, number }))
      if (version.status === 'draft') return refuse(error('risk.profile_unchecked', '', { code, number }))
      const by = { personId: a.principal.personId, name: a.principal.name }
      await insertBacktest(tx, { id, code, number, by, at: a.now, from })
      await enqueue(tx, backtestTask, { id })
      const asked = (await findBacktest(tx, id))!
      return accept({ body: { payload: { code, number, from }, facts: {}, events: [{ type: 'risk-backtest.asked', id }] }, reply: asked })
    },
  )
}

const pastOf = (row: HistoryRow): PastRow => ({
  date: row.at.slice(0, 10),
  office: row.office,
  lane: row.lane,
  random: row.chosenBy === 'random',
  found: row.found ?? undefined,
  amountMinor: row.amountMinor,
  importer: row.snapshot.declaration['party.importer'] as string | undefined,
  origin: row.snapshot.items[0]?.['item.origin'] as string | undefined,
})

/** Rows read at a time; between two reads other work goes on. */
const batch = 1000

const run = async (r: Risk, id: string, version: ProfileVersion) => {
  const { administration, control, lane, percent } = version.content
  const living = (await activeVersions(r.deps.sql)).filter((v) => v.content.administration === administration && v.code !== version.code)
  const currency = await r.currency(administration)
  const read = await Promise.all([version, ...living].map((v) => readProfileText(r, r.deps.sql, v.content.text, administration)))
  const [own] = read
  if (!own?.ok) return null
  const others = living.filter((_, i) => read[i + 1]!.ok)
  const set = compileSet(
    read.flatMap((x) => (x.ok ? [x.value] : [])),
    currency,
  )
  const history = createHistory(set.windows, currency)
  const setting = (await readSettings(r.deps.sql)).find((s) => s.administration === administration && s.office === '')
  const [documentary, physical] = [setting?.documentaryMinutes ?? 20, setting?.physicalMinutes ?? 90]
  const minutes = control === 'none' ? 0 : control === 'documentary' ? documentary : control === 'physical' ? physical : documentary + physical
  const forecast = createForecast(
    { percent, lane, minutes, currency: currency.code },
    others.map((v) => ({ code: v.code, name: v.content.name })),
  )
  const from = (await findBacktest(r.deps.sql, id))!.historyFrom
  const total = await countHistory(r.deps.sql, administration, from)
  let done = 0
  for await (const rows of readHistory(r.deps.sql, administration, from, batch)) {
    for (const row of rows) {
      const bare = subjectFrom(row.snapshot)
      const subject = set.windows.length > 0 ? { ...bare, windows: history.figures(bare) } : bare
      const hits = set.hits(subject)
      forecast.add(
        pastOf(row),
        hits.includes(0) && (version.content.office === null || version.content.office === row.office),
        hits.flatMap((h) => (h > 0 ? [h - 1] : [])),
      )
      if (set.windows.length > 0) history.add(bare, row.found ?? undefined)
    }
    done += rows.length
    await noteProgress(r.deps.sql, id, Math.min(0.99, done / Math.max(1, total)))
    r.deps.bus.announce({ topic: 'risk-backtest', id, progress: done / Math.max(1, total) })
  }
  return forecast.result()
}

/** The job: works through history, keeps the result, and brings the version to `back-tested`. */
export const runBacktest = async (r: Risk, id: string): Promise<void> => {
  const asked = await findBacktest(r.deps.sql, id)
  if (!asked || asked.status === 'done') return
  await noteProgress(r.deps.sql, id, 0)
  const version = await inTransaction(r.deps.sql, (tx) => lockVersion(tx, asked.code, asked.number))
  const result = version && (await run(r, id, version))
  await inTransaction(r.deps.sql, async (tx) => {
    const at = r.deps.clock()
    await finishBacktest(tx, id, result, at)
    const now = await lockVersion(tx, asked.code, asked.number)
    // A version that is past this step keeps its state; the figures stand beside it all the same.
    if (result && now && ['checked', 'back-tested'].includes(now.status))
      await commandInside(r, tx, asked.code, asked.number, { name: 'note-backtest', backtestId: id }, at)
  })
  r.deps.bus.announce({ topic: 'risk-backtest', id, progress: 1 })
}
