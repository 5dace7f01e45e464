/** Commands on profiles: read and check the text, decide, write, journal; and news to whoever selects by them. */
import { error, type Issue } from '#kernel/issue.ts'
import { accept, refuse, type Outcome } from '#kernel/outcome.ts'
import { actorOf, type Asking, once } from '#platform/command.ts'
import { inTransaction, type Reader, type Tx, violates } from '#platform/database.ts'
import { record } from '#platform/journal.ts'
import { systemPrincipal } from '#platform/permissions.ts'
import { mayReadProfile } from '../access.ts'
import type { ProfileTree } from '../profile/ast.ts'
import { decideProfile, evolveProfile, type ProfileCommand, type ProfileEvent } from '../profile/life.ts'
import { listsOf } from '../profile/lists.ts'
import { readProfile } from '../profile/profile.ts'
import type { ProfileContent, ProfileDraft, ProfileVersion } from '../schema/profile.ts'
import { endedVersions, insertVersion, lockVersion, readVersions, saveLife } from '../store/profiles.ts'
import { agencyOf, readerOf, type Risk } from './live.ts'
import { versionHash } from './profile-hash.ts'

const subjectOf = (code: string, number: number) => ({ kind: 'risk-profile', id: `${code}/${number}` })

const contentOf = (draft: ProfileDraft, tree: ProfileTree, owner: ProfileContent['owner'], today: string): ProfileContent => ({
  ...draft,
  owner: draft.owner ?? owner,
  name: tree.name,
  office: tree.office ?? null,
  lane: tree.lane,
  percent: tree.percent,
  maxRun: tree.maxRun ?? null,
  validFrom: tree.validFrom ?? today,
  validTo: tree.validTo ?? null,
  instruction: tree.instruction,
  lists: listsOf(tree.when),
})

/** A local profile ends after 90 days unless it says when. */
const localDays = 90
const withDefaultEnd = (c: ProfileContent): ProfileContent =>
  c.office === null || c.validTo !== null
    ? c
    : { ...c, validTo: new Date(Date.parse(`${c.validFrom}T00:00:00Z`) + localDays * 86_400_000).toISOString().slice(0, 10) }

/** Reads a draft's text. A profile without a name is nobody's. */
const readDraft = async (r: Risk, draft: ProfileDraft, a: Asking): Promise<Outcome<{ content: ProfileContent; hash: string }>> => {
  const read = await readProfileText(r, r.deps.sql, draft.text, draft.administration)
  if (!read.ok) return read
  if (read.value.name === '') return refuse(error('risk.profile_unnamed', '/text'))
  const owner = { personId: a.principal.personId, name: a.principal.name }
  const content = withDefaultEnd(contentOf(draft, read.value, owner, a.now.slice(0, 10)))
  return accept({ content, hash: versionHash(read.value, content) }, read.issues)
}

/** The tree of a text, with the lists as they are now. Inside a transaction `db` is that. */
export const readProfileText = async (r: Risk, db: Reader, text: string, administration: string): Promise<Outcome<ProfileTree>> =>
  readProfile(text, await r.currency(administration, db), await r.lists(db))

const factsOf = (a: Asking, issues: Issue[]) => ({
  at: a.now,
  by: { personId: a.principal.personId, name: a.principal.name, permissions: [...a.principal.permissions].filter((p) => p.startsWith('risk:')) },
  issues,
})

const write = async (tx: Tx, before: ProfileVersion | null, events: readonly ProfileEvent[], at: string): Promise<ProfileVersion> => {
  const after = events.reduce<ProfileVersion | null>(evolveProfile, before)!
  if (!before) await insertVersion(tx, after)
  await saveLife(tx, after, at)
  return after
}

// Which criterion changed is nobody's business who may not read it; the news says only that something did.
const announce = (r: Risk): void => r.deps.bus.announce({ topic: 'risk', id: 'profile' })

