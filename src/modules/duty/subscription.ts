/** Upwards by subscription: whoever a debt belongs to hears within the same transaction that money has come in. Connected in app.ts. */
import type { Instant } from '#kernel/time.ts'
import type { Tx } from '#platform/database.ts'
import type { Subject } from './schema.ts'

/** Goes on with the subject; what it returns runs after the commit (news). */
export type PaidHandler = (tx: Tx, subject: Subject, at: Instant) => Promise<() => void>

let handler: PaidHandler = () => Promise.resolve(() => undefined)

/** One subscriber: the one that releases goods. */
export const onPaid = (next: PaidHandler): void => {
  handler = next
}

export const tellPaid: PaidHandler = (tx, subject, at) => handler(tx, subject, at)
