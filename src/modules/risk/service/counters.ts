/**
 * How an office and its profiles stand, as known when lots are drawn. Nobody waits for a lock on them: each process reads them every few
 * seconds and adds what it decided itself, so two processes may each be late by what the other did meanwhile. The decision keeps what it used.
 */
import { legalDate } from '#kernel/time.ts'
import type { Reader, Sql } from '#platform/database.ts'
import type { Counters, Selection, SettingRow } from '../schema.ts'
import { countOffice, countProfiles } from '../store/decisions.ts'

const freshMs = 5_000
const windowMs = 7 * 86_400_000
const ratesMs = 90 * 86_400_000

type Kept<T> = { at: number; value: T; loading: boolean }
export type Standing = { run: number; hitRate: number | null }

/** Reads when nothing is there yet, in the caller's transaction; later in the background, answering what is known. */
const createKept = <T>(sql: Sql, load: (db: Reader, key: string) => Promise<T>, failed: (fault: unknown) => void) => {
  const all = new Map<string, Kept<T>>()
  return async (db: Reader, key: string): Promise<T> => {
    const kept = all.get(key)
    if (!kept) {
      const value = await load(db, key)
      all.set(key, { at: performance.now(), value, loading: false })
      return value
    }
    if (performance.now() - kept.at > freshMs && !kept.loading) {
      kept.loading = true
      load(sql, key)
        .then((value) => all.set(key, { at: performance.now(), value, loading: false }))
        .catch((fault: unknown) => {
          kept.loading = false
          failed(fault)
        })
    }
    return kept.value
  }
}

/** Few examined hits say nothing of a profile's worth. */
const leastExamined = 10

/** `zoneOf`: the zone in which an administration's day begins, which is when its inspectors' minutes begin anew. */
export const createCounters = (sql: Sql, zoneOf: (administration: string, db: Reader) => Promise<string>, failed: (fault: unknown) => void) => {
  let now = ''
  const before = (ms: number): string => new Date(Date.parse(now) - ms).toISOString()
  const office = createKept<Counters>(
    sql,
    async (db, key) => {
      const [administration, code] = key.split('/') as [string, string]
      const timeZone = await zoneOf(administration, db)
      return countOffice(db, administration, code, before(windowMs), { date: legalDate(now, timeZone), timeZone })
    },
    failed,
  )
  const profiles = createKept<Map<string, Standing>>(
    sql,
    async (db, key) =>
      new Map(
        (await countProfiles(db, key.split(' '), before(ratesMs))).map((p) => [
          p.code,
          { run: p.run, hitRate: p.examined < leastExamined ? null : p.found / p.examined },
        ]),
      ),
    failed,
  )
  return {
    /** Counts are only read where something depends on them. */
    of: async (db: Reader, setting: SettingRow, code: string, at: string): Promise<Counters> => {
      now = at
      const { red, yellow, blue } = setting.expectedRate
      if (setting.capacityMinutes === null && red + yellow + blue === 0) return { registered: 0, red: 0, yellow: 0, blue: 0, minutesToday: 0 }
      return { ...(await office(db, `${setting.administration}/${code}`)) }
    },
    standings: async (db: Reader, codes: readonly string[], at: string): Promise<Map<string, Standing>> => {
      now = at
      return codes.length === 0 ? new Map() : profiles(db, codes.join(' '))
    },
    /** What this process has just decided counts at once. */
    add: async (db: Reader, setting: SettingRow, code: string, s: Selection, codes: readonly string[]): Promise<void> => {
      if (setting.capacityMinutes !== null || setting.expectedRate.red + setting.expectedRate.yellow + setting.expectedRate.blue > 0) {
        const c = await office(db, `${setting.administration}/${code}`)
        c.registered++
        c.minutesToday += s.minutes
        if (s.lane !== 'green') c[s.lane]++
      }
      if (codes.length === 0) return
      const known = await profiles(db, codes.join(' '))
      for (const p of s.unselected) known.set(p, { run: (known.get(p)?.run ?? 0) + 1, hitRate: known.get(p)?.hitRate ?? null })
      for (const p of s.selecting) known.set(p, { run: 0, hitRate: known.get(p)?.hitRate ?? null })
    },
  }
}
export type LiveCounters = ReturnType<typeof createCounters>
