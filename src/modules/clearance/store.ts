/** SQL of clearance. A declaration is written whole, in one statement, together with its goods lines and notifications. */
import { type Reader, type Tx, withCommit } from '#platform/database.ts'
import { appendParameters, appendSql, type Head, type Row } from '#platform/journal.ts'
import { holds, statusOf } from './declaration.ts'
import type { DeclarationState, Status } from './schema/lifecycle.ts'
import type { Notification } from './schema/notification.ts'

export type Stored = { state: DeclarationState; head: Head; documentHash: string }
type StateRow = { state: DeclarationState; journal_version: number; journal_hash: string; document_hash: string }

const stored = (row: StateRow | undefined): Stored | null =>
  row ? { state: row.state, head: { version: row.journal_version, hash: row.journal_hash }, documentHash: row.document_hash } : null

export const lockByMrn = async (tx: Tx, mrn: string): Promise<Stored | null> =>
  stored(
    (await tx<StateRow[]>`select state, journal_version, journal_hash, document_hash from clearance.declaration where mrn = ${mrn} for update`)[0],
  )

export const lockById = async (tx: Tx, id: string): Promise<Stored | null> =>
  stored((await tx<StateRow[]>`select state, journal_version, journal_hash, document_hash from clearance.declaration where id = ${id} for update`)[0])

/** Declarations whose duty was demanded long ago and that nobody has reminded within the same time. */
export const dueForReminder = async (db: Reader, now: string, hours: number): Promise<string[]> =>
  (
    await db<
      { mrn: string }[]
    >`select mrn from clearance.declaration where status = 'payment-due' and waits_since < ${now}::timestamptz - make_interval(hours => ${hours})
    and updated_at < ${now}::timestamptz - make_interval(hours => ${hours}) order by waits_since limit 1000`
  ).map((r) => r.mrn)

export const findByMrn = async (db: Reader, mrn: string): Promise<Stored | null> =>
  stored((await db<StateRow[]>`select state, journal_version, journal_hash, document_hash from clearance.declaration where mrn = ${mrn}`)[0])

/** Newest first, of at most 50 declarations. `container`: capitals without spaces, as references are kept. */
export const findByContainer = async (db: Reader, container: string): Promise<Stored[]> =>
  (
    await db<StateRow[]>`select d.state, d.journal_version, d.journal_hash, d.document_hash
      from clearance.reference r join clearance.declaration d on d.id = r.declaration_id
      where r.kind = 'container' and r.reference = ${container} order by d.id desc limit 50`
  ).flatMap((row) => stored(row) ?? [])

export const findByLrn = async (db: Reader, administration: string, declarant: string, lrn: string): Promise<Stored | null> =>
  stored(
    (
      await db<
        StateRow[]
      >`select state, journal_version, journal_hash, document_hash from clearance.declaration where administration = ${administration} and declarant = ${declarant} and lrn = ${lrn}`
    )[0],
  )

export const findByReference = async (db: Reader, reference: string): Promise<string[]> =>
  (
    await db<{ mrn: string }[]>`
    select distinct d.mrn from clearance.reference r join clearance.declaration d on d.id = r.declaration_id
    where r.kind in ('DUCR', 'MUCR') and (r.reference = ${reference} or r.reference in (select ucr from clearance.consolidation where mucr = ${reference}))`
  ).map((r) => r.mrn)

export const consolidate = async (tx: Tx, ucr: string, mucr: string, at: string): Promise<void> => {
  await tx`insert into clearance.consolidation (ucr, mucr, at) values (${ucr}, ${mucr}, ${at}) on conflict (ucr) do update set mucr = excluded.mucr, at = excluded.at`
}

export type Turn = { for: 'nobody' | 'trader' | 'officer' | 'examiner' | 'agency'; since: string; dueAt: string | null }

