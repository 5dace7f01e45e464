/** Recovery: demands raised, reminded, enforced, set off against credits, given up by two persons. */
import { error } from '#kernel/issue.ts'
import { accept, refuse, type Outcome } from '#kernel/outcome.ts'
import { inTransaction, type Reader, type Sql, type Tx } from '#platform/database.ts'
import { actorOf } from '#platform/command.ts'
import { readEntries, record } from '#platform/journal.ts'
import { systemPrincipal } from '#platform/permissions.ts'
import { dayIn, type Reference } from '#modules/reference'
import type { Static } from 'typebox'
import { addDays } from '../calendar.ts'
import { decideClaim, type ClaimCommand, type ClaimEvent } from '../claim.ts'
import type { ClaimView, RaiseClaim } from '../schema.ts'
import { creditsOf, findAccount, type Holder } from '../store/accounts.ts'
import { claimsToRemind, findClaim, lockClaim, setProposal, setStage, toClaimRow, type Claim } from '../store/claims.ts'
import { findDebt } from '../store/debts.ts'
import { cover } from '../store/posts.ts'
import { readTerms } from '../store/terms.ts'
import { act, type By } from './context.ts'
import { openClaim } from './open-claim.ts'
import { goOn, lateInterest } from './settle.ts'

const historyOf = async (db: Reader, claim: Claim): Promise<ClaimView['history']> => {
  const entries = await readEntries(db, { kind: 'claim', id: claim.number })
  return entries.map((e) => ({
    at: e.at,
    who: e.actor.name,
    what: (e.body.events[0] as { type?: string } | undefined)?.type ?? e.command,
    grounds: (e.body.payload as { grounds?: string } | null)?.grounds ?? '',
  }))
}

export const readClaim = async (db: Reader, holder: Holder, number: string, today: string): Promise<ClaimView | null> => {
  const claim = await findClaim(db, holder, number)
  if (!claim) return null
  const interest = claim.closedAt === null ? await lateInterest(db, claim, today) : null
  const settledOf = (l: Claim['lines'][number]): number =>
    claim.settled
      .filter((s) => s.tax === l.tax && s.kind === l.kind && s.account === l.account && s.secure === l.secure)
      .reduce((sum, s) => sum + s.minor, 0)
  const { currency } = claim.total
  return {
    ...toClaimRow(claim),
    total: claim.total,
    law: claim.law,
    grounds: claim.grounds,
    lines: claim.lines.map((l) => ({ taxType: l.tax, money: { minor: l.minor, currency }, settled: { minor: settledOf(l), currency } })),
    interest: interest?.ok ? interest.value : null,
    credits: claim.closedAt === null ? await creditsOf(db, claim.payer, currency) : [],
    history: await historyOf(db, claim),
  }
}

/** A demand that no amendment makes: its payer must stand behind the declaration that it arises from. */
export const raiseClaim = async (sql: Sql, reference: Reference, c: Static<typeof RaiseClaim>, by: By): Promise<Outcome<ClaimView>> =>
  act(
    sql,
    by,
    'claim.raise',
    { kind: 'claim', id: by.key },
    async (tx) => {
      const origin = await findDebt(tx, 'all', c.origin)
      if (!origin) return refuse(error('duty.debt_unknown', '/origin', { reference: c.origin }))
      if (!origin.holders.includes(c.payer)) return refuse(error('duty.claim_payer', '/payer', { payer: c.payer }))
      const today = dayIn(reference, origin.administration, by.at)
      const terms = await readTerms(tx, origin.administration, today)
      const number = await openClaim(tx, {
        administration: origin.administration,
        kind: 'post_clearance',
        origin: c.origin,
        payer: c.payer,
        currency: origin.currency,
        lines: c.lines,
        law: c.law,
        grounds: c.grounds,
        dueOn: addDays(today, terms.paymentDays),
        by: by.principal.name,
        at: by.at,
      })
      const events = [{ type: 'claim.raised', number }]
      await record(
        tx,
        { kind: 'claim', id: number },
        { command: 'claim.raise', actor: actorOf(by.principal), body: { payload: c, facts: { terms }, events }, at: by.at },
      )
      return accept({ body: { payload: c, facts: { terms }, events }, reply: (await readClaim(tx, 'all', number, today))! })
    },
    true,
  )

