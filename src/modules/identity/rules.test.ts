import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { mayActFor, stepUpIssues } from './acting.ts'
import { decideMandate, type MandateFacts } from './mandate.ts'
import { passwordIssues } from './password.ts'
import { decidePerson, evolvePerson, personTransitions, type PersonCommand, type PersonFacts } from './person.ts'
import { principalOf, type Standing } from './principal.ts'
import { isRegistration, registrationFlaw, registrationFor } from './registration.ts'
import { permissions, permissionsOf, roleNames, roles } from './roles.ts'
import type { Grant, Person } from './schema.ts'
import { delayAfter, delaysFor } from './throttle.ts'
import { newRecoveryCodes, recoveryHash } from './tokens.ts'
import { codeAt, stepOf } from './totp.ts'

test('a registration number of Verania is checked: any one wrong digit is found', () => {
  assert.equal(registrationFor(0), 'XV000000000002')
  fc.assert(
    fc.property(
      fc.integer({ min: 0, max: 99_999_999_999 }),
      fc.integer({ min: 2, max: 13 }),
      fc.integer({ min: 1, max: 9 }),
      (serial, place, shift) => {
        const number = registrationFor(serial)
        assert.ok(isRegistration(number))
        const wrong = number.slice(0, place) + String((Number(number[place]) + shift) % 10) + number.slice(place + 1)
        assert.equal(registrationFlaw(wrong), 'check')
      },
    ),
  )
  assert.equal(registrationFlaw('XV123'), 'form')
  assert.equal(registrationFlaw('xv000000000005'), 'form')
  assert.equal(registrationFlaw('GB123456789000'), null)
})

test('one-time passwords agree with RFC 6238, appendix B, and hold one step early and late', () => {
  const secret = 'GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ'
  // last six digits of the eight-digit codes of the appendix
  for (const [seconds, code] of [
    [59, '287082'],
    [1111111109, '081804'],
    [1234567890, '005924'],
    [2000000000, '279037'],
  ] as const) {
    const at = new Date(seconds * 1000).toISOString()
    assert.equal(codeAt(secret, at), code)
    assert.equal(stepOf(secret, code, at), Math.floor(seconds / 30))
    assert.equal(stepOf(secret, code, new Date((seconds + 30) * 1000).toISOString()), Math.floor(seconds / 30))
    assert.equal(stepOf(secret, code, new Date((seconds + 90) * 1000).toISOString()), null)
  }
})

test('recovery codes differ, and are read however they are typed', () => {
  const codes = newRecoveryCodes()
  assert.equal(new Set(codes).size, 10)
  assert.match(codes[0]!, /^[a-z2-9]{4}(-[a-z2-9]{4}){3}$/)
  assert.deepEqual(recoveryHash(codes[0]!), recoveryHash(` ${codes[0]!.toUpperCase().replaceAll('-', ' ')}`))
})

test('passwords: every reason at once, and length rather than riddles', () => {
  const person = { name: 'Amara Lindqvist', email: 'amara.l@halberd.example' }
  const codes = (password: string) => passwordIssues(password, '/next', person).map((i) => i.code)
  assert.deepEqual(codes('aaaa'), ['identity.password_short', 'identity.password_common'])
  assert.deepEqual(codes('password1234'), ['identity.password_common'])
  assert.deepEqual(codes('123456789012'), ['identity.password_common'])
  assert.deepEqual(codes('my lindqvist password'), ['identity.password_personal'])
  assert.deepEqual(codes('x'.repeat(60) + 'yzabcd'.repeat(12)), ['identity.password_long'])
  assert.deepEqual(codes('seven brown otters'), [])
  assert.deepEqual(codes('密码之外的十二个汉字组成句'), [])
})

