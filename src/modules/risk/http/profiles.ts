/** Routes of profiles: read, check while typing, draft, the commands of the transition table, back-tests. */
import { Type, type TSchema } from 'typebox'
import { error } from '#kernel/issue.ts'
import { refuse } from '#kernel/outcome.ts'
import { askingOf } from '#platform/command.ts'
import { route, type Route } from '#platform/http.ts'
import { answerList, listQuery, pageOf } from '#platform/listing.ts'
import type { Principal } from '#platform/permissions.ts'
import { mayReadProfile } from '../access.ts'
import type { ProfileCommand } from '../profile/life.ts'
import { versionsBetween } from '../profile/difference.ts'
import { vocabularyOf } from '../profile/vocabulary.ts'
import { Backtest } from '../schema/backtest.ts'
import {
  allowedOn,
  CheckAnswer,
  CheckAsk,
  Lane,
  profileCommands,
  ProfileDraft,
  ProfileRow,
  profileTransitions,
  ProfileVersion,
  Reasoned,
  VersionsDiff,
  Vocabulary,
  type ProfileCommandName,
} from '../schema/profile.ts'
import { askBacktest } from '../service/backtest.ts'
import { checkText } from '../service/check.ts'
import { readerOf, type Risk } from '../service/live.ts'
import { commandProfile, draftProfile } from '../service/profiles.ts'
import { backtestsOf, findBacktest } from '../store/backtests.ts'
import { currentLists } from '../store/lists.ts'
import { listProfiles, readVersions, sortableProfiles } from '../store/profiles.ts'
import { noteReading, readingsOf } from '../store/readings.ts'
import { agencySeen, closed, Code, CodeAndNumber, daysBefore, Id, sightOf, tag } from './shared.ts'

const read = 'risk:profile:read' as const
const write = 'risk:profile:write' as const

/** All versions of a code that this person may read, newest first. */
const versionsFor = async (r: Risk, principal: Principal, code: string): Promise<ProfileVersion[]> =>
  (await readVersions(r.deps.sql, code)).filter((v) => mayReadProfile(readerOf(principal), v))

const ProfileView = Type.Object(
  {
    versions: Type.Array(Type.Object({ version: ProfileVersion, allowed: Type.Array(Type.String()) }, closed)),
    backtests: Type.Array(Backtest),
    readings: Type.Array(Type.Object({ person: Type.String(), at: Type.String() }, closed)),
  },
  { ...closed, title: 'ProfileView' },
)

const reading = (r: Risk): Route[] => [
  route({
    method: 'GET',
    path: '/api/risk/profiles',
    permission: read,
    summary: 'Profiles of your agency, the newest version of each, with what they did in the last 30 days',
    tag,
    query: listQuery(sortableProfiles, {
      q: Type.Optional(Type.String({ maxLength: 100 })),
      status: Type.Optional(Type.String({ maxLength: 120, description: 'one or several, separated by commas' })),
      lane: Type.Optional(Lane),
      office: Type.Optional(Type.String({ maxLength: 20, description: 'national ones and those of this office' })),
    }),
    out: pageOf(ProfileRow),
    handler: async ({ query, principal, now }) =>
      answerList(query, await listProfiles(r.deps.sql, sightOf(principal), query, daysBefore(now, 30)), 'profiles', [
        'code',
        'name',
        'number',
        'status',
        'lane',
        'office',
        'percent',
        'validFrom',
        'validTo',
        'hits30',
        'selected30',
        'examined30',
        'found30',
      ]),
  }),
  route({
    method: 'GET',
    path: '/api/risk/profiles/:code',
    permission: read,
    summary: 'One profile: all its versions with what you may do with each, its back-tests, and who has read it',
    tag,
    params: Code,
    out: ProfileView,
    handler: async ({ params, principal, now }) => {
      const versions = await versionsFor(r, principal, params.code)
      if (versions.length === 0) return refuse(error('risk.profile_unknown', '/code', params))
      await noteReading(r.deps.sql, { personId: principal.personId, name: principal.name, kind: 'profile', subject: params.code, at: now })
      return {
        versions: versions.map((version) => ({ version, allowed: allowedOn(version, principal.permissions, principal.personId) })),
        backtests: await backtestsOf(r.deps.sql, params.code),
        readings: await readingsOf(r.deps.sql, 'profile', params.code),
      }
    },
  }),
  route({
    method: 'GET',
    path: '/api/risk/profiles/:code/diff',
    permission: read,
    summary: 'Two versions of a profile beside each other',
    tag,
    params: Code,
    query: Type.Object({ from: Type.Integer({ minimum: 1 }), to: Type.Integer({ minimum: 1 }) }, closed),
    out: VersionsDiff,
    handler: async ({ params, query, principal }) => {
      const versions = await versionsFor(r, principal, params.code)
      const [from, to] = [query.from, query.to].map((n) => versions.find((v) => v.number === n))
      return from && to ? versionsBetween(from, to) : refuse(error('risk.profile_unknown', '/code', params))
    },
  }),
  route({
    method: 'GET',
    path: '/api/risk/vocabulary',
    permission: read,
    summary: 'Fields with their types, words, measures and lists that a profile may use: for completion',
    tag,
    out: Vocabulary,
    handler: async ({ principal }) => {
      const agency = agencySeen(principal)
      const lists = (await currentLists(r.deps.sql)).filter((l) => agency === null || l.agency === agency)
      return vocabularyOf(lists.map(({ name, number, entries, about }) => ({ name, number, entries: entries.length, about })))
    },
  }),
]

