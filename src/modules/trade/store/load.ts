import type { Reader, Tx } from '#platform/database.ts'
import type { Area, Commodity, Measure, TariffSettings } from '../schema.ts'
import { createTariff, type Tariff } from '../snapshot.ts'

type Range = { valid_from: string; valid_to: string | null }
const range = (r: Range) => ({ validFrom: r.valid_from, ...(r.valid_to && { validTo: r.valid_to }) })

/** The whole tariff as we know it now, as one immutable snapshot; its version is the number of the last change. */
export const loadTariff = async (db: Reader): Promise<Tariff> => {
  const [commodities, measures, areas, settings, [change]] = await Promise.all([
    db<({ administration: string; code: string; parent: string | null; names: Commodity['names']; declarable: boolean } & Range)[]>`
      select administration, code, parent, names, declarable, valid_from, valid_to from trade.commodity order by administration, code, valid_from`,
    db<
      ({ body: Omit<Measure, 'validFrom' | 'validTo'> } & Range)[]
    >`select body, valid_from, valid_to from trade.measure where recorded_to is null order by id`,
    db<
      ({ code: string; names: Area['names']; members: string[] } & Range)[]
    >`select code, names, members, valid_from, valid_to from trade.area order by code, valid_from`,
    db<{ administration: string; body: TariffSettings }[]>`select administration, body from trade.tariff_settings`,
    db<{ version: number }[]>`select coalesce(max(version), 0)::int as version from trade.change`,
  ])
  return createTariff({
    version: change!.version,
    commodities: commodities.map((r) => ({
      administration: r.administration,
      code: r.code,
      ...(r.parent && { parent: r.parent }),
      names: r.names,
      declarable: r.declarable,
      ...range(r),
    })),
    measures: measures.map((r) => ({ ...r.body, ...range(r) })),
    areas: areas.map((r) => ({ code: r.code, names: r.names, members: r.members, ...range(r) })),
    settings: settings.map((r) => ({ administration: r.administration, settings: r.body })),
  })
}

export const saveCommodities = async (tx: Tx, rows: readonly Commodity[]): Promise<void> => {
  await tx`
    insert into trade.commodity (administration, code, parent, names, declarable, valid_from, valid_to)
    select a, c, p, n::jsonb, d::boolean, f::date, t::date from unnest(${rows.map((r) => r.administration)}::text[], ${rows.map((r) => r.code)}::text[], ${rows.map((r) => r.parent ?? null) as string[]}::text[],
      ${rows.map((r) => JSON.stringify(r.names))}::text[], ${rows.map((r) => String(r.declarable))}::text[], ${rows.map((r) => r.validFrom)}::text[],
      ${rows.map((r) => r.validTo ?? null) as string[]}::text[]) as x(a, c, p, n, d, f, t)
    on conflict (administration, code, valid_from) do update set parent = excluded.parent, names = excluded.names, declarable = excluded.declarable, valid_to = excluded.valid_to`
}

/** Records measures as known from `at`; what was known of the same id before is kept, closed at that instant. */
export const recordMeasures = async (tx: Tx, rows: readonly Measure[], at: string): Promise<void> => {
  const bodies = rows.map(({ validFrom: _from, validTo: _to, ...body }) => JSON.stringify(body))
  const ids = rows.map((r) => r.id)
  await tx`update trade.measure set recorded_to = ${at} where id = any(${ids}::text[]) and recorded_to is null`
  await tx`
    insert into trade.measure (id, administration, commodity, type, tax_type, area, body, valid_from, valid_to, recorded_from)
    select i, a, c, y, x, r, b::jsonb, f::date, t::date, ${at}::timestamptz from unnest(${ids}::text[], ${rows.map((r) => r.administration)}::text[], ${rows.map((r) => r.commodity)}::text[],
      ${rows.map((r) => r.type)}::text[], ${rows.map((r) => r.taxType)}::text[], ${rows.map((r) => r.area)}::text[], ${bodies}::text[], ${rows.map((r) => r.validFrom)}::text[],
      ${rows.map((r) => r.validTo ?? null) as string[]}::text[]) as z(i, a, c, y, x, r, b, f, t)`
}

export const saveAreas = async (tx: Tx, rows: readonly Area[]): Promise<void> => {
  for (const a of rows)
    await tx`
      insert into trade.area (code, names, members, valid_from, valid_to) values (${a.code}, ${JSON.stringify(a.names)}::text::jsonb, ${a.members}, ${a.validFrom}, ${a.validTo ?? null})
      on conflict (code, valid_from) do update set names = excluded.names, members = excluded.members, valid_to = excluded.valid_to`
}

/** Lays a tariff from a file over ours, or takes it away (null). Running processes see it after the next news of topic `trade`. */
export const saveTariffSettings = async (tx: Tx, administration: string, settings: TariffSettings | null, at: string): Promise<number> => {
  if (settings)
    await tx`
      insert into trade.tariff_settings (administration, body, recorded_at) values (${administration}, ${JSON.stringify(settings)}::text::jsonb, ${at})
      on conflict (administration) do update set body = excluded.body, recorded_at = excluded.recorded_at`
  else await tx`delete from trade.tariff_settings where administration = ${administration}`
  return countChange(tx, `tariff settings of ${administration}`, at)
}

export const countChange = async (tx: Tx, what: string, at: string): Promise<number> => {
  const [row] = await tx<{ version: number }[]>`insert into trade.change (what, at) values (${what}, ${at}) returning version`
  return row!.version
}
