/** Risk of the demo country, as if its people had written, tested and approved it months ago. */
import { hash } from 'node:crypto'
import { canonicalJson } from '#kernel/canonical-json.ts'
import { actorOf } from '#platform/command.ts'
import type { Tx } from '#platform/database.ts'
import { record } from '#platform/journal.ts'
import { systemPrincipal } from '#platform/permissions.ts'
import { demoOrganisations, demoPerson } from '#modules/identity'
import { evolveProfile, type ProfileEvent } from '../profile/life.ts'
import { listsOf } from '../profile/lists.ts'
import { readProfile } from '../profile/profile.ts'
import type { Person, ProfileContent, ProfileVersion } from '../schema/profile.ts'
import { versionHash } from '../service/profile-hash.ts'
import { insertList } from '../store/lists.ts'
import { insertVersion, saveLife } from '../store/profiles.ts'
import { saveSetting } from '../store/settings.ts'
import { noteTie } from '../store/entities.ts'
import { demoLists, demoProfiles, demoTies, type DemoProfile } from './profiles.ts'

const at = '2026-01-12T09:00:00.000Z'
const loader = systemPrincipal('Portcullis')

const person = (key: string): Person => {
  const { id, name } = demoPerson(key)
  return { personId: id, name }
}
const people = {
  customs: { author: 'risk-analyst', approver: 'risk-head' },
  'agency-food': { author: 'agency-food', approver: 'agency-food-head' },
} as const

const registrationOf = (key: string): string => demoOrganisations.find((o) => o.key === key)!.registration

const contentOf = (p: DemoProfile, author: Person): { content: ProfileContent; hash: string } => {
  const { agency: _agency, status: _status, ...draft } = p
  const currency = { code: p.administration === 'GB' ? 'GBP' : 'VRC', digits: 2 }
  const read = readProfile(p.text, currency, new Map(demoLists.map((l) => [l.name, l.entries])))
  if (!read.ok) throw new Error(`${p.code}: ${JSON.stringify(read.issues)}`)
  const tree = read.value
  const content: ProfileContent = {
    ...draft,
    secrecy: p.secrecy ?? 'internal',
    owner: author,
    name: tree.name,
    office: tree.office ?? null,
    lane: tree.lane,
    percent: tree.percent,
    maxRun: tree.maxRun ?? null,
    validFrom: tree.validFrom ?? '2020-01-01',
    validTo: tree.validTo ?? null,
    instruction: tree.instruction,
    lists: listsOf(tree.when),
  }
  return { content, hash: versionHash(tree, content) }
}

const eventsOf = (p: DemoProfile): ProfileEvent[] => {
  const { author, approver } = people[p.agency]
  const [by, head] = [person(author), person(approver)]
  const drafted: ProfileEvent = { type: 'profile.drafted', at, by, code: p.code, number: 1, agency: registrationOf(p.agency), ...contentOf(p, by) }
  if (p.status === 'draft') return [drafted]
  const submitted: ProfileEvent[] = [
    drafted,
    { type: 'profile.checked', at },
    { type: 'profile.backtested', at, backtestId: '' },
    { type: 'profile.submitted', at },
  ]
  if (p.status === 'submitted') return submitted
  return [...submitted, { type: 'profile.approved', at, by: head }, { type: 'profile.activated', at, by: head }]
}

const loadProfile = async (tx: Tx, p: DemoProfile): Promise<void> => {
  const events = eventsOf(p)
  const version = events.reduce<ProfileVersion | null>(evolveProfile, null)!
  await insertVersion(tx, version)
  await saveLife(tx, version, at)
  const body = { payload: { name: 'load' }, facts: {}, events }
  await record(tx, { kind: 'risk-profile', id: `${p.code}/1` }, { command: 'risk-profile.load', commandKey: null, actor: actorOf(loader), body, at })
}

/** Criteria, lists and rates. Rates of the trader test service are none: its scenarios are scripted. */
export const loadDemoRisk = async (tx: Tx): Promise<void> => {
  for (const l of demoLists) {
    const digest = hash('sha256', canonicalJson(l.entries))
    await insertList(tx, { ...l, agency: registrationOf('customs'), hash: digest, author: person('risk-analyst'), approver: person('risk-head'), at })
  }
  for (const p of demoProfiles) await loadProfile(tx, p)
  for (const { firm, ...tie } of demoTies) await noteTie(tx, { ...tie, registration: registrationOf(firm) }, person('risk-analyst').personId, at)
  const plain = {
    office: '',
    explorationShare: 0,
    expectedRate: { red: 0, yellow: 0, blue: 0 },
    capacityMinutes: null,
    documentaryMinutes: 20,
    physicalMinutes: 90,
    trustedFactor: 0.5,
  }
  await saveSetting(tx, { ...plain, administration: 'XV', minimumRandomRate: 0.03 })
  await saveSetting(tx, { ...plain, administration: 'GB', minimumRandomRate: 0 })
}
