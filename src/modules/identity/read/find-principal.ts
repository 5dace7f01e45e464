import type { Reader } from '#platform/database.ts'
import type { Principal } from '#platform/permissions.ts'
import { principalOf } from '../principal.ts'
import { findStanding } from '../store/session.ts'

/** A person as who acts, without a session: the command line and the simulator act as demo people. Null when unknown or not active. */
export const findPrincipal = async (
  db: Reader,
  personId: string,
  today: string,
  channel: Principal['channel'] = 'cli',
): Promise<Principal | null> => {
  const standing = await findStanding(db, personId, today)
  return standing && principalOf(standing, { sessionId: '', channel, office: null, steppedUpUntil: null })
}