test('the wait grows with failures and is never for ever', () => {
  assert.deepEqual(
    [1, 4, 5, 6, 7, 8].map((n) => delayAfter('account', n)),
    [0, 0, 2, 4, 8, 16],
  )
  assert.equal(Math.max(...delaysFor('account')), 15 * 60)
  assert.equal(delayAfter('account', 1_000_000), 15 * 60)
  assert.equal(delayAfter('address', 99), 0)
})

test('exclusions are mutual, and who administers people decides nothing about goods or money', () => {
  for (const a of roleNames)
    for (const b of roles[a].excludes as readonly (keyof typeof roles)[])
      assert.ok((roles[b].excludes as readonly string[]).includes(a), `${a} excludes ${b}, so ${b} must exclude ${a}`)
  for (const name of roleNames) {
    const held = permissionsOf([name])
    if (held.has('identity:person:manage'))
      assert.deepEqual(
        [...held].filter((p) => /^(clearance|duty):/.test(p)),
        [],
        name,
      )
    if (held.has('duty:payment:receive')) assert.equal(held.has('clearance:declaration:release'), false, name)
  }
  for (const p of permissions) assert.match(p, /^[a-z-]+:[a-z-]+:[a-z-]+$/)
  assert.equal(permissionsOf(['no such role', 'constructor']).size, 0)
})

const facts = (more: Partial<PersonFacts> = {}): PersonFacts => ({
  at: '2026-03-01T09:00:00.000Z',
  today: '2026-03-01',
  actorId: 'admin',
  newIds: ['r1', 'r2', 'r3'],
  emailTaken: false,
  organisation: null,
  ...more,
})
const invited = (grants: Grant[], more: Partial<PersonFacts> = {}) =>
  decidePerson(null, { type: 'person.invite', id: 'p1', invite: { name: 'Bao Petrov', email: 'Bao@Customs.example', roles: grants } }, facts(more))
const personWith = (...grants: Grant[]): Person => {
  const decision = invited(grants)
  assert.ok(decision.ok)
  return decision.events.reduce<Person | null>(evolvePerson, null)!
}

test('an invitation says every fault at once', () => {
  const decision = invited([{ role: 'officer' }, { role: 'administrator', office: 'XV000101' }, { role: 'trader' }], { emailTaken: true })
  assert.equal(decision.ok, false)
  assert.deepEqual(
    decision.issues.map((i) => [i.code, i.path]),
    [
      ['identity.role_office_useless', '/roles/1/office'],
      ['identity.role_excluded', '/roles/1/role'],
      ['identity.role_organisation_missing', '/roles/2'],
      ['identity.role_excluded', '/roles/2/role'],
      ['identity.role_excluded', '/roles/2/role'],
      ['identity.email_taken', '/email'],
    ],
  )
})

test('a trader’s role asks for an organisation that trades, a broker’s for one that is a broker', () => {
  const trading = { id: 'o', kinds: ['trader' as const], status: 'active' }
  assert.equal(invited([{ role: 'trader' }], { organisation: trading }).ok, true)
  assert.deepEqual(
    invited([{ role: 'broker' }], { organisation: trading }).issues.map((i) => i.code),
    ['identity.role_organisation_kind'],
  )
})

test('roles that exclude each other may follow each other, not overlap', () => {
  const officer = personWith({ role: 'officer', office: 'XV000101', validTo: '2026-04-01' })
  const grant = (g: Grant) => decidePerson(officer, { type: 'person.grant-role', grant: g }, facts())
  assert.deepEqual(
    grant({ role: 'auditor' }).issues.map((i) => i.code),
    ['identity.role_excluded'],
  )
  assert.equal(grant({ role: 'auditor', validFrom: '2026-04-01' }).ok, true)
  assert.deepEqual(
    grant({ role: 'officer', office: 'XV000101' }).issues.map((i) => i.code),
    ['identity.role_held'],
  )
  assert.equal(grant({ role: 'officer', office: 'XV000201' }).ok, true)
  assert.deepEqual(
    grant({ role: 'examiner', office: 'XV000101', validTo: '2026-02-01' }).issues.map((i) => i.code),
    ['identity.range_reversed'],
  )
})