const giveUp = async (tx: Tx, claim: Claim, kind: 'write_off' | 'remission', by: By, grounds: string, today: string): Promise<() => void> => {
  await setProposal(tx, claim.number, { kind, by: by.principal.personId, byName: by.principal.name, grounds, at: by.at, outcome: 'written_off' })
  await cover(tx, {
    administration: claim.administration,
    subject: claim.subject,
    reference: claim.reference,
    payer: claim.payer,
    money: claim.outstanding,
    method: kind,
    from: { kind: kind === 'write_off' ? 'written_off' : 'remitted', code: claim.payer },
    posting: kind,
    key: `${kind}/${claim.number}`,
    day: today,
    at: by.at,
  })
  return goOn(tx, claim.subject, by.at, { today, withoutInterest: true })
}

type Request = ClaimCommand & { account?: string; grounds: string }

const setOff = async (
  tx: Tx,
  claim: Claim,
  money: { minor: number; currency: string },
  account: string,
  by: By,
  today: string,
): Promise<() => void> => {
  const found = await findAccount(tx, 'all', account)
  await cover(tx, {
    administration: claim.administration,
    subject: claim.subject,
    reference: claim.reference,
    payer: claim.payer,
    money,
    method: 'offset',
    from: { accountId: found!.id },
    posting: 'offset',
    key: `offset/${by.key}`,
    day: today,
    at: by.at,
  })
  return goOn(tx, claim.subject, by.at, { today })
}

const carryOut = async (tx: Tx, claim: Claim, event: ClaimEvent, r: Request, by: By, today: string): Promise<() => void> => {
  if (event.type === 'claim.set-off') return setOff(tx, claim, event.money, r.account!, by, today)
  if (event.type === 'claim.given-up') return giveUp(tx, claim, event.kind, by, r.grounds, today)
  if (event.type === 'claim.giving-up-proposed') {
    const kind = r.name === 'give-up' ? r.kind : 'write_off'
    await setProposal(tx, claim.number, { kind, by: by.principal.personId, byName: by.principal.name, grounds: r.grounds, at: by.at })
  } else if (event.type === 'claim.giving-up-declined') await setProposal(tx, claim.number, null)
  else await setStage(tx, claim.number, event.type === 'claim.reminded' ? 'reminded' : 'enforcement', by.at)
  return () => undefined
}

export const actOnClaim = async (sql: Sql, reference: Reference, number: string, r: Request, by: By): Promise<Outcome<ClaimView>> =>
  act(sql, by, `claim.${r.name}`, { kind: 'claim', id: number }, async (tx) => {
    const claim = await lockClaim(tx, number)
    if (!claim) return refuse(error('duty.claim_unknown', '/number', { number }))
    const today = dayIn(reference, claim.administration, by.at)
    const account = r.account === undefined ? null : await findAccount(tx, 'all', r.account)
    const isOwn = account !== null && account.kind === 'cash_account' && account.owner === claim.payer
    const command: ClaimCommand = r.name === 'set-off' ? { ...r, available: isOwn ? account.available : null } : r
    const facts = {
      today,
      terms: await readTerms(tx, claim.administration, today),
      personId: by.principal.personId,
      mayGiveUp: by.principal.permissions.has('duty:claim:give-up'),
    }
    // The second person decides on what the first has proposed.
    const asProposed: ClaimCommand = command.name === 'give-up' && claim.proposal ? { ...command, kind: claim.proposal.kind } : command
    const state = { stage: claim.stage, dueOn: claim.dueOn, outstanding: claim.outstanding, proposedBy: claim.proposal?.by ?? null }
    const decision = decideClaim(state, asProposed, facts)
    if (!decision.ok) return refuse(...decision.issues)
    const afterCommit = await carryOut(tx, claim, decision.events[0]!, r, by, today)
    return accept({ body: { payload: r, facts, events: decision.events }, reply: (await readClaim(tx, 'all', number, today))!, afterCommit })
  })

/** Reminds of every demand that is unpaid some days after its due date; answers how many. */
export const remindOverdue = async (sql: Sql, administration: string, at: string, today: string): Promise<number> => {
  const terms = await readTerms(sql, administration, today)
  const due = await claimsToRemind(sql, administration, addDays(today, -terms.reminderDays))
  for (const number of due)
    await inTransaction(sql, async (tx) => {
      const claim = await lockClaim(tx, number)
      if (claim?.stage !== 'demanded') return
      await setStage(tx, number, 'reminded', at)
      const body = { payload: {}, facts: { today, dueOn: claim.dueOn }, events: [{ type: 'claim.reminded' }] }
      await record(tx, { kind: 'claim', id: number }, { command: 'claim.remind', actor: actorOf(systemPrincipal('Recovery')), body, at })
    })
  return due.length
}
