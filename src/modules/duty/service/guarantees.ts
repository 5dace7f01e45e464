/** Guarantees: opened, changed, blocked; released when a procedure is discharged, called on their guarantor when it is not (UCC Art. 89 to 98). */
import { error } from '#kernel/issue.ts'
import { accept, refuse, type Outcome } from '#kernel/outcome.ts'
import { violates, type Sql } from '#platform/database.ts'
import { dayIn, type Reference } from '#modules/reference'
import { home } from '#schema/reference'
import type { Static } from 'typebox'
import { addDays } from '../calendar.ts'
import { decideGuarantee } from '../guarantee.ts'
import type { CallGuarantee, ChangeGuarantee, ClaimRow, GuaranteeView, OpenGuarantee } from '../schema.ts'
import { openAccounts, findAccount } from '../store/accounts.ts'
import { findClaim, openClaimsByOrigin, toClaimRow } from '../store/claims.ts'
import { findDebt } from '../store/debts.ts'
import { changeGuarantee, findGuarantee, heldFor, insertGuarantee } from '../store/guarantees.ts'
import { releaseGuarantee } from '../store/ledger.ts'
import { readTerms } from '../store/terms.ts'
import { act, type By } from './context.ts'
import { openClaim } from './open-claim.ts'
import { goOnWithShort } from './settle.ts'

export const openGuarantee = (sql: Sql, reference: Reference, administration: string, g: OpenGuarantee, by: By): Promise<Outcome<GuaranteeView>> =>
  act(sql, by, 'guarantee.open', { kind: 'account', id: g.code }, async (tx) => {
    const today = dayIn(reference, administration, by.at)
    const own = reference.administration(administration, today)?.currency ?? ''
    const decision = decideGuarantee(g, { today, currency: own, exists: (await findAccount(tx, 'all', g.code)) !== null })
    if (!decision.ok) return refuse(...decision.issues)
    const { currency, minor } = g.referenceAmount
    const opened = await openAccounts(
      tx,
      [
        {
          administration,
          kind: 'guarantee',
          code: g.code,
          owner: g.owner,
          currency,
          limitMinor: minor,
          validFrom: g.validFrom,
          ...(g.validTo && { validTo: g.validTo }),
          ...(g.onlyFor && { onlyFor: g.onlyFor }),
        },
      ],
      by.at,
    )
    await insertGuarantee(tx, opened.get(g.code)!, g)
    const afterCommit = await goOnWithShort(tx, g.code, by.at, today)
    const { view } = (await findGuarantee(tx, 'all', g.code, today))!
    return accept({ body: { payload: g, facts: { today }, events: decision.events }, reply: view, afterCommit })
  })

export const amendGuarantee = async (
  sql: Sql,
  reference: Reference,
  code: string,
  c: Static<typeof ChangeGuarantee>,
  by: By,
): Promise<Outcome<GuaranteeView>> => {
  try {
    return await act(sql, by, 'guarantee.change', { kind: 'account', id: code }, async (tx) => {
      const today = dayIn(reference, home, by.at)
      const found = await findGuarantee(tx, 'all', code, today)
      if (!found) return refuse(error('duty.account_not_found', '/code', { code }))
      const { referenceAmount: amount } = c
      if (amount && amount.currency !== found.view.used.currency)
        return refuse(error('duty.currency_differs', '/referenceAmount/currency', { due: found.view.used.currency }))
      if (amount && amount.minor < found.view.used.minor)
        return refuse(error('duty.guarantee_below_use', '/referenceAmount', { used: found.view.used.minor }))
      const change = { ...(amount && { limitMinor: amount.minor }), ...(c.validTo && { validTo: c.validTo }), ...(c.status && { status: c.status }) }
      await changeGuarantee(tx, found.id, change)
      const afterCommit = await goOnWithShort(tx, code, by.at, dayIn(reference, found.administration, by.at))
      const { view } = (await findGuarantee(tx, 'all', code, today))!
      return accept({
        body: { payload: c, facts: { before: found.view }, events: [{ type: 'guarantee.changed', ...change }] },
        reply: view,
        afterCommit,
      })
    })
  } catch (fault) {
    // Somebody used it in between.
    if (violates(fault, 'account_not_overdrawn')) return refuse(error('duty.guarantee_below_use', '/referenceAmount', { used: 0 }))
    throw fault
  }
}

/** The procedure was discharged: what was held for the operation is free again. */
export const discharge = (sql: Sql, reference: Reference, code: string, c: Static<typeof CallGuarantee>, by: By): Promise<Outcome<GuaranteeView>> =>
  act(sql, by, 'guarantee.release', { kind: 'account', id: code }, async (tx) => {
    const debt = await findDebt(tx, 'all', c.reference)
    const today = dayIn(reference, debt?.administration ?? home, by.at)
    const found = await findGuarantee(tx, 'all', code, today)
    if (!found) return refuse(error('duty.account_not_found', '/code', { code }))
    if (!debt || (await heldFor(tx, code, debt.subject)).length === 0)
      return refuse(error('duty.guarantee_unused', '/reference', { reference: c.reference }))
    await releaseGuarantee(tx, debt.subject, `discharged/${by.key}`, by.at)
    const afterCommit = await goOnWithShort(tx, code, by.at, today)
    const { view } = (await findGuarantee(tx, 'all', code, today))!
    return accept({ body: { payload: c, facts: {}, events: [{ type: 'guarantee.released', reference: c.reference }] }, reply: view, afterCommit })
  })

/** Calls the guarantor for what is held for an operation; the debtor goes on owing it too. When it is paid, the guarantee is free again. */
export const callGuarantee = (sql: Sql, reference: Reference, code: string, c: Static<typeof CallGuarantee>, by: By): Promise<Outcome<ClaimRow>> =>
  act(sql, by, 'guarantee.call', { kind: 'account', id: code }, async (tx) => {
    const debt = await findDebt(tx, 'all', c.reference)
    const today = dayIn(reference, debt?.administration ?? home, by.at)
    const found = await findGuarantee(tx, 'all', code, today)
    if (!found) return refuse(error('duty.account_not_found', '/code', { code }))
    const held = debt ? await heldFor(tx, code, debt.subject) : []
    if (!debt || held.length === 0) return refuse(error('duty.guarantee_unused', '/reference', { reference: c.reference }))
    const called = (await openClaimsByOrigin(tx, [c.reference])).get(c.reference)
    if (called) return refuse(error('duty.guarantee_called', '/reference', { claim: called }))
    const terms = await readTerms(tx, debt.administration, today)
    const number = await openClaim(tx, {
      administration: debt.administration,
      kind: 'guarantor',
      origin: c.reference,
      payer: found.view.guarantor || found.view.owner,
      currency: debt.currency,
      lines: held,
      law: 'UCC Art. 94, 98',
      grounds: c.grounds,
      dueOn: addDays(today, terms.paymentDays),
      by: by.principal.name,
      at: by.at,
    })
    const claim = toClaimRow((await findClaim(tx, 'all', number))!)
    return accept({ body: { payload: c, facts: { held }, events: [{ type: 'guarantee.called', claim: number }] }, reply: claim })
  })