test('a role ended today no longer holds today', () => {
  const officer = personWith({ role: 'officer', office: 'XV000101', validFrom: '2026-01-01' })
  const decision = decidePerson(officer, { type: 'person.end-role', assignment: 'r1', reason: 'moved' }, facts())
  assert.ok(decision.ok)
  const after = decision.events.reduce<Person | null>(evolvePerson, officer)!
  assert.equal(after.roles[0]!.validTo, '2026-03-01')
  assert.deepEqual(
    decidePerson(after, { type: 'person.end-role', assignment: 'r1', reason: 'again' }, facts()).issues.map((i) => i.code),
    ['identity.role_not_held'],
  )
})

test('nobody administers themselves, and an ended person stays ended', () => {
  const person = personWith({ role: 'administrator' })
  for (const command of [
    { type: 'person.end', reason: 'x' },
    { type: 'person.grant-role', grant: { role: 'administrator' } },
    { type: 'person.withdraw-credentials', reason: 'x' },
  ] satisfies PersonCommand[]) {
    assert.deepEqual(
      decidePerson(person, command, facts({ actorId: person.id })).issues.map((i) => i.code),
      ['identity.person_own'],
    )
  }
  const ended = decidePerson(person, { type: 'person.end', reason: 'left' }, facts())
  assert.ok(ended.ok)
  const gone = ended.events.reduce<Person | null>(evolvePerson, person)!
  assert.deepEqual([gone.status, gone.endedAt], ['ended', '2026-03-01T09:00:00.000Z'])
  assert.equal(personTransitions.ended.length, 0)
  assert.deepEqual(
    decidePerson(gone, { type: 'person.activate' }, facts()).issues.map((i) => i.code),
    ['identity.person_ended'],
  )
})

const mandateFacts = (more: Partial<MandateFacts> = {}): MandateFacts => ({
  at: '2026-03-01T09:00:00.000Z',
  today: '2026-03-01',
  organisationId: 'importer',
  to: { id: 'broker', kinds: ['broker'], status: 'active' },
  between: [],
  ...more,
})
const give = (more: Partial<MandateFacts>, scope: 'import' | 'export' | 'all' = 'import', validFrom?: string, validTo?: string) =>
  decideMandate(null, { type: 'mandate.give', id: 'm1', give: { to: 'XV0', scope, validFrom, validTo } }, mandateFacts(more)).issues.map(
    (i) => i.code,
  )

test('a mandate goes to a broker, not to oneself, not into the past, and not twice', () => {
  assert.deepEqual(give({}), [])
  assert.deepEqual(give({ to: null }), ['identity.organisation_unknown'])
  assert.deepEqual(give({ to: { id: 'importer', kinds: ['broker'], status: 'active' } }), ['identity.mandate_self'])
  assert.deepEqual(give({ to: { id: 'x', kinds: ['carrier'], status: 'active' } }, 'all', '2026-02-01', '2026-01-01'), [
    'identity.mandate_not_broker',
    'identity.mandate_past',
    'identity.range_reversed',
  ])
  const open = { scope: 'import' as const, validFrom: '2026-01-01', validTo: '2026-06-01' }
  assert.deepEqual(give({ between: [open] }), ['identity.mandate_overlaps'])
  assert.deepEqual(give({ between: [open] }, 'export'), [])
  assert.deepEqual(give({ between: [open] }, 'all', '2026-06-01'), [])
})

