/** What the bank reported, entry by entry, and what became of it. */
import type { Money } from '#kernel/money.ts'
import type { Reader, Tx } from '#platform/database.ts'
import { containing, orderBy, windowOf, type ListQuery } from '#platform/listing.ts'
import type { Known } from '../bank/matching.ts'
import type { BankEntryRow, BankFileRow, BankReport, MatchTarget, ReportedEntry } from '../schema.ts'
import { missingSql } from './claims.ts'
import { findOrders } from './orders.ts'

export type BankFile = {
  id: string
  administration: string
  report: BankReport
  content: string
  sha256: string
  at: string
  by: { personId: string; name: string }
}

const sumOf = (entries: readonly ReportedEntry[], direction: 'in' | 'out'): number =>
  entries.filter((e) => e.direction === direction).reduce((sum, e) => sum + e.money.minor, 0)

/** A second file with the same message identification breaks `bank_file_message`. */
export const insertBankFile = async (tx: Tx, f: BankFile): Promise<void> => {
  const { report: r } = f
  await tx`
    insert into duty.bank_file (id, administration, kind, message_id, account, currency, entries, in_minor, out_minor, content, sha256, imported_at, imported_by, imported_by_name)
    values (${f.id}, ${f.administration}, ${r.kind}, ${r.messageId}, ${r.account}, ${r.currency}, ${r.entries.length}, ${sumOf(r.entries, 'in')}, ${sumOf(r.entries, 'out')}, ${f.content},
      ${f.sha256}, ${f.at}, ${f.by.personId}, ${f.by.name})`
}

export const isReported = async (db: Reader, administration: string, account: string, bankReference: string): Promise<boolean> =>
  (await db`select 1 from duty.bank_entry where administration = ${administration} and account = ${account} and bank_reference = ${bankReference}`)
    .length > 0

export type NewEntry = ReportedEntry & { id: string; fileId: string; administration: string; account: string; postingId: number; reason: string }

export const insertEntry = async (tx: Tx, e: NewEntry): Promise<void> => {
  await tx`
    insert into duty.bank_entry (id, file_id, administration, account, bank_reference, direction, reversal, currency, amount_minor, booked_on, counterparty, counterparty_iban, remittance, end_to_end,
      status, reason, posting_id)
    values (${e.id}, ${e.fileId}, ${e.administration}, ${e.account}, ${e.bankReference}, ${e.direction}, ${e.reversal}, ${e.money.currency}, ${e.money.minor}, ${e.bookedOn}, ${e.counterparty},
      ${e.counterpartyIban}, ${e.remittance}, ${e.endToEnd}, 'unmatched', ${e.reason}, ${e.postingId})`
}

type EntrySql = {
  id: string
  administration: string
  account: string
  bank_reference: string
  direction: 'in' | 'out'
  reversal: boolean
  currency: string
  amount_minor: number
  booked_on: string
  counterparty: string
  counterparty_iban: string
  remittance: string
  end_to_end: string
  status: BankEntryRow['status']
  reason: string
  target: MatchTarget | null
  proposed_by: string | null
  proposed_by_name: string | null
  matched_by_name: string | null
}
export type BankEntry = BankEntryRow & { administration: string; account: string; bankReference: string }

const columns = (
  db: Reader,
) => db`id, administration, account, bank_reference, direction, reversal, currency, amount_minor, booked_on, counterparty, counterparty_iban, remittance, end_to_end, status,
  reason, target, proposed_by, proposed_by_name, matched_by_name`

const toEntry = (r: EntrySql): BankEntry => ({
  id: r.id,
  administration: r.administration,
  account: r.account,
  bankReference: r.bank_reference,
  direction: r.direction,
  reversal: r.reversal,
  money: { minor: r.amount_minor, currency: r.currency },
  bookedOn: r.booked_on,
  counterparty: r.counterparty,
  counterpartyIban: r.counterparty_iban,
  remittance: r.remittance,
  endToEnd: r.end_to_end,
  status: r.status,
  reason: r.reason,
  target: r.target,
  proposedBy: r.proposed_by_name,
  proposedById: r.proposed_by,
  matchedBy: r.matched_by_name,
})

export const toEntryRow = ({ administration: _a, account: _c, bankReference: _r, ...row }: BankEntry): BankEntryRow => row

