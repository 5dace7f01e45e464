/** What each desk asks first: the trader's dashboard, the officer's workload, the counts beside the navigation. */
import type { Reader } from '#platform/database.ts'
import type { Principal } from '#platform/permissions.ts'
import type { DeclarationState } from '../schema/lifecycle.ts'
import type { Dashboard, Workload } from '../schema/views.ts'
import { visible } from './scope.ts'

const actionOf = (s: DeclarationState, status: string): { action: string; params: Record<string, unknown> } => {
  if (status === 'lodged') return { action: 'present-goods', params: {} }
  if (status === 'rejected') return { action: 'correct-and-lodge-again', params: { issues: s.issues.length } }
  if (s.controls.some((c) => c.status === 'discrepant')) return { action: 'amend-after-control', params: {} }
  return { action: 'pay', params: { outstanding: s.settlement?.outstanding ?? null } }
}

/** A trader's first screen: what waits for whom, since when, and what to do next. */
export const dashboard = async (db: Reader, principal: Principal, dayStart: string): Promise<Dashboard> => {
  const mine = visible(db, principal)
  const waiting = await db<
    Dashboard['waiting']
  >`select d.waits_for as "waitsFor", count(*)::int as count, min(d.waits_since) as "oldestSince" from clearance.declaration d where ${mine} group by 1 order by 1`
  const byStatus = await db<
    Dashboard['byStatus']
  >`select d.status, count(*)::int as count from clearance.declaration d where ${mine} group by 1 order by 1`
  const todo = await db<
    { mrn: string; lrn: string; trader_name: string; status: Dashboard['actions'][number]['status']; waits_since: string; state: DeclarationState }[]
  >`
    select d.mrn, d.lrn, d.trader_name, d.status, d.waits_since, d.state from clearance.declaration d
    where ${mine} and (d.waits_for = 'trader' or (d.status = 'rejected' and d.lodged_at > ${dayStart}::timestamptz - interval '1 day') or (d.status = 'under-control' and jsonb_path_exists(d.state, '$.controls[*] ? (@.status == "discrepant")')))
    order by d.waits_since limit 50`
  const recipients = principal.organisationRegistration ? [principal.organisationRegistration] : []
  const [inbox] = await db<
    { n: number }[]
  >`select count(*)::int as n from clearance.notification where recipient = any(${recipients}::text[]) and acknowledged_at is null`
  const [drafts] = await db<
    { n: number }[]
  >`select count(*)::int as n from clearance.draft where coalesce(organisation, owner) = ${principal.organisationId ?? principal.personId} and lodged_as is null`
  const [released] = await db<{ n: number }[]>`select count(*)::int as n from clearance.declaration d where ${mine} and d.released_at >= ${dayStart}`
  return {
    waiting: [...waiting],
    byStatus: [...byStatus],
    unread: inbox?.n ?? 0,
    drafts: drafts?.n ?? 0,
    releasedToday: released?.n ?? 0,
    actions: todo.map((t) => ({
      mrn: t.mrn,
      lrn: t.lrn,
      trader: t.trader_name,
      status: t.status,
      since: t.waits_since,
      ...actionOf(t.state, t.status),
    })),
  }
}

/** An office's load: by lane and whose turn, what is overdue, how much each officer holds. */
export const workload = async (db: Reader, principal: Principal, now: string): Promise<Workload> => {
  const mine = visible(db, principal)
  const open = db`d.waits_for in ('officer', 'examiner', 'agency')`
  const lanes = await db<
    Workload['lanes']
  >`select d.lane, d.waits_for as "waitsFor", count(*)::int as count, min(d.waits_since) as "oldestSince", (count(*) filter (where d.due_at < ${now}))::int as overdue
    from clearance.declaration d where ${mine} and ${open} group by 1, 2 order by 1, 2`
  const officers = await db<
    Workload['officers']
  >`select d.assigned_to as "personId", max(d.state -> 'assignedTo' ->> 'name') as name, count(*)::int as count
    from clearance.declaration d where ${mine} and ${open} and d.assigned_to is not null group by 1 order by 3 desc`
  const [rest] = await db<
    { unassigned: number; mine: number }[]
  >`select (count(*) filter (where d.assigned_to is null))::int as unassigned, (count(*) filter (where d.assigned_to = ${principal.personId}))::int as mine
    from clearance.declaration d where ${mine} and ${open}`
  return { lanes: [...lanes], officers: [...officers], unassigned: rest?.unassigned ?? 0, mine: rest?.mine ?? 0 }
}

/** The numbers beside the navigation entries. */
export const counts = async (db: Reader, principal: Principal): Promise<Record<string, number>> => {
  const mine = visible(db, principal)
  const [row] = await db<{ trader: number; officer: number; examiner: number; requests: number }[]>`
    select (count(*) filter (where d.waits_for = 'trader'))::int as trader, (count(*) filter (where d.waits_for = 'officer'))::int as officer,
      (count(*) filter (where d.waits_for = 'examiner'))::int as examiner, (count(*) filter (where d.state ? 'request'))::int as requests
    from clearance.declaration d where ${mine} and d.waits_for <> 'nobody'`
  const [inbox] = await db<
    { n: number }[]
  >`select count(*)::int as n from clearance.notification where recipient = ${principal.organisationRegistration ?? ''} and acknowledged_at is null`
  return { trader: row?.trader ?? 0, officer: row?.officer ?? 0, examiner: row?.examiner ?? 0, requests: row?.requests ?? 0, inbox: inbox?.n ?? 0 }
}
