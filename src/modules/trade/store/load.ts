/** Reads the tariff as one immutable snapshot: as we know it now, or as we knew it at an instant or under a version. */
import type { Reader } from '#platform/database.ts'
import type { Area, Commodity, Measure, TariffSettings, Term } from '../schema.ts'
import { createTariff, type Tariff, type TariffRows } from '../snapshot.ts'

type Range = { valid_from: string; valid_to: string | null }
const range = (r: Range) => ({ validFrom: r.valid_from, ...(r.valid_to && { validTo: r.valid_to }) })

/** Which knowledge: of an instant, or that under which a version of the tariff was answered. Now, when neither is given. */
export type Known = { knownAt?: string; version?: number }

type CommodityRow = {
  administration: string
  code: string
  suffix: string
  indent: number | null
  parent: string | null
  names: Commodity['names']
  declarable: boolean
  footnotes: string[]
} & Range

const toCommodity = (r: CommodityRow): Commodity => ({
  administration: r.administration,
  code: r.code,
  ...(r.suffix !== '80' && { suffix: r.suffix }),
  ...(r.indent !== null && { indent: r.indent }),
  ...(r.parent && { parent: r.parent }),
  names: r.names,
  declarable: r.declarable,
  ...(r.footnotes.length > 0 && { footnotes: r.footnotes }),
  ...range(r),
})

/** The instant of whose knowledge rows are read; null = now. A version is known until the next one comes. */
const instantOf = async (db: Reader, known: Known): Promise<string | null> => {
  if (known.version === undefined) return known.knownAt ?? null
  const [row] = await db<{ at: string }[]>`select at from trade.change where version <= ${known.version} order by version desc limit 1`
  return row?.at ?? null
}

/** All rows of one knowledge. */
export const loadRows = async (db: Reader, known: Known = {}): Promise<TariffRows> => {
  const at = await instantOf(db, known)
  const then = at === null ? db`recorded_to is null` : db`recorded_from <= ${at} and (recorded_to is null or recorded_to > ${at})`
  const [commodities, measures, areas, terms, settings, [change]] = await Promise.all([
    db<CommodityRow[]>`
      select administration, code, suffix, indent, parent, names, declarable, footnotes, valid_from, valid_to from trade.commodity where ${then}
      order by administration, code, suffix, valid_from`,
    db<({ body: Omit<Measure, 'validFrom' | 'validTo'> } & Range)[]>`select body, valid_from, valid_to from trade.measure where ${then} order by id`,
    db<({ administration: string; code: string; names: Area['names']; members: string[] } & Range)[]>`
      select administration, code, names, members, valid_from, valid_to from trade.area where ${then} order by administration, code, valid_from`,
    db<({ administration: string; kind: Term['kind']; code: string; names: Term['names'] } & Range)[]>`
      select administration, kind, code, names, valid_from, valid_to from trade.term where ${then} order by administration, kind, code`,
    db<{ administration: string; body: TariffSettings }[]>`
      select administration, body from trade.tariff_settings where ${at}::timestamptz is null or recorded_at <= ${at}`,
    db<{ version: number }[]>`select coalesce(max(version), 0)::int as version from trade.change where ${at}::timestamptz is null or at <= ${at}`,
  ])
  return {
    version: change!.version,
    commodities: commodities.map(toCommodity),
    measures: measures.map((r) => ({ ...r.body, ...range(r) })),
    areas: areas.map((r) => ({
      ...(r.administration && { administration: r.administration }),
      code: r.code,
      names: r.names,
      members: r.members,
      ...range(r),
    })),
    terms: terms.map((r) => ({ administration: r.administration, kind: r.kind, code: r.code, names: r.names, ...range(r) })),
    settings: settings.map((r) => ({ administration: r.administration, settings: r.body })),
  }
}

/**
 * The whole tariff as one immutable snapshot; its version is the number of the last change. With `knownAt` or `version` as it was known
 * then: a decision of that day is taken again with it, and comes out as it did.
 */
export const loadTariff = async (db: Reader, known: Known = {}): Promise<Tariff> => createTariff(await loadRows(db, known))
