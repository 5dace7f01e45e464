import type { Reader, Tx } from '#platform/database.ts'
import type { Administration, CodeEntry, ExchangeRate, Office } from '../schema.ts'
import { createReference, type Reference } from '../snapshot.ts'

type Range = { valid_from: string; valid_to: string | null }
const range = (r: Range) => ({ validFrom: r.valid_from, ...(r.valid_to && { validTo: r.valid_to }) })

/** All reference data as one immutable snapshot; its version is the number of the last change. */
export const loadReference = async (db: Reader): Promise<Reference> => {
  const [administrations, codes, offices, rates, [change]] = await Promise.all([
    db<
      ({ body: Omit<Administration, 'validFrom' | 'validTo'> } & Range)[]
    >`select body, valid_from, valid_to from reference.administration order by code, valid_from`,
    db<
      (Pick<CodeEntry, 'list' | 'code' | 'names'> & Range)[]
    >`select list, code, names, valid_from, valid_to from reference.code_entry order by list, code, valid_from`,
    db<
      ({ body: Omit<Office, 'validFrom' | 'validTo'> } & Range)[]
    >`select body, valid_from, valid_to from reference.office order by code, valid_from`,
    db<({ administration: string; currency: string; rate: string; source: string } & Range)[]>`
      select administration, currency, trim_scale(rate)::text as rate, source, valid_from, valid_to from reference.exchange_rate order by administration, currency, valid_from`,
    db<{ version: number }[]>`select coalesce(max(version), 0)::int as version from reference.change`,
  ])
  return createReference({
    version: change!.version,
    administrations: administrations.map((r) => ({ ...r.body, ...range(r) })),
    codes: codes.map((r) => ({ list: r.list, code: r.code, names: r.names, ...range(r) })),
    offices: offices.map((r) => ({ ...r.body, ...range(r) })),
    rates: rates.map((r) => ({ administration: r.administration, currency: r.currency, rate: r.rate, source: r.source, ...range(r) })),
  })
}

const body = <T extends { validFrom: string; validTo?: string }>({ validFrom: _from, validTo: _to, ...rest }: T): string => JSON.stringify(rest)

export const saveAdministrations = async (tx: Tx, rows: readonly Administration[]): Promise<void> => {
  for (const a of rows)
    await tx`
      insert into reference.administration (code, body, valid_from, valid_to) values (${a.code}, ${body(a)}::text::jsonb, ${a.validFrom}, ${a.validTo ?? null})
      on conflict (code, valid_from) do update set body = excluded.body, valid_to = excluded.valid_to`
}

export const saveCodes = async (tx: Tx, rows: readonly CodeEntry[]): Promise<void> => {
  await tx`
    insert into reference.code_entry (list, code, names, valid_from, valid_to)
    select l, c, n::jsonb, f::date, t::date from unnest(${rows.map((r) => r.list)}::text[], ${rows.map((r) => r.code)}::text[], ${rows.map((r) => JSON.stringify(r.names))}::text[],
      ${rows.map((r) => r.validFrom)}::text[], ${rows.map((r) => r.validTo ?? null) as string[]}::text[]) as x(l, c, n, f, t)
    on conflict (list, code, valid_from) do update set names = excluded.names, valid_to = excluded.valid_to`
}

export const saveOffices = async (tx: Tx, rows: readonly Office[]): Promise<void> => {
  for (const o of rows)
    await tx`
      insert into reference.office (code, administration, body, valid_from, valid_to) values (${o.code}, ${o.administration}, ${body(o)}::text::jsonb, ${o.validFrom}, ${o.validTo ?? null})
      on conflict (code, valid_from) do update set body = excluded.body, valid_to = excluded.valid_to`
}

export const saveRates = async (tx: Tx, rows: readonly ExchangeRate[]): Promise<void> => {
  await tx`
    insert into reference.exchange_rate (administration, currency, rate, source, valid_from, valid_to)
    select a, c, r::numeric, s, f::date, t::date from unnest(${rows.map((r) => r.administration)}::text[], ${rows.map((r) => r.currency)}::text[], ${rows.map((r) => r.rate)}::text[],
      ${rows.map((r) => r.source)}::text[], ${rows.map((r) => r.validFrom)}::text[], ${rows.map((r) => r.validTo ?? null) as string[]}::text[]) as x(a, c, r, s, f, t)
    on conflict (administration, currency, valid_from) do update set rate = excluded.rate, source = excluded.source, valid_to = excluded.valid_to`
}

/** Tells snapshots that they are old; returns the new version. */
export const countChange = async (tx: Tx, what: string, at: string): Promise<number> => {
  const [row] = await tx<{ version: number }[]>`insert into reference.change (what, at) values (${what}, ${at}) returning version`
  return row!.version
}

/** Locks the rates of a currency and answers the one that is in force at, or begins after, the date. */
export const lockRates = async (
  tx: Tx,
  administration: string,
  currency: string,
  date: string,
): Promise<{ validFrom: string; validTo: string | null }[]> => {
  const rows = await tx<Range[]>`
    select valid_from, valid_to from reference.exchange_rate
    where administration = ${administration} and currency = ${currency} and (valid_to is null or valid_to > ${date}) order by valid_from for update`
  return rows.map((r) => ({ validFrom: r.valid_from, validTo: r.valid_to }))
}

export const endRate = async (tx: Tx, administration: string, currency: string, validFrom: string, validTo: string): Promise<void> => {
  await tx`update reference.exchange_rate set valid_to = ${validTo} where administration = ${administration} and currency = ${currency} and valid_from = ${validFrom}`
}
