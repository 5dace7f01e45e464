/**
 * Security that an operation of another module holds on a guarantee, within that module's transaction: held when the operation begins, let go
 * when it is discharged, called on the guarantor when it is not (UCC Art. 89, 98; for transit UCC-IA Art. 112, 116).
 */
import { error } from '#kernel/issue.ts'
import type { Money } from '#kernel/money.ts'
import { accept, type Outcome, refuse } from '#kernel/outcome.ts'
import type { LegalDate } from '#kernel/time.ts'
import type { Tx } from '#platform/database.ts'
import { addDays } from '../calendar.ts'
import type { Settlement, Subject } from '../schema.ts'
import { findGuarantee, heldFor } from '../store/guarantees.ts'
import { charge, releaseGuarantee } from '../store/ledger.ts'
import { readTerms } from '../store/terms.ts'
import { openClaim } from './open-claim.ts'
import { goOnWithShort } from './settle.ts'

export type Security = {
  subject: Subject
  /** number of the operation for people; an individual guarantee serves one such number only */
  reference: string
  administration: string
  office: string
  /** code of the guarantee, and the registration whose it is */
  guarantee: string
  holder: string
  money: Money
}

/** Individual guarantee or reference amount of a comprehensive one: method S of DE 4/8; told as customs duty, which it secures first. */
const [securedBy, securedAs] = ['S', 'A00']
const individual = '1'

/** Holds the whole amount and tells what came of it; what the guarantee does not bear is outstanding. `key` names the version that asks. */
export const secure = (tx: Tx, s: Security, key: string, at: string): Promise<Outcome<Settlement>> =>
  charge(tx, {
    subject: s.subject,
    reference: s.reference,
    administration: s.administration,
    currency: s.money.currency,
    payer: s.holder,
    holders: [s.holder],
    lines: [{ method: securedBy, taxType: securedAs, money: s.money, secure: true }],
    deferments: [],
    guarantees: [{ type: individual, reference: s.guarantee }],
    key,
    at,
    office: s.office,
  })

/** Holds the whole amount, or refuses with why the guarantee does not bear it. The same subject again changes nothing. */
export const holdSecurity = async (tx: Tx, s: Security, at: string): Promise<Outcome<null>> => {
  const settled = await secure(tx, s, `${s.subject.kind}/${s.subject.id}`, at)
  if (!settled.ok) return settled
  const { shortfalls } = settled.value
  return shortfalls.length === 0
    ? accept(null)
    : refuse(
        ...shortfalls.map((f) =>
          error(f.code, '/guarantee', { account: f.account ?? '', required: f.required.minor, short: f.short.minor, currency: s.money.currency }),
        ),
      )
}

/** Lets go of what is held for the operation; others that were short on the guarantee go on. What it returns runs after the commit. */
export const letGoSecurity = async (tx: Tx, s: Pick<Security, 'subject' | 'guarantee'>, at: string, today: LegalDate): Promise<() => void> => {
  const released = await releaseGuarantee(tx, s.subject, `discharged/${s.subject.id}`, at)
  return released ? goOnWithShort(tx, s.guarantee, at, today) : () => undefined
}

/** Demands what is held for the operation from its guarantor; the number of the demand, null where nothing is held. */
export const callSecurity = async (
  tx: Tx,
  s: Security,
  by: { name: string; grounds: string; at: string; today: LegalDate },
): Promise<string | null> => {
  const [held, found] = [await heldFor(tx, s.guarantee, s.subject), await findGuarantee(tx, 'all', s.guarantee, by.today)]
  if (held.length === 0 || !found) return null
  const terms = await readTerms(tx, s.administration, by.today)
  return openClaim(tx, {
    administration: s.administration,
    kind: 'guarantor',
    origin: s.reference,
    payer: found.view.guarantor || found.view.owner,
    currency: s.money.currency,
    lines: held,
    law: 'UCC Art. 94, 98',
    grounds: by.grounds,
    dueOn: addDays(by.today, terms.paymentDays),
    office: s.office,
    by: by.name,
    at: by.at,
  })
}