test('a mandate is ended by either side and exists for nobody else', () => {
  const mandate = {
    id: 'm1',
    fromOrganisation: 'importer',
    toOrganisation: 'broker',
    scope: 'all' as const,
    validFrom: '2026-01-01',
    validTo: null,
    givenAt: '',
    endedAt: null,
  }
  const end = (organisationId: string) => decideMandate(mandate, { type: 'mandate.end', reason: '' }, mandateFacts({ organisationId }))
  for (const [side, by] of [
    ['importer', 'represented'],
    ['broker', 'representative'],
  ] as const) {
    const decision = end(side)
    assert.ok(decision.ok && decision.events[0]!.type === 'mandate.ended' && decision.events[0]!.by === by)
  }
  assert.deepEqual(
    end('stranger').issues.map((i) => i.code),
    ['identity.mandate_unknown'],
  )
})

const standing = (more: Partial<Standing>): Standing => ({
  personId: 'p',
  name: 'P',
  email: 'p@x.example',
  language: 'en',
  homeOffice: null,
  organisation: null,
  roles: [],
  mandates: [],
  ...more,
})
const via = { sessionId: 's', channel: 'web' as const, office: null, steppedUpUntil: null }

test('a permission holds at the office of the role that gives it, and not at another office of the person', () => {
  const p = principalOf(
    standing({
      roles: [
        { role: 'officer', office: 'XV000101' },
        { role: 'supervisor', office: 'XV000201' },
      ],
    }),
    via,
  )
  assert.deepEqual(p.offices, ['XV000101', 'XV000201'])
  assert.deepEqual(p.officesByPermission!.get('clearance:lane:lower'), ['XV000201'])
  assert.deepEqual(p.officesByPermission!.get('clearance:declaration:release'), ['XV000101', 'XV000201'])
  assert.equal(principalOf(standing({ roles: [{ role: 'supervisor', office: null }] }), via).offices, '*')
  assert.deepEqual(principalOf(standing({ roles: [] }), via).offices, [])
})

test('only brokers act under mandates; import and export add up to all; an ended organisation acts for nobody', () => {
  const organisation = { id: 'o', name: 'O', registration: 'XV1', kinds: ['broker' as const], status: 'active' }
  const mandates = [
    { organisationId: 'a', name: 'A', registration: 'XVA', scope: 'import' as const },
    { organisationId: 'a', name: 'A', registration: 'XVA', scope: 'export' as const },
    { organisationId: 'b', name: 'B', registration: 'XVB', scope: 'export' as const },
  ]
  const broker = principalOf(standing({ organisation, mandates, roles: [{ role: 'broker', office: null }] }), via)
  assert.deepEqual(
    broker.represents.map((r) => [r.registration, r.scope]),
    [
      ['XV1', 'all'],
      ['XVA', 'all'],
      ['XVB', 'export'],
    ],
  )
  assert.deepEqual([mayActFor(broker, 'XVB', 'export'), mayActFor(broker, 'XVB', 'import'), mayActFor(broker, 'XVC', 'import')], [true, false, false])
  assert.deepEqual(
    principalOf(standing({ organisation, mandates, roles: [{ role: 'trader', office: null }] }), via).represents.map((r) => r.registration),
    ['XV1'],
  )
  const over = principalOf(standing({ organisation: { ...organisation, status: 'ended' }, mandates, roles: [{ role: 'broker', office: null }] }), via)
  assert.deepEqual([over.represents.length, over.permissions.size], [0, 0])
})

test('a key narrows what its person may and never widens it', () => {
  const p = principalOf(standing({ roles: [{ role: 'examiner', office: 'XV000101' }] }), {
    ...via,
    scopes: ['clearance:declaration:read', 'clearance:declaration:release'],
  })
  assert.deepEqual([...p.permissions], ['clearance:declaration:read'])
})

test('step-up counts until its minute and no longer', () => {
  const p = principalOf(standing({}), { ...via, steppedUpUntil: '2026-03-01T09:10:00.000Z' })
  assert.deepEqual(stepUpIssues(p, '2026-03-01T09:09:59.999Z'), [])
  assert.deepEqual(
    stepUpIssues(p, '2026-03-01T09:10:00.000Z').map((i) => i.code),
    ['identity.step_up_required'],
  )
})
