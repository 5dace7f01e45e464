/** SQL of licences. The row is locked while something is written off; the journal keeps every event. */
import type { Reader, Tx } from '#platform/database.ts'
import { containing, orderBy, windowOf, type ListQuery } from '#platform/listing.ts'
import type { LegalDate } from '#kernel/time.ts'
import { record, type Actor } from '#platform/journal.ts'
import { evolve } from './licence.ts'
import type { Licence, LicenceEvent, LicenceUse } from './schema.ts'

type Row = {
  id: string
  administration: string
  document_code: string
  number: string
  holder: string
  commodities: string[]
  origins: string[]
  order_number: string | null
  unit: string | null
  quantity: string | null
  currency: string | null
  value_minor: number | null
  tolerance_percent: string
  valid_from: LegalDate
  valid_to: LegalDate
  office: string
  status: Licence['status']
  used: string
  used_value_minor: number
  version: number
}
const plain = (numeral: string): string => (numeral.includes('.') ? numeral.replace(/\.?0+$/, '') : numeral)
const toLicence = (r: Row): Licence => ({
  id: r.id,
  administration: r.administration,
  documentCode: r.document_code,
  number: r.number,
  holder: r.holder,
  commodities: r.commodities,
  origins: r.origins,
  orderNumber: r.order_number,
  unit: r.unit,
  quantity: r.quantity === null ? null : plain(r.quantity),
  currency: r.currency,
  valueMinor: r.value_minor,
  tolerancePercent: plain(r.tolerance_percent),
  validFrom: r.valid_from,
  validTo: r.valid_to,
  office: r.office,
  status: r.status,
  used: plain(r.used),
  usedValueMinor: r.used_value_minor,
  version: r.version,
})

export type Named = { documentCode: string; number: string }

export const findLicences = async (db: Reader, administration: string, named: readonly Named[]): Promise<Licence[]> =>
  (
    await db<Row[]>`
    select l.* from trade.licence l join unnest(${named.map((n) => n.documentCode)}::text[], ${named.map((n) => n.number)}::text[]) as n(c, m)
      on l.document_code = n.c and l.number = n.m where l.administration = ${administration}`
  ).map(toLicence)

/** The document codes that this administration's register answers for. */
export const registeredCodes = async (db: Reader, administration: string): Promise<Set<string>> =>
  new Set(
    (await db<{ code: string }[]>`select distinct document_code as code from trade.licence where administration = ${administration}`).map(
      (r) => r.code,
    ),
  )

export const lockLicences = async (tx: Tx, ids: readonly string[]): Promise<Map<string, Licence>> =>
  new Map(
    (await tx<Row[]>`select * from trade.licence where id = any(${[...new Set(ids)]}::uuid[]) order by id for no key update`).map((r) => [
      r.id,
      toLicence(r),
    ]),
  )

export type Listing = ListQuery & {
  administration: string
  /** whose; null = everybody's */ holders: readonly string[] | null
  q?: string
  status?: string
}

export const listLicences = async (db: Reader, l: Listing): Promise<{ rows: Licence[]; total: number }> => {
  const { limit, offset } = windowOf(l)
  const like = containing(l.q ?? '')
  const where = db`
    administration = ${l.administration} and (${l.holders === null} or holder = any(${(l.holders ?? []) as string[]}::text[]))
    and (${!l.q} or lower(number) like ${like} or lower(holder) like ${like}) and (${!l.status} or status = any(${(l.status ?? '').split(',')}::text[]))`
  const rows = await db<Row[]>`
    select * from trade.licence where ${where} ${orderBy(db, l.sort, { number: 'number', holder: 'holder', validTo: 'valid_to' }, '-validTo', 'number')} limit ${limit} offset ${offset}`
  const [count] = await db<{ n: number }[]>`select count(*)::int as n from trade.licence where ${where}`
  return { rows: rows.map(toLicence), total: count!.n }
}

