/** Upwards by subscription: whoever the goods belong to hears, within the same transaction, that they wait for an answer or no longer do. Connected in app.ts. */
import type { Tx } from '#platform/database.ts'
import type { Referral } from './schema/referral.ts'

type ReferralHandler = (tx: Tx, referral: Referral) => Promise<void>

let handler: ReferralHandler = () => Promise.resolve()

/** One subscriber: the one that holds goods. */
export const onReferral = (next: ReferralHandler): void => {
  handler = next
}

export const tellReferral: ReferralHandler = (tx, referral) => handler(tx, referral)
