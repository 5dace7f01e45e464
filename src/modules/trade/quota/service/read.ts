/** What screens ask of quotas: the list, one quota with its life, the balance at any moment. */
import type { Reader } from '#platform/database.ts'
import type { Instant, LegalDate } from '#kernel/time.ts'
import { statusOf } from '../quota.ts'
import type { QuotaBalance, QuotaClaimView, QuotaEventView, QuotaProposal, QuotaRow, QuotaState, QuotaView } from '../schema.ts'
import { toState } from '../store.ts'

type QuotaBase = {
  administration: string
  order_number: string
  kind: 'first-come' | 'licensed'
  names: Record<string, string>
  commodities: string[]
  origins: string[]
  legal_base: string
}
type PeriodRow = Parameters<typeof toState>[0] & { waiting: string; proposals: number }

const plain = (numeral: string): string => (numeral.includes('.') ? numeral.replace(/\.?0+$/, '') : numeral)

const toPeriod = (s: QuotaState, waiting: string, date: LegalDate) => ({
  id: s.id,
  validFrom: s.validFrom,
  validTo: s.validTo,
  volume: s.volume,
  transferred: s.transferred,
  unit: s.unit,
  precision: s.precision,
  criticalPercent: s.criticalPercent,
  balance: s.balance,
  waiting: plain(waiting),
  status: statusOf(s, date),
})
type Period = ReturnType<typeof toPeriod>

const periodsOf = async (db: Reader, administration: string, orders: readonly string[]): Promise<PeriodRow[]> => db<PeriodRow[]>`
  select d.*, coalesce((select sum(c.quantity) from trade.quota_claim c where c.definition_id = d.id and c.status = 'pending'), 0)::text as waiting,
    (select count(*) from trade.quota_proposal p where p.definition_id = d.id and p.status = 'open')::int as proposals
  from trade.quota_definition d where d.administration = ${administration} and d.order_number = any(${orders as string[]}::text[]) order by d.valid_from desc`

const toRow = (q: QuotaBase, periods: readonly PeriodRow[], date: LegalDate, language: string): QuotaRow => {
  const here = periods.find((p) => p.valid_from <= date && date < p.valid_to) ?? periods.findLast((p) => p.valid_from > date) ?? periods[0]
  return {
    administration: q.administration,
    orderNumber: q.order_number,
    kind: q.kind,
    name: q.names[language] ?? q.names['en'] ?? '',
    commodities: q.commodities,
    origins: q.origins,
    legalBase: q.legal_base,
    period: here ? toPeriod(toState(here), here.waiting, date) : null,
    proposals: periods.reduce((sum, p) => sum + p.proposals, 0),
  }
}

export const listQuotas = async (db: Reader, administration: string, date: LegalDate, language: string): Promise<QuotaRow[]> => {
  const quotas = await db<QuotaBase[]>`select * from trade.quota where administration = ${administration} order by order_number`
  const periods = Map.groupBy(
    await periodsOf(
      db,
      administration,
      quotas.map((q) => q.order_number),
    ),
    (p) => p.order_number,
  )
  return quotas.map((q) => toRow(q, periods.get(q.order_number) ?? [], date, language))
}

const shownAtMost = 500
const eventsOf = async (db: Reader, ids: readonly string[]): Promise<QuotaEventView[]> => {
  const rows = await db<
    {
      definition_id: string
      version: number
      type: QuotaEventView['type']
      quantity: string
      balance: string
      reference: string | null
      reason: string | null
      by_name: string
      at: string
    }[]
  >`
    select definition_id, version, type, quantity::text, balance::text, reference, reason, by_name, at from trade.quota_event
    where definition_id = any(${ids as string[]}::uuid[]) order by at desc, version desc limit ${shownAtMost}`
  return rows.map(({ by_name, definition_id, ...r }) => ({
    ...r,
    definitionId: definition_id,
    quantity: plain(r.quantity),
    balance: plain(r.balance),
    by: by_name,
  }))
}