const writing = (r: Risk): Route[] => [
  route({
    method: 'POST',
    path: '/api/risk/profiles/check',
    permission: read,
    summary: 'Check a text as it is typed: every error with its offset, line and column',
    tag,
    command: false,
    body: CheckAsk,
    out: CheckAnswer,
    handler: ({ body }) => checkText(r, body),
  }),
  route({
    method: 'POST',
    path: '/api/risk/profiles',
    permission: write,
    summary: 'Draft a profile, or the next version of one that is there',
    tag,
    body: ProfileDraft,
    out: ProfileVersion,
    successStatus: 201,
    handler: (x) => draftProfile(r, askingOf(x), x.body),
  }),
  route({
    method: 'POST',
    path: '/api/risk/profiles/:code/versions/:number/backtest',
    permission: write,
    summary: 'Ask a version of stored history; runs in the background',
    tag,
    params: CodeAndNumber,
    body: Type.Object({ from: Type.Optional(Type.String({ pattern: '^\\d{4}-\\d{2}-\\d{2}$' })) }, closed),
    out: Backtest,
    successStatus: 202,
    handler: (x) => askBacktest(r, askingOf(x), x.params.code, x.params.number, x.body.from ?? null),
  }),
  route({
    method: 'GET',
    path: '/api/risk/backtests/:id',
    permission: read,
    summary: 'How far a back-test is, and its result',
    tag,
    params: Id,
    out: Backtest,
    handler: async ({ params, principal }) => {
      const found = await findBacktest(r.deps.sql, params.id)
      const mine = found && (await versionsFor(r, principal, found.code)).some((v) => v.number === found.number)
      return mine ? found : refuse(error('risk.backtest_unknown', '/id', params))
    },
  }),
]

const permissionOf = (name: ProfileCommandName): string => Object.values(profileTransitions).flatMap((t) => (t[name] ? [t[name].permission] : []))[0]!
const reasoned = (name: ProfileCommandName): boolean => Object.values(profileTransitions).some((t) => t[name]?.reason)

/** Archiving is the author's side's; of what has bound somebody it is the approver's: the table decides, with the least of them as the door. */
const commands = (r: Risk): Route[] =>
  profileCommands.flatMap((name) => {
    const permission = permissionOf(name)
    if (permission === 'system') return []
    const body: TSchema = reasoned(name) ? Reasoned : Type.Object({}, closed)
    return [
      route({
        method: 'POST',
        path: `/api/risk/profiles/:code/versions/:number/${name}`,
        permission: name === 'archive' ? read : (permission as `${string}:${string}:${string}`),
        summary: `Profile: ${name}`,
        tag,
        params: CodeAndNumber,
        body,
        out: ProfileVersion,
        handler: (x) => commandProfile(r, askingOf(x), x.params.code, x.params.number, { ...(x.body as object), name } as ProfileCommand),
      }),
    ]
  })

export const profileRoutes = (r: Risk): Route[] => [...reading(r), ...writing(r), ...commands(r)]
