/** Writes what is known of the tariff. Nothing is changed in place: the record before is kept, its knowledge closed at the instant of the new one. */
import type { Tx } from '#platform/database.ts'
import type { Area, Commodity, Measure, TariffSettings, Term } from '../schema.ts'

const orNull = (values: readonly (string | undefined)[]): string[] => values.map((v) => v ?? null) as string[]

/** Records commodities as known from `at`; the same line of the same first day is thereby corrected. */
export const recordCommodities = async (tx: Tx, rows: readonly Commodity[], at: string, batch: string | null = null): Promise<void> => {
  if (rows.length === 0) return
  const [administrations, codes, suffixes, from] = [
    rows.map((r) => r.administration),
    rows.map((r) => r.code),
    rows.map((r) => r.suffix ?? '80'),
    rows.map((r) => r.validFrom),
  ]
  await tx`
    update trade.commodity c set recorded_to = ${at} from unnest(${administrations}::text[], ${codes}::text[], ${suffixes}::text[], ${from}::text[]) as x(a, o, s, f)
    where c.administration = x.a and c.code = x.o and c.suffix = x.s and c.valid_from = x.f::date and c.recorded_to is null`
  await tx`
    insert into trade.commodity (administration, code, suffix, indent, parent, names, declarable, footnotes, valid_from, valid_to, recorded_from, batch)
    select a, c, s, i::int, p, n::jsonb, d::boolean, array(select jsonb_array_elements_text(o::jsonb)), f::date, t::date, ${at}::timestamptz, ${batch}::uuid
    from unnest(${administrations}::text[], ${codes}::text[], ${suffixes}::text[], ${orNull(rows.map((r) => r.indent?.toString()))}::text[], ${orNull(rows.map((r) => r.parent))}::text[],
      ${rows.map((r) => JSON.stringify(r.names))}::text[], ${rows.map((r) => String(r.declarable))}::text[], ${rows.map((r) => JSON.stringify(r.footnotes ?? []))}::text[],
      ${from}::text[], ${orNull(rows.map((r) => r.validTo))}::text[]) as x(a, c, s, i, p, n, d, o, f, t)`
}

/** Records measures as known from `at`; what was known of the same id before is kept, closed at that instant. */
export const recordMeasures = async (tx: Tx, rows: readonly Measure[], at: string, batch: string | null = null): Promise<void> => {
  if (rows.length === 0) return
  const bodies = rows.map(({ validFrom: _from, validTo: _to, ...body }) => JSON.stringify(body))
  const ids = rows.map((r) => r.id)
  await forgetMeasures(tx, ids, at)
  await tx`
    insert into trade.measure (id, administration, commodity, type, tax_type, area, body, valid_from, valid_to, recorded_from, batch)
    select i, a, c, y, x, r, b::jsonb, f::date, t::date, ${at}::timestamptz, ${batch}::uuid from unnest(${ids}::text[], ${rows.map((r) => r.administration)}::text[],
      ${rows.map((r) => r.commodity)}::text[], ${rows.map((r) => r.type)}::text[], ${rows.map((r) => r.taxType)}::text[], ${rows.map((r) => r.area)}::text[], ${bodies}::text[],
      ${rows.map((r) => r.validFrom)}::text[], ${orNull(rows.map((r) => r.validTo))}::text[]) as z(i, a, c, y, x, r, b, f, t)`
}

/** Closes the knowledge of measures without a new record: they should never have been. */
export const forgetMeasures = async (tx: Tx, ids: readonly string[], at: string): Promise<void> => {
  await tx`update trade.measure set recorded_to = ${at} where id = any(${ids as string[]}::text[]) and recorded_to is null`
}

/** Closes the knowledge of lines of the nomenclature without a new record. */
export const forgetCommodities = async (
  tx: Tx,
  lines: readonly Pick<Commodity, 'administration' | 'code' | 'suffix' | 'validFrom'>[],
  at: string,
): Promise<void> => {
  if (lines.length === 0) return
  await tx`
    update trade.commodity c set recorded_to = ${at}
    from unnest(${lines.map((r) => r.administration)}::text[], ${lines.map((r) => r.code)}::text[], ${lines.map((r) => r.suffix ?? '80')}::text[], ${lines.map((r) => r.validFrom)}::text[]) as x(a, o, s, f)
    where c.administration = x.a and c.code = x.o and c.suffix = x.s and c.valid_from = x.f::date and c.recorded_to is null`
}

export const recordAreas = async (tx: Tx, rows: readonly Area[], at: string): Promise<void> => {
  for (const a of rows) {
    await tx`update trade.area set recorded_to = ${at} where administration = ${a.administration ?? ''} and code = ${a.code} and valid_from = ${a.validFrom} and recorded_to is null`
    await tx`
      insert into trade.area (administration, code, names, members, valid_from, valid_to, recorded_from)
      values (${a.administration ?? ''}, ${a.code}, ${JSON.stringify(a.names)}::text::jsonb, ${a.members}, ${a.validFrom}, ${a.validTo ?? null}, ${at})`
  }
}

export const recordTerms = async (tx: Tx, rows: readonly Term[], at: string): Promise<void> => {
  if (rows.length === 0) return
  const [administrations, kinds, codes, from] = [
    rows.map((r) => r.administration),
    rows.map((r) => r.kind),
    rows.map((r) => r.code),
    rows.map((r) => r.validFrom),
  ]
  await tx`
    update trade.term t set recorded_to = ${at} from unnest(${administrations}::text[], ${kinds}::text[], ${codes}::text[], ${from}::text[]) as x(a, k, c, f)
    where t.administration = x.a and t.kind = x.k and t.code = x.c and t.valid_from = x.f::date and t.recorded_to is null`
  await tx`
    insert into trade.term (administration, kind, code, names, valid_from, valid_to, recorded_from)
    select a, k, c, n::jsonb, f::date, t::date, ${at}::timestamptz from unnest(${administrations}::text[], ${kinds}::text[], ${codes}::text[],
      ${rows.map((r) => JSON.stringify(r.names))}::text[], ${from}::text[], ${orNull(rows.map((r) => r.validTo))}::text[]) as x(a, k, c, n, f, t)`
}

/** Closes the knowledge of groups of countries without a new record. */
export const forgetAreas = async (tx: Tx, rows: readonly Area[], at: string): Promise<void> => {
  for (const a of rows)
    await tx`update trade.area set recorded_to = ${at} where administration = ${a.administration ?? ''} and code = ${a.code} and valid_from = ${a.validFrom} and recorded_to is null`
}

/** Closes the knowledge of described codes without a new record. */
export const forgetTerms = async (tx: Tx, rows: readonly Term[], at: string): Promise<void> => {
  for (const t of rows)
    await tx`
      update trade.term set recorded_to = ${at}
      where administration = ${t.administration} and kind = ${t.kind} and code = ${t.code} and valid_from = ${t.validFrom} and recorded_to is null`
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

/** Every change has a number: the version under which snapshots answer from then on. */
export const countChange = async (tx: Tx, what: string, at: string): Promise<number> => {
  const [row] = await tx<{ version: number }[]>`insert into trade.change (what, at) values (${what}, ${at}) returning version`
  return row!.version
}

/** The instant of the last change; null before the first. */
export const lastChange = async (tx: Tx): Promise<string | null> =>
  (await tx<{ at: string | null }[]>`select max(at) as at from trade.change`)[0]?.at ?? null
