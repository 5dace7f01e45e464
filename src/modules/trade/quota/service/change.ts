/** A change of a quota: one person proposes, another decides. Opening a period is journalled like everything else. */
import { error } from '#kernel/issue.ts'
import { accept, refuse, type Outcome } from '#kernel/outcome.ts'
import type { Instant } from '#kernel/time.ts'
import { actorOf, once } from '#platform/command.ts'
import type { Sql, Tx } from '#platform/database.ts'
import type { Principal } from '#platform/permissions.ts'
import { change, checkOpening } from '../quota.ts'
import { toProposal } from './read.ts'
import type { OpenQuota, ProposeQuotaChange, QuotaProposal, QuotaState } from '../schema.ts'
import { applyEvents, insertQuota, lockPeriods, openPeriod } from '../store.ts'
import { newId } from './claim.ts'

type By = { principal: Principal; key: string; at: Instant }
type Row = Parameters<typeof toProposal>[0]

const checked = async (tx: Tx, body: Pick<ProposeQuotaChange, 'definitionId' | 'toDefinitionId' | 'action' | 'quantity' | 'reason'>) => {
  const periods = await lockPeriods(tx, [body.definitionId, ...(body.toDefinitionId ? [body.toDefinitionId] : [])])
  const from = periods.get(body.definitionId)
  if (!from) return refuse(error('trade.quota_unknown', '/definitionId', { order: body.definitionId }))
  const to = (body.toDefinitionId && periods.get(body.toDefinitionId)) || null
  const outcome = change(from, to, { action: body.action, reason: body.reason, ...(body.quantity && { quantity: body.quantity }) })
  return outcome.ok && 'from' in outcome ? accept({ from, to, events: outcome }) : refuse(...(outcome.ok ? [] : outcome.issues))
}

/** Refused at once when the change could not be made now, or another one waits. */
export const propose = (sql: Sql, body: ProposeQuotaChange, { principal, key, at }: By): Promise<Outcome<{ id: string }>> => {
  const id = newId(at)
  return once(
    sql,
    { key, actor: actorOf(principal), name: 'quota.propose', subject: { kind: 'quota-proposal', id }, creates: true, at },
    async (tx) => {
      const possible = await checked(tx, body)
      if (!possible.ok) return possible
      const [waiting] = await tx<{ id: string }[]>`select id from trade.quota_proposal where definition_id = ${body.definitionId} and status = 'open'`
      if (waiting) return refuse(error('trade.quota_proposal_open'))
      const quantity = body.action === 'transfer' ? (body.quantity ?? null) : null
      const to = body.action === 'transfer' ? (body.toDefinitionId ?? null) : null
      await tx`
        insert into trade.quota_proposal (id, definition_id, action, quantity, to_definition_id, reason, by_id, by_name, at, status)
        values (${id}, ${body.definitionId}, ${body.action}, ${quantity}, ${to}, ${body.reason}, ${principal.personId}, ${principal.name}, ${at}, 'open')`
      return accept({ body: { payload: body, facts: {}, events: [{ type: 'quota-proposal.made', ...body, by: principal.name, at }] }, reply: { id } })
    },
  )
}

const carryOut = async (tx: Tx, p: QuotaProposal, by: By): Promise<Outcome<null>> => {
  const body = {
    definitionId: p.definitionId,
    action: p.action,
    reason: p.reason,
    ...(p.quantity && { quantity: p.quantity }),
    ...(p.toDefinitionId && { toDefinitionId: p.toDefinitionId }),
  }
  const possible = await checked(tx, body)
  if (!possible.ok) return possible
  const { from, to, events } = possible.value
  const occasion = {
    actor: actorOf(by.principal),
    at: by.at,
    command: `quota.${p.action}`,
    payload: { proposal: p.id, proposedBy: p.by, quantity: p.quantity },
    facts: {},
  }
  await applyEvents(tx, from, events.from, occasion)
  if (to) await applyEvents(tx, to, events.to, { ...occasion, command: 'quota.receive' })
  return accept(null)
}

/** Somebody other than the proposer approves or refuses; the change itself is checked once more against what is true now. */
export const decideProposal = (sql: Sql, id: string, approve: boolean, by: By): Promise<Outcome<{ status: string }>> =>
  once(sql, { key: by.key, actor: actorOf(by.principal), name: 'quota.decide', subject: { kind: 'quota-proposal', id }, at: by.at }, async (tx) => {
    const [row] = await tx<Row[]>`select * from trade.quota_proposal where id = ${id} for update`
    if (!row) return refuse(error('trade.quota_proposal_unknown'))
    if (row.status !== 'open') return refuse(error('trade.quota_proposal_decided'))
    if (row.by_id === by.principal.personId) return refuse(error('trade.second_person_needed'))
    const done = approve ? await carryOut(tx, toProposal(row), by) : accept(null)
    if (!done.ok) return done
    const status = approve ? 'approved' : 'refused'
    await tx`
        update trade.quota_proposal set status = ${status}, decided_by_id = ${by.principal.personId}, decided_by_name = ${by.principal.name}, decided_at = ${by.at} where id = ${id}`
    return accept({
      body: { payload: { approve }, facts: {}, events: [{ type: `quota-proposal.${status}`, by: by.principal.name, at: by.at }] },
      reply: { status },
    })
  })

export const openQuota = (sql: Sql, administration: string, body: OpenQuota, { principal, key, at }: By): Promise<Outcome<{ id: string }>> => {
  const id = newId(at)
  const state: QuotaState = {
    id,
    administration,
    orderNumber: body.orderNumber,
    validFrom: body.validFrom,
    validTo: body.validTo,
    volume: body.volume,
    transferred: '0',
    unit: body.unit,
    precision: body.precision,
    criticalPercent: body.criticalPercent,
    criticalFromStart: body.criticalFromStart,
    balance: '0',
    hold: 'none',
    version: 0,
  }
  return once(sql, { key, actor: actorOf(principal), name: 'quota.open', subject: { kind: 'quota-opening', id }, creates: true, at }, async (tx) => {
    const possible = checkOpening(state)
    if (!possible.ok) return possible
    const [overlap] = await tx<{ valid_from: string }[]>`
        select valid_from from trade.quota_definition where administration = ${administration} and order_number = ${body.orderNumber} and valid_from < ${body.validTo} and valid_to > ${body.validFrom}`
    if (overlap) return refuse(error('trade.quota_period_overlaps', '/validFrom', { from: overlap.valid_from }))
    // The third digit 4 says that a licence is written off instead of a balance.
    await insertQuota(tx, { ...body, administration, kind: body.orderNumber[2] === '4' ? 'licensed' : 'first-come' })
    if (!(await openPeriod(tx, state, { actor: actorOf(principal), at, command: 'quota.open', payload: body, facts: {} })))
      return refuse(error('trade.quota_period_overlaps', '/validFrom', { from: body.validFrom }))
    return accept({ body: { payload: body, facts: {}, events: [{ type: 'quota.defined', id, at }] }, reply: { id } })
  })
}
