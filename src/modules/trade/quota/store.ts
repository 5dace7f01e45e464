/** SQL of tariff quotas. A definition's row is locked while its balance changes; claims are only written down and so never wait for each other. */
import type { Reader, Tx } from '#platform/database.ts'
import type { LegalDate } from '#kernel/time.ts'
import { record, type Actor } from '#platform/journal.ts'
import type { Waiting } from './allocate.ts'
import { evolve } from './quota.ts'
import type { QuotaEvent, QuotaState } from './schema.ts'

type Row = {
  id: string
  administration: string
  order_number: string
  valid_from: LegalDate
  valid_to: LegalDate
  volume: string
  transferred: string
  unit: string
  precision_digits: number
  critical_percent: string
  critical_from_start: boolean
  balance: string
  hold: QuotaState['hold']
  version: number
}

const plain = (numeral: string): string => (numeral.includes('.') ? numeral.replace(/\.?0+$/, '') : numeral)
export const toState = (r: Row): QuotaState => ({
  id: r.id,
  administration: r.administration,
  orderNumber: r.order_number,
  validFrom: r.valid_from,
  validTo: r.valid_to,
  volume: plain(r.volume),
  transferred: plain(r.transferred),
  unit: r.unit,
  precision: r.precision_digits,
  criticalPercent: plain(r.critical_percent),
  criticalFromStart: r.critical_from_start,
  balance: plain(r.balance),
  hold: r.hold,
  version: r.version,
})

/** The period of a quota that is open on a date, or null. */
export const findPeriod = async (db: Reader, administration: string, orderNumber: string, date: LegalDate): Promise<QuotaState | null> => {
  const [row] = await db<Row[]>`
    select * from trade.quota_definition where administration = ${administration} and order_number = ${orderNumber} and valid_from <= ${date} and valid_to > ${date}`
  return row ? toState(row) : null
}

/** Locks periods in one order everywhere. Claims refer to the row and may still be written meanwhile. */
export const lockPeriods = async (tx: Tx, ids: readonly string[]): Promise<Map<string, QuotaState>> => {
  const rows = await tx<Row[]>`select * from trade.quota_definition where id = any(${[...new Set(ids)]}::uuid[]) order by id for no key update`
  return new Map(rows.map((r) => [r.id, toState(r)]))
}

export type Occasion = { actor: Actor; at: string; command: string; payload: unknown; facts: unknown }

/** Folds events into the row, writes each of them down with the balance after it, and journals the decision. */
export const applyEvents = async (tx: Tx, before: QuotaState, events: readonly QuotaEvent[], o: Occasion): Promise<QuotaState> => {
  if (events.length === 0) return before
  let state = before
  const rows = events.map((e) => {
    state = evolve(state, e)
    return { version: state.version, balance: state.balance, ...e }
  })
  await tx`
    update trade.quota_definition set balance = ${state.balance}, transferred = ${state.transferred}, hold = ${state.hold}, version = ${state.version} where id = ${state.id}`
  await tx`
    insert into trade.quota_event (definition_id, version, type, quantity, balance, reference, reason, by_name, at)
    select ${state.id}::uuid, v, t, q::numeric, b::numeric, r, w, ${o.actor.name}, ${o.at}::timestamptz
    from unnest(${rows.map((r) => r.version)}::int[], ${rows.map((r) => r.type)}::text[], ${rows.map((r) => r.quantity)}::text[], ${rows.map((r) => r.balance)}::text[],
      ${rows.map((r) => r.reference ?? null) as string[]}::text[], ${rows.map((r) => r.reason ?? null) as string[]}::text[]) as x(v, t, q, b, r, w)`
  await record(
    tx,
    { kind: 'quota', id: state.id },
    { command: o.command, actor: o.actor, body: { payload: o.payload, facts: o.facts, events: [...events] }, at: o.at },
  )
  return state
}

/** Claims that wait and are to be served, locked. */
export const waitingClaims = async (tx: Tx, definitionId: string, through: LegalDate): Promise<Waiting[]> => {
  const rows = await tx<{ id: string; quantity: string; accepted_at: string; priority: LegalDate }[]>`
    select id, quantity, accepted_at, priority from trade.quota_claim
    where definition_id = ${definitionId} and status = 'pending' and priority <= ${through} order by priority, accepted_at, id for no key update`
  return rows.map((r) => ({ id: r.id, quantity: plain(r.quantity), acceptedAt: r.accepted_at, priority: r.priority }))
}

/** Writes the shares; answers whose claims were decided. */
export const saveShares = async (
  tx: Tx,
  shares: readonly { id: string; allocated: string }[],
  at: string,
): Promise<{ kind: string; id: string }[]> => {
  if (shares.length === 0) return []
  return tx<{ kind: string; id: string }[]>`
    with given as (select i::uuid as id, a::numeric as allocated from unnest(${shares.map((s) => s.id)}::text[], ${shares.map((s) => s.allocated)}::text[]) as x(i, a)),
    decided as (update trade.quota_claim c set allocated = g.allocated, status = 'allocated', allocated_at = ${at} from given g where c.id = g.id returning c.subject_kind, c.subject_id)
    select distinct subject_kind as kind, subject_id as id from decided`
}

