/**
 * How long a bucket of failed attempts is shut. An account opens again after seconds, then minutes; it is never locked for good, or
 * anybody could lock anybody out. A device that has signed in to the account before has a bucket of its own, so that an attack from
 * elsewhere does not keep its person out.
 */
export type BucketKind = 'account' | 'device' | 'address'

const freeOfCharge: Record<BucketKind, number> = { account: 5, device: 5, address: 100 }
const longest = 15 * 60
/** Failures are forgotten when nothing came for this long. */
export const forgottenAfterMs = 60 * 60 * 1000

/** Seconds to wait after 1, 2, 3 … failures in a row; the last one holds for all further ones. */
export const delaysFor = (kind: BucketKind): number[] => Array.from({ length: freeOfCharge[kind] + 10 }, (_, i) => delayAfter(kind, i + 1))

/** Seconds to wait after this many failures in a row: none at first, then 2, 4, 8 … up to 15 minutes. */
export const delayAfter = (kind: BucketKind, failures: number): number => {
  const over = failures - freeOfCharge[kind]
  return over < 0 ? 0 : Math.min(longest, 2 ** Math.min(over + 1, 20))
}