/** A new code, or the next version of one that is there. */
export const draftProfile = async (r: Risk, a: Asking, draft: ProfileDraft): Promise<Outcome<ProfileVersion>> => {
  const read = await readDraft(r, draft, a)
  if (!read.ok) return read
  const before = (await readVersions(r.deps.sql, draft.code))[0]
  if (before && !mayReadProfile(readerOf(a.principal), before)) return refuse(error('risk.profile_code_taken', '/code', { code: draft.code }))
  const number = (before?.number ?? 0) + 1
  const command: ProfileCommand = { name: 'draft', code: draft.code, number, agency: agencyOf(a.principal), ...read.value }
  const facts = factsOf(a, read.issues)
  const subject = subjectOf(draft.code, number)
  try {
    return await once<ProfileVersion>(
      r.deps.sql,
      { key: a.key, actor: actorOf(a.principal), name: 'risk-profile.draft', subject, creates: true, at: a.now },
      async (tx) => {
        const decision = decideProfile(null, command, facts)
        if (!decision.ok) return refuse(...decision.issues)
        const version = await write(tx, null, decision.events, a.now)
        return accept({ body: { payload: command, facts, events: decision.events }, reply: version }, decision.issues)
      },
    )
  } catch (fault) {
    if (violates(fault, 'profile_version_pkey')) return refuse(error('risk.profile_drafted_meanwhile', '/code', { code: draft.code, number }))
    throw fault
  }
}

const apply = async (r: Risk, tx: Tx, a: Asking, code: string, number: number, command: ProfileCommand) => {
  const before = await lockVersion(tx, code, number)
  if (!before || (a.principal.channel !== 'system' && !mayReadProfile(readerOf(a.principal), before)))
    return refuse(error('risk.profile_unknown', '/code', { code, number }))
  const read = await readProfileText(r, tx, before.content.text, before.content.administration)
  const facts = factsOf(a, read.issues)
  const decision = decideProfile(before, command, facts)
  if (!decision.ok) return refuse(...decision.issues)
  if (['activate', 'resume', 'activate-emergency'].includes(command.name)) await supersede(r, tx, before, a)
  const reply = await write(tx, before, decision.events, a.now)
  return accept({ body: { payload: command, facts, events: decision.events }, reply }, decision.issues)
}

/** One version of a code binds at a time: the one before makes room. */
const supersede = async (r: Risk, tx: Tx, next: ProfileVersion, a: Asking): Promise<void> => {
  const old = (await readVersions(tx, next.code)).find((v) => v.status === 'active' && v.number !== next.number)
  if (old) await commandInside(r, tx, old.code, old.number, { name: 'supersede' }, a.now)
}

const system = systemPrincipal('Portcullis')

/** A command of the administration itself, inside a transaction that is open already. */
export const commandInside = async (r: Risk, tx: Tx, code: string, number: number, command: ProfileCommand, at: string): Promise<void> => {
  const asking: Asking = { principal: system, key: null, now: at }
  const done = await apply(r, tx, asking, code, number, command)
  if (!done.ok) throw new Error(`${command.name} of ${code}/${number} was refused: ${done.issues.map((i) => i.code).join(', ')}`)
  const { body, reply } = done.value
  await record(tx, subjectOf(code, number), { command: `risk-profile.${command.name}`, commandKey: null, actor: actorOf(system), body, reply, at })
}

/** One command of a person on one version. */
export const commandProfile = async (r: Risk, a: Asking, code: string, number: number, command: ProfileCommand): Promise<Outcome<ProfileVersion>> => {
  try {
    const done = await once<ProfileVersion>(
      r.deps.sql,
      { key: a.key, actor: actorOf(a.principal), name: `risk-profile.${command.name}`, subject: subjectOf(code, number), at: a.now },
      (tx) => apply(r, tx, a, code, number, command),
    )
    if (done.ok) announce(r)
    return done
  } catch (fault) {
    // The last word on four eyes is the database's.
    if (violates(fault, 'profile_life_four_eyes')) return refuse(error('risk.second_person_needed'))
    throw fault
  }
}

/** What has come to its last day, and emergencies that nobody ratified. Answers how many ended. */
export const endProfiles = async (r: Risk): Promise<number> => {
  const now = r.deps.clock()
  const ended = await endedVersions(r.deps.sql, now)
  for (const { code, number } of ended) await inTransaction(r.deps.sql, (tx) => commandInside(r, tx, code, number, { name: 'expire' }, now))
  if (ended.length > 0) r.deps.bus.announce({ topic: 'risk', id: 'expired' })
  return ended.length
}