export const findLicence = async (db: Reader, id: string): Promise<Licence | null> => {
  const [row] = await db<Row[]>`select * from trade.licence where id = ${id}`
  return row ? toLicence(row) : null
}

export const usesOf = async (db: Reader, licenceId: string): Promise<LicenceUse[]> =>
  (
    await db<{ id: string; reference: string; item_number: number; quantity: string; value_minor: number; at: string; returned_at: string | null }[]>`
    select id, reference, item_number, quantity::text, value_minor, at, returned_at from trade.licence_use where licence_id = ${licenceId} order by at desc limit 500`
  ).map((r) => ({
    id: r.id,
    reference: r.reference,
    itemNumber: r.item_number,
    quantity: plain(r.quantity),
    valueMinor: r.value_minor,
    at: r.at,
    returnedAt: r.returned_at,
  }))

export type InForce = {
  id: string
  licenceId: string
  documentCode: string
  number: string
  itemNumber: number
  quantity: string
  valueMinor: number
}
export const usesInForce = async (db: Reader, subject: { kind: string; id: string }): Promise<InForce[]> =>
  (
    await db<{ id: string; licence_id: string; document_code: string; number: string; item_number: number; quantity: string; value_minor: number }[]>`
    select u.id, u.licence_id, l.document_code, l.number, u.item_number, u.quantity::text, u.value_minor from trade.licence_use u join trade.licence l on l.id = u.licence_id
    where u.subject_kind = ${subject.kind} and u.subject_id = ${subject.id} and u.returned_at is null order by u.licence_id, u.item_number`
  ).map((r) => ({
    id: r.id,
    licenceId: r.licence_id,
    documentCode: r.document_code,
    number: r.number,
    itemNumber: r.item_number,
    quantity: plain(r.quantity),
    valueMinor: r.value_minor,
  }))

export const insertUse = async (
  tx: Tx,
  u: {
    id: string
    licenceId: string
    subject: { kind: string; id: string }
    itemNumber: number
    reference: string
    quantity: string
    valueMinor: number
    at: string
  },
): Promise<void> => {
  await tx`
    insert into trade.licence_use (id, licence_id, subject_kind, subject_id, item_number, reference, quantity, value_minor, at)
    values (${u.id}, ${u.licenceId}, ${u.subject.kind}, ${u.subject.id}, ${u.itemNumber}, ${u.reference}, ${u.quantity}, ${u.valueMinor}, ${u.at})`
}
export const returnUse = async (tx: Tx, id: string, at: string): Promise<void> => {
  await tx`update trade.licence_use set returned_at = ${at} where id = ${id}`
}

export type Occasion = { actor: Actor; at: string; command: string; payload: unknown; facts?: unknown }

/** Folds events into the row and journals them. */
export const applyLicence = async (tx: Tx, before: Licence | null, events: readonly LicenceEvent[], o: Occasion): Promise<Licence> => {
  const l = events.reduce<Licence | null>(evolve, before)!
  if (before)
    await tx`update trade.licence set used = ${l.used}, used_value_minor = ${l.usedValueMinor}, status = ${l.status}, version = ${l.version} where id = ${l.id}`
  else
    await tx`
      insert into trade.licence (id, administration, document_code, number, holder, commodities, origins, order_number, unit, quantity, currency, value_minor, tolerance_percent, valid_from, valid_to, office, status, version)
      values (${l.id}, ${l.administration}, ${l.documentCode}, ${l.number}, ${l.holder}, ${l.commodities}, ${l.origins}, ${l.orderNumber}, ${l.unit}, ${l.quantity}, ${l.currency}, ${l.valueMinor},
        ${l.tolerancePercent}, ${l.validFrom}, ${l.validTo}, ${l.office}, ${l.status}, ${l.version})`
  await record(
    tx,
    { kind: 'licence', id: l.id },
    { command: o.command, actor: o.actor, body: { payload: o.payload, facts: o.facts ?? {}, events: [...events] }, at: o.at },
  )
  return l
}