/** `holders` limits to claims of these registrations; null = all. */
const claimsShown = async (db: Reader, ids: readonly string[], holders: readonly string[] | null): Promise<QuotaClaimView[]> => {
  const rows = await db<
    {
      id: string
      reference: string
      item_number: number
      holder: string
      quantity: string
      allocated: string | null
      returned: string
      status: QuotaClaimView['status']
      priority: string
      accepted_at: string
    }[]
  >`
    select id, reference, item_number, holder, quantity::text, allocated::text, returned::text, status, priority, accepted_at from trade.quota_claim
    where definition_id = any(${ids as string[]}::uuid[]) and (${holders === null} or holder = any(${(holders ?? []) as string[]}::text[]))
    order by accepted_at desc limit ${shownAtMost}`
  return rows.map((r) => ({
    id: r.id,
    reference: r.reference,
    itemNumber: r.item_number,
    holder: r.holder,
    quantity: plain(r.quantity),
    allocated: r.allocated === null ? null : plain(r.allocated),
    returned: plain(r.returned),
    status: r.status,
    priority: r.priority,
    acceptedAt: r.accepted_at,
  }))
}

type ProposalRow = {
  id: string
  definition_id: string
  action: QuotaProposal['action']
  quantity: string | null
  to_definition_id: string | null
  reason: string
  by_name: string
  by_id: string
  at: string
  status: QuotaProposal['status']
  decided_by_name: string | null
  decided_at: string | null
}
export const toProposal = (r: ProposalRow): QuotaProposal => ({
  id: r.id,
  definitionId: r.definition_id,
  action: r.action,
  quantity: r.quantity === null ? null : plain(r.quantity),
  toDefinitionId: r.to_definition_id,
  reason: r.reason,
  by: r.by_name,
  byId: r.by_id,
  at: r.at,
  status: r.status,
  decidedBy: r.decided_by_name,
  decidedAt: r.decided_at,
})

export type Looking = { administration: string; order: string; date: LegalDate; language: string; holders: readonly string[] | null }

export const findQuota = async (db: Reader, l: Looking): Promise<QuotaView | null> => {
  const [quota] = await db<QuotaBase[]>`select * from trade.quota where administration = ${l.administration} and order_number = ${l.order}`
  if (!quota) return null
  const periods = await periodsOf(db, l.administration, [l.order])
  const ids = periods.map((p) => p.id)
  const [events, claims, proposals] = await Promise.all([
    eventsOf(db, ids),
    claimsShown(db, ids, l.holders),
    l.holders === null
      ? db<ProposalRow[]>`select * from trade.quota_proposal where definition_id = any(${ids}::uuid[]) order by at desc limit ${shownAtMost}`
      : [],
  ])
  const shown: Period[] = periods.map((p) => toPeriod(toState(p), p.waiting, l.date))
  return { quota: toRow(quota, periods, l.date, l.language), periods: shown, events, claims, proposals: proposals.map(toProposal) }
}

/** What was left at a moment, from the events up to it. Null when no period was open then. */
export const balanceAt = async (db: Reader, administration: string, order: string, asOf: Instant): Promise<QuotaBalance | null> => {
  const [row] = await db<{ unit: string; valid_from: string; valid_to: string; volume: string; balance: string }[]>`
    select d.unit, d.valid_from, d.valid_to, d.volume::text, e.balance::text from trade.quota_definition d
    join lateral (select balance from trade.quota_event where definition_id = d.id and at <= ${asOf} order by version desc limit 1) e on true
    where d.administration = ${administration} and d.order_number = ${order} and d.valid_from <= ${asOf.slice(0, 10)} order by d.valid_from desc limit 1`
  return row
    ? {
        orderNumber: order,
        asOf,
        unit: row.unit,
        volume: plain(row.volume),
        balance: plain(row.balance),
        validFrom: row.valid_from,
        validTo: row.valid_to,
      }
    : null
}
