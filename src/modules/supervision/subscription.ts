/** Upwards by subscription: whoever declared the goods hears, within the same transaction, that their trip under seal has ended. Connected in app.ts. */
import type { Tx } from '#platform/database.ts'

export type TripEnded = {
  /** MRN */ reference: string
  outcome: 'discharged' | 'seized'
  destinationOffice: string
  at: string
  /** in the officer's words, if any */ reason: string
}
export type TripEndedHandler = (tx: Tx, ended: TripEnded) => Promise<void>

let handler: TripEndedHandler = () => Promise.resolve()

/** One subscriber: the one that keeps the declaration. */
export const onTripEnded = (next: TripEndedHandler): void => {
  handler = next
}

export const tellTripEnded: TripEndedHandler = (tx, ended) => handler(tx, ended)
