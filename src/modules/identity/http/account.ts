/** One's own account: password, one-time passwords, language. */
import { error } from '#kernel/issue.ts'
import { accept, refuse, type Outcome } from '#kernel/outcome.ts'
import { route, type Context, type Route } from '#platform/http.ts'
import { stepUpIssues } from '../acting.ts'
import type { IdentityDeps } from '../deps.ts'
import { hashPassword, passwordIssues } from '../password.ts'
import { ChangePassword, Preferences, RecoveryCodes, TotpCode, TotpEnrolment } from '../schema.ts'
import { beginTotp, confirmTotp, dropTotp, findAccount, findTotp, savePassword, takeStep } from '../store/credential.ts'
import { inTransaction } from '#platform/database.ts'
import { newRecoveryCodes, recoveryHash } from '../tokens.ts'
import { enrolmentOf, newTotpSecret, stepOf } from '../totp.ts'
import { changePerson } from './change-person.ts'
import { fromOf, needsSession, proveAgain } from './session.ts'

const tag = 'identity'
type At = Pick<Context<undefined, undefined, unknown>, 'principal' | 'key' | 'now' | 'request'>

/** A person at a browser who has proved anew who they are. */
const provenAtBrowser = ({ principal, now }: At): Outcome<null> => {
  const web = needsSession(principal)
  if (!web.ok) return web
  const missing = stepUpIssues(principal, now)
  return missing.length > 0 ? refuse(...missing) : accept(null)
}

const changePassword = async (deps: IdentityDeps, x: At, current: string, next: string): Promise<Outcome<{ changed: true }>> => {
  const web = needsSession(x.principal)
  if (!web.ok) return web
  const account = await findAccount(deps.sql, { personId: x.principal.personId })
  if (!account) return refuse(error('access.not_signed_in'))
  const flaws = passwordIssues(next, '/next', account)
  if (next === current) flaws.push(error('identity.password_unchanged', '/next'))
  const proven = await proveAgain(deps, x.principal, { password: current }, fromOf(x.request))
  if (!proven.ok) return { ok: false, issues: [...proven.issues.map((i) => (i.path === '/password' ? { ...i, path: '/current' } : i)), ...flaws] }
  if (flaws.length > 0) return refuse(...flaws)
  const hash = await hashPassword(next)
  const id = x.principal.personId
  const done = await changePerson(deps, {
    principal: x.principal,
    key: x.key,
    at: x.now,
    id,
    command: { type: 'person.change-password' },
    also: (tx) => savePassword(tx, id, hash, x.now),
  })
  return done.ok ? accept({ changed: true }) : done
}

const begin = async (deps: IdentityDeps, x: At) => {
  const proven = provenAtBrowser(x)
  if (!proven.ok) return proven
  const account = await findAccount(deps.sql, { personId: x.principal.personId })
  const secret = newTotpSecret()
  const begun = await inTransaction(deps.sql, (tx) => beginTotp(tx, x.principal.personId, secret))
  return begun && account ? accept(await enrolmentOf(secret, account.email)) : refuse(error('identity.totp_enrolled'))
}

const confirm = async (deps: IdentityDeps, x: At, code: string) => {
  const web = needsSession(x.principal)
  if (!web.ok) return web
  const id = x.principal.personId
  const begun = await findTotp(deps.sql, id)
  if (!begun) return refuse(error('identity.totp_not_begun'))
  if (begun.confirmed) return refuse(error('identity.totp_enrolled'))
  const step = stepOf(begun.secret, code, x.now)
  if (step === null || !(await takeStep(deps.sql, id, step))) return refuse(error('identity.code_wrong', '/code'))
  const recoveryCodes = newRecoveryCodes()
  const done = await changePerson(deps, {
    principal: x.principal,
    key: null,
    at: x.now,
    id,
    command: { type: 'person.enrol-totp' },
    also: (tx) => confirmTotp(tx, id, recoveryCodes.map(recoveryHash), x.now),
  })
  return done.ok ? accept({ recoveryCodes }) : done
}

const remove = async (deps: IdentityDeps, x: At): Promise<Outcome<unknown>> => {
  const proven = provenAtBrowser(x)
  if (!proven.ok) return proven
  const id = x.principal.personId
  if (!(await findTotp(deps.sql, id))?.confirmed) return refuse(error('identity.totp_not_enrolled'))
  return changePerson(deps, {
    principal: x.principal,
    key: x.key,
    at: x.now,
    id,
    command: { type: 'person.remove-totp' },
    also: (tx) => dropTotp(tx, id),
  })
}

export const accountRoutes = (deps: IdentityDeps): Route[] => [
  route({
    method: 'PUT',
    path: '/api/account/password',
    permission: 'signed-in',
    summary: 'Change one’s password; ends all other sessions',
    tag,
    body: ChangePassword,
    handler: (x) => changePassword(deps, x, x.body.current, x.body.next),
  }),
  // The secret is shown and not kept for repeats, so this is no journalled command; asked again, it begins again.
  route({
    method: 'POST',
    path: '/api/account/totp',
    permission: 'signed-in',
    summary: 'Begin to enrol a one-time password generator (needs step-up)',
    tag,
    command: false,
    out: TotpEnrolment,
    handler: (x) => begin(deps, x),
  }),
  route({
    method: 'POST',
    path: '/api/account/totp/confirm',
    permission: 'signed-in',
    summary: 'Confirm the generator by a code; answers the recovery codes',
    tag,
    command: false,
    body: TotpCode,
    out: RecoveryCodes,
    handler: (x) => confirm(deps, x, x.body.code),
  }),
  route({
    method: 'DELETE',
    path: '/api/account/totp',
    permission: 'signed-in',
    summary: 'Remove the generator (needs step-up)',
    tag,
    handler: (x) => remove(deps, x),
  }),
  route({
    method: 'PUT',
    path: '/api/account/preferences',
    permission: 'signed-in',
    summary: 'Choose the language',
    tag,
    body: Preferences,
    handler: (x) =>
      changePerson(deps, {
        principal: x.principal,
        key: x.key,
        at: x.now,
        id: x.principal.personId,
        command: { type: 'person.set-language', language: x.body.language },
      }),
  }),
]
