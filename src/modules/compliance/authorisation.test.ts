import assert from 'node:assert/strict'
import { test } from 'node:test'
import { decideAuthorisation, evolveAuthorisation, isTrusted, type AuthorisationCommand, type AuthorisationFacts } from './authorisation.ts'
import { authorisationStatuses, authorisationTransitions, type Authorisation, type ProposeAuthorisation } from './schema.ts'

const all = ['compliance:authorisation:propose', 'compliance:authorisation:approve']
const by = (personId: string, permissions = all): AuthorisationFacts => ({
  at: '2026-06-01T08:00:00.000Z',
  by: { personId, name: personId, permissions },
  known: true,
})
const ask: ProposeAuthorisation = { kind: 'AEOC', holder: 'XV2', validFrom: '2026-07-01', reason: 'Audited' }

type Step = [name: Exclude<AuthorisationCommand['name'], 'propose'>, who: string]
/** The state after these steps, or the codes of the one that was refused. */
const run = (steps: readonly Step[], change: Partial<ProposeAuthorisation> = {}, facts = by('ann')): Authorisation | string[] => {
  let state: Authorisation | null = null
  const commands: [AuthorisationCommand, AuthorisationFacts][] = [
    [{ name: 'propose', id: 'a1', ask: { ...ask, ...change } }, facts],
    ...steps.map(([name, who]): [AuthorisationCommand, AuthorisationFacts] => [{ name, reason: `${name} by ${who}` }, by(who)]),
  ]
  for (const [command, f] of commands) {
    const decision = decideAuthorisation(state, command, f)
    if (!decision.ok) return decision.issues.map((i) => i.code)
    state = decision.events.reduce<Authorisation | null>(evolveAuthorisation, state)
  }
  return state!
}
const statusAfter = (...steps: Step[]): string => {
  const state = run(steps)
  return Array.isArray(state) ? state.join() : `${state.status}${state.waiting ? ` (${state.waiting.change} waits)` : ''}`
}

const lives: [after: Step[], status: string][] = [
  [[], 'proposed (grant waits)'],
  [[['approve', 'ann']], 'compliance.second_person_needed'],
  [[['approve', 'bo']], 'granted'],
  [[['reject', 'bo']], 'refused'],
  [
    [
      ['reject', 'bo'],
      ['approve', 'bo'],
    ],
    'compliance.not_possible_now',
  ],
  [
    [
      ['approve', 'bo'],
      ['approve', 'bo'],
    ],
    'compliance.not_possible_now',
  ],
  [
    [
      ['approve', 'bo'],
      ['suspend', 'ann'],
    ],
    'suspended',
  ],
  [
    [
      ['approve', 'bo'],
      ['ask-resume', 'ann'],
    ],
    'compliance.not_possible_now',
  ],
  [
    [
      ['approve', 'bo'],
      ['suspend', 'ann'],
      ['ask-resume', 'ann'],
      ['approve', 'ann'],
    ],
    'compliance.second_person_needed',
  ],
  [
    [
      ['approve', 'bo'],
      ['suspend', 'ann'],
      ['ask-resume', 'ann'],
      ['approve', 'bo'],
    ],
    'granted',
  ],
  [
    [
      ['approve', 'bo'],
      ['ask-revoke', 'ann'],
    ],
    'granted (revoke waits)',
  ],
  [
    [
      ['approve', 'bo'],
      ['ask-revoke', 'ann'],
      ['ask-revoke', 'ann'],
    ],
    'compliance.not_possible_now',
  ],
  [
    [
      ['approve', 'bo'],
      ['ask-revoke', 'ann'],
      ['reject', 'bo'],
    ],
    'granted',
  ],
  [
    [
      ['approve', 'bo'],
      ['ask-revoke', 'ann'],
      ['suspend', 'ann'],
    ],
    'suspended',
  ],
  [
    [
      ['approve', 'bo'],
      ['ask-revoke', 'ann'],
      ['approve', 'bo'],
    ],
    'revoked',
  ],
]
for (const [steps, status] of lives)
  test(`an authorisation: ${['proposed', ...steps.map((s) => s.join(' by '))].join(', ')}`, () => assert.equal(statusAfter(...steps), status))

test('nobody without the permission; no holder that the register does not know; no end before the beginning', () => {
  const denied = decideAuthorisation(run([]) as Authorisation, { name: 'approve', reason: 'x' }, by('bo', ['compliance:authorisation:propose']))
  assert.deepEqual(denied.ok ? [] : denied.issues.map((i) => i.code), ['access.denied'])
  assert.deepEqual(run([], { validTo: '2026-06-30' }, { ...by('ann'), known: false }), ['compliance.holder_unknown', 'compliance.validity'])
})

test('what has ended knows no command, and every command of the table names a permission of the module', () => {
  for (const status of authorisationStatuses)
    for (const step of Object.values(authorisationTransitions[status])) assert.ok(all.includes(step.permission))
  assert.deepEqual([authorisationTransitions.refused, authorisationTransitions.revoked], [{}, {}])
})

test('trusted is who holds it for customs controls, granted, on that day', () => {
  const of = (change: Partial<Authorisation>, date: string): boolean =>
    isTrusted([{ kind: 'AEOC', status: 'granted', validFrom: '2026-07-01', validTo: '2026-12-31', ...change }], date)
  assert.deepEqual(
    [of({}, '2026-06-30'), of({}, '2026-07-01'), of({}, '2026-12-31'), of({}, '2027-01-01'), of({ validTo: null }, '2030-01-01')],
    [false, true, true, false, true],
  )
  assert.deepEqual(
    [of({ kind: 'AEOF' }, '2026-08-01'), of({ kind: 'AEOS' }, '2026-08-01'), of({ status: 'suspended' }, '2026-08-01')],
    [true, false, false],
  )
})
