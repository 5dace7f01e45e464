/** What other modules have established against somebody: heard in their transaction, once each, and read by whoever judges that party. */
import type { Money } from '#kernel/money.ts'
import type { Reader, Tx } from '#platform/database.ts'

export type Offence = {
  /** of the teller: told again, it counts once */
  key: string
  subject: { kind: 'carrier' | 'operator'; id: string }
  source: string
  reference: string
  kind: string
  /** 1 slight to 10 grave */
  weight: number
  amount: Money | null
  at: string
}

export const hearOffence = async (tx: Tx, o: Offence): Promise<void> => {
  await tx`insert into risk.offence (key, subject_kind, subject_id, source, reference, kind, weight, amount_minor, currency, at)
    values (${o.key}, ${o.subject.kind}, ${o.subject.id}, ${o.source}, ${o.reference}, ${o.kind}, ${o.weight}, ${o.amount?.minor ?? null}, ${o.amount?.currency ?? null}, ${o.at})
    on conflict (key) do nothing`
}

/** What is known against a party, the newest first. */
export const offencesOf = async (db: Reader, subject: Offence['subject']): Promise<Omit<Offence, 'subject'>[]> => {
  const rows = await db<(Omit<Offence, 'subject' | 'amount'> & { minor: number | null; currency: string | null })[]>`
    select key, source, reference, kind, weight, amount_minor as minor, currency, at from risk.offence
    where subject_kind = ${subject.kind} and subject_id = ${subject.id} order by at desc, key limit 200`
  return rows.map(({ minor, currency, ...o }) => ({ ...o, amount: minor === null || currency === null ? null : { minor, currency } }))
}