/** Periods with something to serve: of each administration those claims that its calendar lets be served now. */
export const periodsToServe = async (db: Reader, administration: string, through: LegalDate): Promise<string[]> =>
  (
    await db<{ id: string }[]>`
    select d.id from trade.quota_definition d where d.administration = ${administration} and d.hold = 'none'
      and exists (select from trade.quota_claim c where c.definition_id = d.id and c.status = 'pending' and c.priority <= ${through}) order by d.id`
  ).map((r) => r.id)

export const holidaysOf = async (db: Reader, administration: string): Promise<Set<string>> =>
  new Set((await db<{ day: string }[]>`select day from trade.holiday where administration = ${administration}`).map((r) => r.day))

export type ClaimRow = {
  id: string
  definitionId: string
  orderNumber: string
  itemNumber: number
  unit: string
  quantity: string
  allocated: string | null
  returned: string
  status: 'pending' | 'allocated' | 'returned'
}

export const claimsOf = async (db: Reader, subject: { kind: string; id: string }): Promise<ClaimRow[]> => {
  const rows = await db<
    {
      id: string
      definition_id: string
      order_number: string
      item_number: number
      unit: string
      quantity: string
      allocated: string | null
      returned: string
      status: ClaimRow['status']
    }[]
  >`
    select c.id, c.definition_id, d.order_number, c.item_number, d.unit, c.quantity, c.allocated, c.returned, c.status
    from trade.quota_claim c join trade.quota_definition d on d.id = c.definition_id
    where c.subject_kind = ${subject.kind} and c.subject_id = ${subject.id} order by c.accepted_at, c.id`
  return rows.map((r) => ({
    id: r.id,
    definitionId: r.definition_id,
    orderNumber: r.order_number,
    itemNumber: r.item_number,
    unit: r.unit,
    quantity: plain(r.quantity),
    allocated: r.allocated === null ? null : plain(r.allocated),
    returned: plain(r.returned),
    status: r.status,
  }))
}

export type NewClaim = {
  id: string
  definitionId: string
  subject: { kind: string; id: string }
  itemNumber: number
  reference: string
  holder: string
  quantity: string
  priority: LegalDate
  acceptedAt: string
}
export const insertClaim = async (tx: Tx, c: NewClaim): Promise<void> => {
  await tx`
    insert into trade.quota_claim (id, definition_id, subject_kind, subject_id, item_number, reference, holder, quantity, status, priority, accepted_at)
    values (${c.id}, ${c.definitionId}, ${c.subject.kind}, ${c.subject.id}, ${c.itemNumber}, ${c.reference}, ${c.holder}, ${c.quantity}, 'pending', ${c.priority}, ${c.acceptedAt})`
}

/** What of a claim is no longer asked for: a waiting one asks for less, of an allocated one a part counts as returned. */
export const reduceClaim = async (tx: Tx, claim: ClaimRow, change: { quantity: string; returned: string; withdrawn: boolean }): Promise<void> => {
  await tx`
    update trade.quota_claim set quantity = ${change.quantity}, returned = ${change.returned}, status = ${change.withdrawn ? 'returned' : claim.status} where id = ${claim.id}`
}

export const insertQuota = async (
  tx: Tx,
  q: {
    administration: string
    orderNumber: string
    kind: 'first-come' | 'licensed'
    names: object
    commodities: string[]
    origins: string[]
    legalBase: string
  },
): Promise<void> => {
  await tx`
    insert into trade.quota (administration, order_number, kind, names, commodities, origins, legal_base)
    values (${q.administration}, ${q.orderNumber}, ${q.kind}, ${JSON.stringify(q.names)}::text::jsonb, ${q.commodities}, ${q.origins}, ${q.legalBase}) on conflict do nothing`
}

/** A new period, with its first event. False when a period begins that day already. */
export const openPeriod = async (tx: Tx, s: QuotaState, o: Occasion): Promise<boolean> => {
  const [made] = await tx<{ id: string }[]>`
    insert into trade.quota_definition (id, administration, order_number, valid_from, valid_to, volume, unit, precision_digits, critical_percent, critical_from_start, balance)
    values (${s.id}, ${s.administration}, ${s.orderNumber}, ${s.validFrom}, ${s.validTo}, ${s.volume}, ${s.unit}, ${s.precision}, ${s.criticalPercent}, ${s.criticalFromStart}, 0)
    on conflict do nothing returning id`
  if (!made) return false
  await applyEvents(tx, { ...s, balance: '0', version: 0 }, [{ type: 'opened', quantity: s.volume }], o)
  return true
}
