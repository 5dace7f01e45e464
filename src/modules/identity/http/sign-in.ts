/** Proving who one is: password, one-time password, recovery code; and the session that follows. Failures are counted before they are known. */
import { error } from '#kernel/issue.ts'
import { accept, refuse, type Outcome } from '#kernel/outcome.ts'
import { later } from '#kernel/time.ts'
import { inTransaction, type Reader } from '#platform/database.ts'
import { record } from '#platform/journal.ts'
import { actorOf } from '#platform/command.ts'
import { absoluteMs } from './authenticate.ts'
import { today, type IdentityDeps } from '../deps.ts'
import { checkPassword, hashingIsBusy, hashPassword } from '../password.ts'
import { principalOf } from '../principal.ts'
import type { SignIn } from '../schema.ts'
import { countAttempt, findAccount, forgive, rehash, takeRecoveryCode, takeStep, type Account } from '../store/credential.ts'
import { findStanding, insertSession, knowsDevice } from '../store/session.ts'
import { delaysFor, forgottenAfterMs, type BucketKind } from '../throttle.ts'
import { newId, newToken, recoveryHash, sha256 } from '../tokens.ts'
import { stepOf } from '../totp.ts'

/** Where a request comes from: network address, the browser's name of itself, the device's cookie. */
export type From = { address: string; userAgent: string; deviceToken: string }

type Attempt = { /** this attempt was no failure */ succeeded: () => Promise<void> }

const bucketName = (kind: BucketKind, ...parts: string[]): string => `${kind}:${sha256(parts.join('\n')).toString('base64url')}`

/** Counts an attempt on an account, or refuses it with the seconds to wait (`identity.too_many_attempts`). */
export const beginAttempt = async (deps: IdentityDeps, account: string, personId: string | null, from: From): Promise<Outcome<Attempt>> => {
  const now = deps.clock()
  const familiar = personId !== null && (await knowsDevice(deps.sql, personId, sha256(from.deviceToken)))
  const own = familiar ? bucketName('device', account, from.deviceToken) : bucketName('account', account)
  const address = bucketName('address', from.address)
  const until =
    (await countAttempt(deps.sql, address, now, later(now, -forgottenAfterMs), delaysFor('address'))) ??
    (await countAttempt(deps.sql, own, now, later(now, -forgottenAfterMs), delaysFor(familiar ? 'device' : 'account')))
  if (until) {
    deps.log.warn({ personId, address: from.address, until }, 'attempts to sign in are slowed down')
    const seconds = Math.max(1, Math.ceil((Date.parse(until) - Date.parse(now)) / 1000))
    return refuse(error('identity.too_many_attempts', '', { seconds }))
  }
  return accept({ succeeded: () => forgive(deps.sql, own, address, deps.clock()) })
}

export type SecondFactor = 'totp' | 'recovery-code'

/** Takes a one-time password or a recovery code; null when it fits neither or was used before. */
export const takeSecondFactor = async (db: Reader, account: Account, code: string, now: string): Promise<SecondFactor | null> => {
  // An enrolment that was begun and not confirmed proves nothing.
  if (account.totpSecret === null) return null
  const step = stepOf(account.totpSecret, code.replaceAll(' ', ''), now)
  if (step !== null) return (await takeStep(db, account.personId, step)) ? 'totp' : null
  return (await takeRecoveryCode(db, account.personId, recoveryHash(code))) ? 'recovery-code' : null
}

/** `deviceToken` may be new; both tokens go into cookies and nowhere else. */
export type Started = { sessionId: string; personId: string; token: string; deviceToken: string }

/** Opens a session and journals it; null when the person has left meanwhile. */
export const startSession = async (deps: IdentityDeps, personId: string, method: string, from: From): Promise<Started | null> => {
  const at = deps.clock()
  const token = newToken()
  const deviceToken = from.deviceToken || newToken()
  const id = newId(at)
  const opened = await inTransaction(deps.sql, async (tx) => {
    const session = {
      id,
      tokenHash: sha256(token),
      personId,
      deviceHash: sha256(deviceToken),
      userAgent: from.userAgent,
      at,
      endsAt: later(at, absoluteMs),
    }
    if (!(await insertSession(tx, session))) return false
    const standing = await findStanding(tx, personId, today(deps, at))
    const actor = actorOf(principalOf(standing!, { sessionId: id, channel: 'web', office: null, steppedUpUntil: null }))
    const event = { type: 'session.started', personId, method, endsAt: session.endsAt }
    await record(tx, { kind: 'session', id }, { command: 'session.start', actor, body: { payload: { method }, facts: {}, events: [event] }, at })
    return true
  })
  return opened ? { sessionId: id, personId, token, deviceToken } : null
}

/** Signs in with address and password, and the second factor where one is enrolled. The answer does not tell whether the account exists. */
export const signIn = async (deps: IdentityDeps, input: SignIn, from: From): Promise<Outcome<Started>> => {
  if (hashingIsBusy()) return refuse(error('system.busy'))
  const email = input.email.trim().toLowerCase()
  const account = await findAccount(deps.sql, { email })
  const attempt = await beginAttempt(deps, email, account?.personId ?? null, from)
  if (!attempt.ok) return attempt
  const { fits, stale } = await checkPassword(account?.passwordHash ?? null, input.password)
  if (!fits || !account) return refuse(error('identity.credentials_wrong'))
  let method = 'password'
  if (account.totpSecret) {
    if (!input.totp) {
      // The password was right: asking for the second factor is no failure.
      await attempt.value.succeeded()
      return refuse(error('identity.totp_required', '/totp'))
    }
    const factor = await takeSecondFactor(deps.sql, account, input.totp, deps.clock())
    if (!factor) return refuse(error('identity.totp_wrong', '/totp'))
    method = `password+${factor}`
  }
  await attempt.value.succeeded()
  if (stale) await rehash(deps.sql, account.personId, account.passwordHash!, await hashPassword(input.password))
  const started = await startSession(deps, account.personId, method, from)
  return started ? accept(started) : refuse(error('identity.credentials_wrong'))
}
