/** SQL of who read what of the secrets. */
import type { Reader } from '#platform/database.ts'

export type Reading = { personId: string; name: string; kind: 'profile' | 'list' | 'decision' | 'entity'; subject: string; at: string }

export const noteReading = async (db: Reader, r: Reading): Promise<void> => {
  await db`insert into risk.reading (person, person_name, kind, subject, at) values (${r.personId}, ${r.name}, ${r.kind}, ${r.subject}, ${r.at})`
}

export const readingsOf = async (db: Reader, kind: string, subject: string): Promise<{ person: string; at: string }[]> =>
  db`select person_name as person, at from risk.reading where kind = ${kind} and subject = ${subject} order by at desc limit 200`