export const listEntries = async (db: Reader, q: ListQuery & { status?: string; q?: string }): Promise<{ rows: BankEntryRow[]; total: number }> => {
  const { limit, offset } = windowOf(q)
  const wanted = q.q ? containing(q.q) : null
  const statuses = q.status ? q.status.split(',') : null
  const where = db`(${statuses}::text[] is null or status = any(${statuses}::text[])) and (${wanted}::text is null or lower(remittance) like ${wanted} or lower(counterparty) like ${wanted})`
  const rows = await db<EntrySql[]>`
    select ${columns(db)} from duty.bank_entry where ${where} ${orderBy(db, q.sort, { bookedOn: 'booked_on', money: 'amount_minor', counterparty: 'counterparty' }, 'bookedOn', 'id')}
    limit ${limit} offset ${offset}`
  const [count] = await db<{ n: number }[]>`select count(*)::int as n from duty.bank_entry where ${where}`
  return { rows: rows.map(toEntry).map(toEntryRow), total: count!.n }
}

export const lockEntry = async (tx: Tx, id: string): Promise<BankEntry | null> => {
  const [row] = await tx<EntrySql[]>`select ${columns(tx)} from duty.bank_entry where id = ${id} for update`
  return row ? toEntry(row) : null
}

type Person = { personId: string; name: string }

export const proposeMatch = async (tx: Tx, id: string, target: MatchTarget | null, by: Person, at: string): Promise<void> => {
  await tx`
    update duty.bank_entry set status = ${target ? 'proposed' : 'unmatched'}, target = ${target ? JSON.stringify(target) : null}::text::jsonb, proposed_by = ${target ? by.personId : null},
      proposed_by_name = ${target ? by.name : null}, proposed_at = ${target ? at : null} where id = ${id}`
}

export const markMatched = async (tx: Tx, id: string, target: MatchTarget, posting: number, by: Person | null, at: string): Promise<void> => {
  await tx`
    update duty.bank_entry set status = 'matched', target = ${JSON.stringify(target)}::text::jsonb, matched_posting_id = ${posting}, matched_by = ${by?.personId ?? null},
      matched_by_name = ${by?.name ?? null}, matched_at = ${at} where id = ${id}`
}

type BankFileSql = {
  id: string
  kind: BankFileRow['kind']
  message_id: string
  account: string
  currency: string
  entries: number
  in_minor: number
  out_minor: number
  imported_at: string
  imported_by_name: string
  unmatched: number
}

export const listBankFiles = async (db: Reader, q: ListQuery): Promise<{ rows: BankFileRow[]; total: number }> => {
  const { limit, offset } = windowOf(q)
  const rows = await db<BankFileSql[]>`
    select f.id, f.kind, f.message_id, f.account, f.currency, f.entries, f.in_minor, f.out_minor, f.imported_at, f.imported_by_name,
      (select count(*) from duty.bank_entry e where e.file_id = f.id and e.status <> 'matched')::int as unmatched
    from duty.bank_file f order by f.imported_at desc, f.id limit ${limit} offset ${offset}`
  const [count] = await db<{ n: number }[]>`select count(*)::int as n from duty.bank_file`
  const money = (minor: number, currency: string): Money => ({ minor, currency })
  return {
    rows: rows.map((r) => ({
      id: r.id,
      kind: r.kind,
      messageId: r.message_id,
      account: r.account,
      entries: r.entries,
      incoming: money(r.in_minor, r.currency),
      outgoing: money(r.out_minor, r.currency),
      importedAt: r.imported_at,
      importedBy: r.imported_by_name,
      unmatched: r.unmatched,
    })),
    total: count!.n,
  }
}

/** Which of these references are ours, and how they stand. */
export const knownAmong = async (db: Reader, administration: string, references: readonly string[], endToEnds: readonly string[]): Promise<Known> => {
  const debts = await db<{ reference: string; currency: string; missing: number }[]>`
    select c.reference, c.currency, ${missingSql(db)} as missing from duty.charge c where c.reference = any(${[...references]}::text[]) and c.administration = ${administration}`
  const accounts = await db<{ code: string; currency: string }[]>`
    select code, currency from duty.account where code = any(${[...references]}::text[]) and kind in ('cash_account', 'deferment', 'credit') and status <> 'closed' and administration = ${administration}`
  const orders = await findOrders(db, endToEnds)
  return {
    debts: new Map(debts.map((d) => [d.reference, { minor: d.missing, currency: d.currency }])),
    accounts: new Map(accounts.map((a) => [a.code, { currency: a.currency }])),
    orders: new Map(orders.map((o) => [o.endToEnd, { direction: o.direction, money: o.money, status: o.status }])),
  }
}