/** Whose turn it is, since when, until when: what every dashboard and queue asks first. */
export const turnOf = (s: DeclarationState): Turn => {
  const status = statusOf(s)
  if (s.request && s.request.kind !== undefined) return { for: 'officer', since: s.request.requestedAt, dueAt: null }
  if (s.proposal) return { for: 'officer', since: s.proposal.at, dueAt: null }
  if (status === 'lodged') return { for: 'trader', since: s.lodgedAt, dueAt: null }
  if (status === 'payment-due') return { for: 'trader', since: s.demandedAt!, dueAt: null }
  if (status === 'released' && s.demandedAt) return { for: 'trader', since: s.demandedAt, dueAt: null }
  if (holds(s).length > 0 && status === 'under-control') {
    const open = s.controls.filter((c) => c.blocking && (c.status === 'open' || c.status === 'discrepant'))
    const first = open[0]
    if (!first) return { for: 'agency', since: s.acceptedAt!, dueAt: null }
    if (open.some((c) => c.status === 'discrepant')) return { for: 'officer', since: first.result?.at ?? first.openedAt, dueAt: null }
    const physical = open.find((c) => c.kind === 'physical' && c.status === 'open')
    const next = open.find((c) => c.kind === 'documentary' && c.status === 'open') ?? physical ?? first
    return { for: next.kind === 'physical' ? 'examiner' : 'officer', since: next.openedAt, dueAt: next.dueAt ?? null }
  }
  const later = s.controls.find((c) => c.status === 'open')
  if (later && status !== 'invalidated' && status !== 'rejected') return { for: 'officer', since: later.openedAt, dueAt: later.dueAt ?? null }
  return { for: 'nobody', since: s.clearedAt ?? s.lodgedAt, dueAt: null }
}

const columns = (s: DeclarationState, head: Head, updatedAt: string) => {
  const turn = turnOf(s)
  const totals = s.assessment?.totals
  return {
    mrn: s.mrn,
    lrn: s.lrn,
    administration: s.administration,
    regime: s.regime,
    additional_type: s.additionalType,
    declarant: s.declarant,
    submitter: s.submitter.registration,
    submitter_person: s.submitter.personId,
    parties: s.parties,
    office: s.office,
    status: statusOf(s) as Status,
    lane: s.lane?.lane ?? null,
    version: s.version,
    state: s,
    journal_version: head.version,
    journal_hash: head.hash,
    lodged_at: s.lodgedAt,
    accepted_at: s.acceptedAt ?? null,
    released_at: s.releasedAt ?? null,
    due_at: turn.dueAt,
    waits_for: turn.for,
    waits_since: turn.since,
    assigned_to: s.assignedTo?.personId ?? null,
    trader_name: s.trader,
    item_count: s.document.items.length,
    value_minor: totals?.customsValue.minor ?? null,
    due_minor: totals?.payable.minor ?? null,
    currency: totals?.payable.currency ?? '',
    updated_at: updatedAt,
  }
}

const itemRows = (s: DeclarationState) =>
  s.document.items.map((i) => ({
    number: i.itemNumber,
    hs_code: i.hsCode ?? null,
    origin: i.origin ?? i.preferentialOrigin ?? null,
    description: i.description ?? null,
    procedure: i.procedure ?? null,
    net_mass_kg: i.netMassKg ?? null,
    value_minor: s.assessment?.items.find((a) => a.itemNumber === i.itemNumber)?.customsValue.minor ?? null,
    due_minor: s.assessment?.lines.filter((l) => l.itemNumber === i.itemNumber).reduce((t, l) => t + l.payable.minor, 0) ?? null,
  }))

/** References by which goods are found: consignments (DE 2/1 codes DCR and MCR), of which movements are reported, and containers (DE 7/10). */
const referenceRows = (s: DeclarationState) => {
  const documents = [...(s.document.previousDocuments ?? []), ...s.document.items.flatMap((i) => i.previousDocuments ?? [])]
  const all = [
    ...documents.flatMap((d) =>
      d.id && d.type === 'DCR' ? [{ reference: d.id, kind: 'DUCR' }] : d.id && d.type === 'MCR' ? [{ reference: d.id, kind: 'MUCR' }] : [],
    ),
    ...(s.document.containers ?? []).flatMap((k) => (k.id ? [{ reference: k.id.toUpperCase().replaceAll(' ', ''), kind: 'container' }] : [])),
  ]
  return [...new Map(all.map((r) => [r.kind + r.reference, r])).values()]
}

const declarationColumns = `mrn text, lrn text, administration text, regime text, additional_type text, declarant text, submitter text, submitter_person text, parties text[], office text, status text,
  lane text, version int, state jsonb, journal_version int, journal_hash text, lodged_at timestamptz, accepted_at timestamptz, released_at timestamptz, due_at timestamptz, waits_for text,
  waits_since timestamptz, assigned_to text, trader_name text, item_count int, value_minor bigint, due_minor bigint, currency text, updated_at timestamptz`
const itemColumns =
  'number int, hs_code text, origin text, description text, procedure text, net_mass_kg numeric, value_minor bigint, due_minor bigint'
