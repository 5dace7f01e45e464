/**
 * From what a file says to changes of the tariff: what is new is put, what differs from the first day of the file on ends there and is put
 * anew, what the file no longer says ends. The same file again changes nothing. Pure.
 */
import { canonicalJson } from '#kernel/canonical-json.ts'
import type { LegalDate } from '#kernel/time.ts'
import { keyOfRow } from '../change/difference.ts'
import type { Change, Commodity, Measure } from '../schema.ts'
import type { TariffRows } from '../snapshot.ts'
import type { Imported, ImportKind } from './types.ts'

export type PlanOptions = { kind: ImportKind; administration: string; from: LegalDate }

const nameOf = (id: string): string => id.split('@')[0]!
const inForceFrom = (r: { validTo?: string }, from: LegalDate): boolean => !r.validTo || r.validTo > from

const content = (row: object): string => {
  const { validFrom: _from, id: _id, ...rest } = row as Record<string, unknown>
  return canonicalJson(rest)
}

type Standing<T> = ReadonlyMap<string, T[]>

/** The record of a name that holds on the first day of the file, or the next that will. */
const current = <T extends { validFrom: string; validTo?: string }>(standing: Standing<T>, name: string, from: LegalDate): T | undefined =>
  standing
    .get(name)
    ?.filter((r) => inForceFrom(r, from))
    .sort((a, b) => (a.validFrom < b.validFrom ? -1 : 1))[0]

const measureChanges = (standing: Standing<Measure>, row: Measure, o: PlanOptions): Change[] => {
  // The UK's records carry their own dates and names: a correction there is a correction here.
  const now = o.kind === 'uk' ? standing.get(row.id)?.[0] : current(standing, row.id, o.from)
  if (!now) return [{ op: 'put', what: 'measure', row: standing.has(row.id) ? { ...row, id: `${row.id}@${o.from}`, validFrom: o.from } : row }]
  if (o.kind === 'uk') return canonicalJson(now) === canonicalJson(row) ? [] : [{ op: 'put', what: 'measure', row }]
  if (content(now) === content(row)) return []
  if (now.validFrom >= o.from) return [{ op: 'put', what: 'measure', row: { ...row, id: now.id, validFrom: now.validFrom } }]
  return [
    { op: 'end', what: 'measure', key: now.id, validTo: o.from },
    { op: 'put', what: 'measure', row: { ...row, id: `${row.id}@${o.from}`, validFrom: o.from } },
  ]
}

/** A file says what lines are called and where they stand; whether lines of its own are declarable, only for its own. */
const lineChanges = (standing: Standing<Commodity>, imported: Extract<Imported, { what: 'commodity' }>, o: PlanOptions): Change[] => {
  const { row, missingOnly } = imported
  const now = current(standing, row.code, o.from)
  if (!now) return [{ op: 'put', what: 'commodity', row }]
  if (missingOnly) return []
  const next: Commodity = o.kind === 'hs' ? { ...now, names: { ...now.names, en: row.names['en']! }, validFrom: row.validFrom } : row
  if (content(now) === content(next)) return []
  if (now.validFrom >= o.from) return [{ op: 'put', what: 'commodity', row: { ...next, validFrom: now.validFrom } }]
  return [
    { op: 'end', what: 'commodity', key: keyOfRow('commodity', now), validTo: o.from },
    { op: 'put', what: 'commodity', row: { ...next, validFrom: o.from } },
  ]
}

const finished = (what: 'commodity' | 'measure', r: Measure | Commodity, from: LegalDate): Change =>
  r.validFrom < from ? { op: 'end', what, key: keyOfRow(what, r), validTo: from } : { op: 'remove', what, key: keyOfRow(what, r) }

/** What a file of this kind would say if it still held: lines of its length, measures of its own naming. */
const concerns = (o: PlanOptions, imported: readonly Imported[]) => {
  const chapters = new Set(imported.flatMap((i) => (i.what === 'measure' ? [i.row.commodity.slice(0, 2)] : [])))
  const codes = new Set(imported.flatMap((i) => (i.what === 'commodity' ? [i.row.code] : [])))
  const mine = (name: RegExp) => (m: Measure) => name.test(nameOf(m.id)) && chapters.has(m.commodity.slice(0, 2))
  return {
    hs: { line: (c: Commodity) => c.code.length <= 6 && c.code !== '77', measure: () => false },
    usitc: { line: (c: Commodity) => c.code.length === 8 && chapters.has(c.code.slice(0, 2)), measure: mine(/\/(mfn|col2|unit|[a-z]+_?[a-z]*)$/) },
    uk: { line: () => false, measure: (m: Measure) => /\/-?\d+$/.test(m.id) && codes.has(m.commodity) },
    s301: { line: () => false, measure: (m: Measure) => nameOf(m.id).endsWith('/s301') },
  }[o.kind]
}

const isSection301 = (m: Measure): boolean => nameOf(m.id).endsWith('/s301')

/** Changes that make the tariff say what the file says. */
export const planImport = (base: TariffRows, imported: readonly Imported[], o: PlanOptions): Change[] => {
  const lines: Standing<Commodity> = Map.groupBy(
    base.commodities.filter((c) => c.administration === o.administration),
    (c) => c.code,
  )
  const measures: Standing<Measure> = Map.groupBy(
    base.measures.filter((m) => m.administration === o.administration),
    (m) => nameOf(m.id),
  )
  const others = new Set([
    ...base.areas.filter((a) => inForceFrom(a, o.from)).map((a) => `${a.administration ?? ''}/${a.code}`),
    ...(base.terms ?? []).filter((t) => t.administration === o.administration).map((t) => `${t.kind}/${t.code}`),
  ])
  const changes: Change[] = []
  const said = { commodity: new Set<string>(), measure: new Set<string>() }
  for (const i of imported) {
    if (i.what === 'commodity') {
      if (said.commodity.has(i.row.code)) continue
      said.commodity.add(i.row.code)
      changes.push(...lineChanges(lines, i, o))
    } else if (i.what === 'measure') {
      said.measure.add(i.row.id)
      changes.push(...measureChanges(measures, i.row, o))
    } else {
      const name = i.what === 'area' ? `${i.row.administration ?? ''}/${i.row.code}` : `${i.row.kind}/${i.row.code}`
      if (others.has(name)) continue
      others.add(name)
      changes.push({ op: 'put', what: i.what, row: i.row } as Change)
    }
  }
  const scope = concerns(o, imported)
  const gone = <T extends Measure | Commodity>(standing: Standing<T>, names: ReadonlySet<string>, is: (r: T) => boolean): T[] =>
    [...standing].flatMap(([name, rows]) => (names.has(name) ? [] : rows.filter((r) => inForceFrom(r, o.from) && is(r))))
  changes.push(
    ...gone(lines, said.commodity, scope.line).map((c) => finished('commodity', c, o.from)),
    ...gone(measures, said.measure, (m) => scope.measure(m) && (o.kind === 's301' || !isSection301(m))).map((m) => finished('measure', m, o.from)),
  )
  return changes
}
