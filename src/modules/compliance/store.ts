/** SQL of authorisations. */
import { type Reader, type Tx } from '#platform/database.ts'
import type { Authorisation, AuthorisationKind, AuthorisationStatus } from './schema.ts'

export const saveAuthorisation = async (tx: Tx, a: Authorisation, at: string): Promise<void> => {
  await tx`insert into compliance.authorisation (id, kind, holder, status, valid_from, valid_to, state, updated_at)
    values (${a.id}, ${a.kind}, ${a.holder}, ${a.status}, ${a.validFrom}, ${a.validTo}, ${tx.json(a as never)}, ${at})
    on conflict (id) do update set status = excluded.status, state = excluded.state, updated_at = excluded.updated_at`
}

export const lockAuthorisation = async (tx: Tx, id: string): Promise<Authorisation | null> =>
  (await tx<{ state: Authorisation }[]>`select state from compliance.authorisation where id = ${id} for update`)[0]?.state ?? null

/** What waits for a second person first, then the latest; at most 500. */
export const listAuthorisations = async (db: Reader, holder?: string): Promise<Authorisation[]> =>
  (
    await db<
      { state: Authorisation }[]
    >`select state from compliance.authorisation where (${holder ?? null}::text is null or holder = ${holder ?? ''})
      order by state ->> 'waiting' is null, updated_at desc, id limit 500`
  ).map((r) => r.state)

export type Standing = { kind: AuthorisationKind; status: AuthorisationStatus; validFrom: string; validTo: string | null }

/** All that an operator holds or held, as rules ask it. */
export const standingOf = async (db: Reader, holder: string): Promise<Standing[]> =>
  db<
    Standing[]
  >`select kind, status, valid_from::text as "validFrom", valid_to::text as "validTo" from compliance.authorisation where holder = ${holder}`