const names = (list: string): string =>
  list
    .split(',')
    .map((c) => c.trim().split(' ')[0])
    .join(', ')

// One statement writes whatever a command has brought about. Its parts cannot see each other's rows, and need not: constraints are
// checked at its end. The inbox counter is locked to the commit, so numbers have no gaps and their order is the order of commits.
const told = (from: number): string => `
  given as (select * from json_to_recordset($${from}::text::json) as r(ordinal int, lrn text, function_code text, message_id text, issued_at timestamptz, body jsonb)),
  numbered as (
    insert into clearance.inbox (recipient, last_number) select r, (select count(*) from given) from unnest($${from + 1}::text[]) as r where exists (select from given) order by r
    on conflict (recipient) do update set last_number = clearance.inbox.last_number + excluded.last_number returning recipient, last_number),
  told as (
    insert into clearance.notification (recipient, number, declaration_id, mrn, lrn, function_code, message_id, issued_at, body)
    select n.recipient, n.last_number - (select count(*) from given) + g.ordinal, $2::uuid, $${from + 2}, g.lrn, g.function_code, g.message_id, g.issued_at, g.body from numbered n, given g)`

const row = `row as (select * from json_to_record($1::text::json) as r(${declarationColumns}))`

const insertSql = `
  with ${row},
  kept as (insert into clearance.declaration (id, document_hash, ${names(declarationColumns)}) select $2::uuid, $3, row.* from row),
  goods as (insert into clearance.item (declaration_id, ${names(itemColumns)}) select $2::uuid, r.* from json_to_recordset($4::text::json) as r(${itemColumns})),
  known as (insert into clearance.reference (declaration_id, reference, kind) select $2::uuid, r.* from json_to_recordset($5::text::json) as r(reference text, kind text)),
  ${told(6)}
  ${appendSql(9)}`

const updateSql = `
  with ${row},
  kept as (update clearance.declaration d set (${names(declarationColumns)}) = (select row.* from row) where d.id = $2::uuid),
  lines as (select * from json_to_recordset($3::text::json) as r(${itemColumns})),
  gone as (delete from clearance.item where declaration_id = $2::uuid and exists (select from lines) and number not in (select number from lines)),
  goods as (
    insert into clearance.item (declaration_id, ${names(itemColumns)}) select $2::uuid, lines.* from lines
    on conflict (declaration_id, number) do update set hs_code = excluded.hs_code, origin = excluded.origin, description = excluded.description, procedure = excluded.procedure,
      net_mass_kg = excluded.net_mass_kg, value_minor = excluded.value_minor, due_minor = excluded.due_minor),
  known as (insert into clearance.reference (declaration_id, reference, kind) select $2::uuid, r.* from json_to_recordset($4::text::json) as r(reference text, kind text) on conflict do nothing),
  ${told(5)}
  ${appendSql(8)}`

export type Change = {
  state: DeclarationState
  head: Head
  at: string
  recipients: readonly string[]
  notifications: readonly Notification[]
  entries: readonly Row[]
}

const toldParameters = ({ state, recipients, notifications }: Change): unknown[] => {
  const rows = notifications.map((n, i) => ({
    ordinal: i + 1,
    lrn: n.declaration.lrn,
    function_code: n.functionCode,
    message_id: n.messageId,
    issued_at: n.issuedAt,
    body: n,
  }))
  return [JSON.stringify(rows), recipients, state.mrn]
}

/** Written with the commit. A second declaration with the same LRN breaks `declaration_lrn`; the caller then answers with the first. */
export const insertDeclaration = (tx: Tx, change: Change, documentHash: string): void => {
  const { state: s, head, at } = change
  const own = [JSON.stringify(columns(s, head, at)), s.id, documentHash, JSON.stringify(itemRows(s)), JSON.stringify(referenceRows(s))]
  withCommit(tx, tx.unsafe(insertSql, [...own, ...toldParameters(change), ...appendParameters(change.entries)] as never[], { prepare: true }))
}

export const updateDeclaration = async (tx: Tx, change: Change, goodsChanged: boolean): Promise<void> => {
  const { state: s, head, at } = change
  const own = [
    JSON.stringify(columns(s, head, at)),
    s.id,
    goodsChanged ? JSON.stringify(itemRows(s)) : '[]',
    goodsChanged ? JSON.stringify(referenceRows(s)) : '[]',
  ]
  await tx.unsafe(updateSql, [...own, ...toldParameters(change), ...appendParameters(change.entries)] as never[], { prepare: true })
}
