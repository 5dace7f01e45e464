/** Lists of declarations: filters, sorting and pages are done by the database. */
import type { Reader } from '#platform/database.ts'
import type { Principal } from '#platform/permissions.ts'
import type { DeclarationQuery, DeclarationRow } from '../schema/views.ts'
import { visible } from './scope.ts'

type Row = {
  mrn: string
  lrn: string
  administration: string
  regime: DeclarationRow['regime']
  additional_type: string
  office: string
  status: DeclarationRow['status']
  lane: DeclarationRow['lane']
  version: number
  trader_name: string
  declarant: string
  item_count: number
  value_minor: number | null
  due_minor: number | null
  currency: string
  lodged_at: string
  accepted_at: string | null
  released_at: string | null
  updated_at: string
  waits_for: DeclarationRow['waitsFor']
  waits_since: string
  due_at: string | null
  assigned_to: string | null
  assigned_name: string | null
}

const money = (minor: number | null, currency: string) => (minor === null || !currency ? null : { minor, currency })

const toRow = (r: Row): DeclarationRow => ({
  mrn: r.mrn,
  lrn: r.lrn,
  administration: r.administration,
  regime: r.regime,
  additionalType: r.additional_type,
  office: r.office,
  status: r.status,
  lane: r.lane,
  version: r.version,
  trader: r.trader_name,
  declarant: r.declarant,
  items: r.item_count,
  value: money(r.value_minor, r.currency),
  due: money(r.due_minor, r.currency),
  lodgedAt: r.lodged_at,
  acceptedAt: r.accepted_at,
  releasedAt: r.released_at,
  updatedAt: r.updated_at,
  waitsFor: r.waits_for,
  waitsSince: r.waits_since,
  dueAt: r.due_at,
  assignedTo: r.assigned_to,
  assignedName: r.assigned_name,
})

/** Sort keys that may stand in an address, each with its column; nothing else reaches SQL. */
const sortable: Record<string, string> = {
  lodgedAt: 'lodged_at',
  updatedAt: 'updated_at',
  dueAt: 'due_at',
  waitsSince: 'waits_since',
  mrn: 'mrn',
  lrn: 'lrn',
  trader: 'trader_name',
  status: 'status',
  lane: 'lane',
  items: 'item_count',
  value: 'value_minor',
  due: 'due_minor',
  office: 'office',
  regime: 'regime',
  acceptedAt: 'accepted_at',
  releasedAt: 'released_at',
}

const words = (list: string | undefined): string[] =>
  (list ?? '')
    .split(',')
    .map((w) => w.trim())
    .filter(Boolean)

const filters = (db: Reader, principal: Principal, q: DeclarationQuery) => {
  const parts = [visible(db, principal)]
  if (q.status) parts.push(db`d.status = any(${words(q.status)}::text[])`)
  if (q.lane) parts.push(db`d.lane = any(${words(q.lane)}::text[])`)
  if (q.regime) parts.push(db`d.regime = ${q.regime}`)
  if (q.office) parts.push(db`d.office = ${q.office}`)
  if (q.waitsFor) parts.push(db`d.waits_for = any(${words(q.waitsFor)}::text[])`)
  if (q.assigned === 'nobody') parts.push(db`d.assigned_to is null`)
  else if (q.assigned) parts.push(db`d.assigned_to = ${q.assigned === 'me' ? principal.personId : q.assigned}`)
  if (q.overdue) parts.push(db`d.due_at < now()`)
  if (q.request) parts.push(db`(d.state ? 'request' or d.state ? 'proposal')`)
  if (q.from) parts.push(db`d.lodged_at >= ${q.from}::date`)
  if (q.to) parts.push(db`d.lodged_at < ${q.to}::date + 1`)
  const text = q.q?.trim()
  if (text) {
    const like = `%${text.replace(/[\\%_]/g, '\\$&')}%`
    // A goods code is digits; a reference that merely holds some is none.
    const goodsCode = /^\d[\d .]{3,}$/.test(text) ? `${text.replace(/\D/g, '')}%` : null
    parts.push(db`(d.mrn ilike ${like} or d.lrn ilike ${like} or d.trader_name ilike ${like} or d.declarant = ${text}
      or exists (select from clearance.reference r where r.declaration_id = d.id and r.reference = ${text.toUpperCase()})
      or exists (select from clearance.item i where i.declaration_id = d.id and i.hs_code like ${goodsCode}))`)
  }
  return parts.reduce((all, part) => db`${all} and ${part}`)
}

export const listDeclarations = async (
  db: Reader,
  principal: Principal,
  q: DeclarationQuery,
  defaultSort = '-lodgedAt',
): Promise<{ rows: DeclarationRow[]; total: number; page: number; size: number }> => {
  const page = q.page ?? 1
  const size = q.size ?? 50
  const asked = q.sort ?? defaultSort
  const descending = asked.startsWith('-')
  const column = sortable[asked.replace(/^-/, '')] ?? 'lodged_at'
  const where = filters(db, principal, q)
  const order = db.unsafe(`d.${column} ${descending ? 'desc' : 'asc'} nulls last, d.mrn`)
  const rows = await db<
    Row[]
  >`select d.mrn, d.lrn, d.administration, d.regime, d.additional_type, d.office, d.status, d.lane, d.version, d.trader_name, d.declarant, d.item_count, d.value_minor, d.due_minor,
      d.currency, d.lodged_at, d.accepted_at, d.released_at, d.updated_at, d.waits_for, d.waits_since, d.due_at, d.assigned_to, d.state -> 'assignedTo' ->> 'name' as assigned_name
    from clearance.declaration d where ${where} order by ${order} limit ${size} offset ${(page - 1) * size}`
  const [count] = await db<{ n: number }[]>`select count(*) as n from clearance.declaration d where ${where}`
  return { rows: rows.map(toRow), total: count?.n ?? 0, page, size }
}
