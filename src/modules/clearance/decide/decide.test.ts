import assert from 'node:assert/strict'
import { test } from 'node:test'
import { canonicalJson } from '#kernel/canonical-json.ts'
import { zero } from '#kernel/money.ts'
import type { AssessmentFacts, Settlement } from '#schema/duty'
import { automaticStep, type DeclarationEvent, foldEvents, type Opening, statusOf } from '../declaration.ts'
import { importDeclaration } from '../fixtures/documents.ts'
import { gatherRuleFacts, noRegisters } from '../rules/facts.ts'
import type { DeclarationDocument } from '../schema/document.ts'
import type { DeclarationState, Status } from '../schema/lifecycle.ts'
import { type CommandName, transitions } from '../schema/transitions.ts'
import { type By, type Command, decide, type Facts } from './index.ts'

const at = '2026-03-02T10:00:00.000Z'
const broker: By = {
  personId: 'p-broker',
  name: 'Broker',
  registration: 'XV222222222222',
  permissions: ['lodge', 'amend', 'invalidate'].map((x) => `clearance:declaration:${x}`),
  steppedUp: false,
}
const officer: By = {
  personId: 'p-officer',
  name: 'Officer',
  registration: null,
  steppedUp: true,
  permissions: [
    'clearance:control:record',
    'clearance:control:documentary',
    'clearance:control:physical',
    'clearance:declaration:release',
    'clearance:declaration:decide-request',
    'clearance:lane:raise',
    'clearance:work:read',
    'clearance:declaration:seize',
  ],
}
const head: By = {
  ...officer,
  personId: 'p-head',
  name: 'Head',
  permissions: [...officer.permissions, 'clearance:declaration:approve-release', 'clearance:lane:lower', 'clearance:work:assign'],
}
const system: By = { personId: 'system', name: 'system', registration: null, permissions: [], steppedUp: false }

const rulesFor = (document: DeclarationDocument) =>
  gatherRuleFacts(document, noRegisters, {
    administration: { code: 'XV', territory: ['XV'], currency: 'VRC', traderTest: false },
    date: '2026-03-02',
    now: at,
  })
const opening = (document: DeclarationDocument, change: Partial<Opening> = {}): Opening => ({
  id: '019a0000-0000-7000-8000-000000000001',
  mrn: '26XV0000000000000A0',
  lrn: document.lrn!,
  administration: 'XV',
  regime: 'import',
  additionalType: document.additionalType!,
  prelodged: false,
  declarant: 'XV222222222222',
  trader: 'Importer',
  submitter: { personId: broker.personId, name: broker.name, organisationId: 'o', registration: broker.registration },
  parties: ['XV222222222222'],
  office: 'XV000101',
  ...change,
})

const assessment: AssessmentFacts = {
  administration: 'XV',
  currency: 'VRC',
  rounding: { mode: 'half-up', perLine: true },
  date: '2026-03-02',
  rates: { EUR: '1.5' },
  duty: { defaultMethod: 'E', postponingRoles: ['FR1'], overrideStatement: 'OVR', securityTypes: {} },
  measures: Object.fromEntries(
    [1, 2].map((n) => [
      String(n),
      [
        { id: 'm1', type: '103', taxType: 'A00', area: '1011', preferences: ['100'], expression: [{ op: 'first', kind: 'percent', value: '4' }] },
        { id: 'm2', type: '305', taxType: 'B00', area: '1011', expression: [{ op: 'first', kind: 'percent', value: '18' }] },
      ],
    ]),
  ),
}
const selection = (lane: 'green' | 'red' | 'yellow'): Facts['selection'] => ({
  engine: 2,
  snapshot: { declaration: { 'declaration.office': 'XV000101' }, items: [{ 'item.hs': '85102000' }] },
  hits:
    lane === 'green'
      ? []
      : [
          {
            profile: 'T',
            version: 1,
            hash: '0'.repeat(64),
            name: 'Test',
            agency: 'XV1',
            secrecy: 'internal',
            lane,
            control: lane === 'red' ? 'physical' : 'documentary',
            blocking: true,
            mandatory: false,
            percent: 100,
            maxRun: null,
            instruction: 'Look.',
            draw: 0,
            run: 0,
            hitRate: null,
          },
        ],
  isolated: [],
  setting: {
    administration: 'XV',
    office: '',
    minimumRandomRate: 0.01,
    explorationShare: 0,
    expectedRate: { red: 0, yellow: 0, blue: 0 },
    capacityMinutes: null,
    documentaryMinutes: 20,
    physicalMinutes: 90,
    trustedFactor: 0.5,
    version: 1,
  },
  counters: { registered: 0, red: 0, yellow: 0, blue: 0, minutesToday: 0 },
  tickets: { random: 0.9, fill: 0.9 },
  key: 'test',
  trusted: false,
  score: null,
  shadow: null,
})
const settlement = (outstanding: number): Settlement => ({
  postingId: outstanding ? null : 'posting',
  reference: 'x',
  settled: [],
  outstanding: { minor: outstanding, currency: 'VRC' },
  shortfalls: [],
})

type Life = { state: DeclarationState | null; events: DeclarationEvent[] }
const run = (life: Life, command: Command, facts: Partial<Facts>): Life & { refused: string[] } => {
  const decision = decide(life.state, command, { at, by: system, ...facts })
  if (!decision.ok) return { ...life, refused: decision.issues.map((i) => i.code) }
  const events = [...life.events, ...decision.events]
  return { state: foldEvents(life.state, decision.events), events, refused: [] }
}
const must = (life: Life, command: Command, facts: Partial<Facts>): Life => {
  const next = run(life, command, facts)
  assert.deepEqual(next.refused, [], command.name)
  return next
}
const lodged = (document = importDeclaration(), change: Partial<Opening> = {}): Life =>
  must({ state: null, events: [] }, { name: 'lodge', document }, { by: broker, opening: opening(document, change), rules: rulesFor(document) })
const assessedIn = (lane: 'green' | 'red' | 'yellow'): Life =>
  must(lodged(), { name: 'assess' }, { assessment, selection: selection(lane), controlIds: ['k1', 'k2'], controlDueAt: at })
const status = (life: Life): string => statusOf(life.state)

test('green: accepted, assessed, covered, released and cleared without anybody', () => {
  const accepted = lodged()
  assert.equal(status(accepted), 'accepted')
  assert.equal(automaticStep(accepted.state!), 'assess')
  const assessed = assessedIn('green')
  assert.equal(automaticStep(assessed.state!), 'settle')
  const cleared = must(assessed, { name: 'settle' }, { settlement: settlement(0) })
  assert.equal(status(cleared), 'cleared')
  assert.equal(automaticStep(cleared.state!), null)
  assert.deepEqual(
    cleared.events.map((e) => e.type.slice(12)),
    ['lodged', 'accepted', 'assessed', 'lane-assigned', 'covered', 'released', 'cleared'],
  )
})

test('every reason of a refusal at once; nothing can happen to a rejected declaration', () => {
  const document = { ...importDeclaration(), itemCount: 7, totalPackages: '1' }
  const life = lodged(document)
  assert.equal(status(life), 'rejected')
  assert.ok(life.state!.issues.length >= 2)
  for (const name of ['arrive', 'assess', 'settle', 'assign'] as const)
    assert.deepEqual(run(life, { name, to: null } as Command, { by: head }).refused, ['clearance.not_possible_now'])
})

test('red: nothing is settled before the goods are found in order', () => {
  const life = assessedIn('red')
  assert.equal(status(life), 'under-control')
  assert.equal(automaticStep(life.state!), null)
  const conform = must(life, { name: 'record-control', controlId: 'k1', conform: true, remarks: 'counted', findings: [] }, { by: officer })
  assert.equal(status(conform), 'accepted')
  assert.equal(automaticStep(conform.state!), 'settle')
})

test('a discrepancy needs findings, holds the goods, and is not settled by the one who found it', () => {
  const life = assessedIn('red')
  const record: Extract<Command, { name: 'record-control' }> = {
    name: 'record-control',
    controlId: 'k1',
    conform: false,
    remarks: 'short',
    findings: [],
  }
  assert.deepEqual(run(life, record, { by: officer }).refused, ['clearance.findings_missing'])
  const found = must(life, { ...record, findings: [{ found: '18 boxes' }] }, { by: officer })
  assert.equal(status(found), 'under-control')
  assert.deepEqual(run(found, { name: 'resolve-control', controlId: 'k1', reason: 'explained' }, { by: officer }).refused, [
    'clearance.second_person_needed',
  ])
  assert.equal(status(must(found, { name: 'resolve-control', controlId: 'k1', reason: 'explained' }, { by: head })), 'accepted')
  assert.equal(status(must(found, { name: 'seize', reason: 'contraband' }, { by: officer })), 'seized')
})

test('release by hand takes two persons, a reason and a fresh proof of who they are; never one’s own filing', () => {
  const life = assessedIn('red')
  const propose = { name: 'propose-release', reason: 'perishable' } as const
  assert.deepEqual(run(life, propose, { by: { ...officer, steppedUp: false } }).refused, ['identity.step_up_required'])
  assert.deepEqual(run(life, { ...propose, reason: ' ' }, { by: officer }).refused, ['clearance.reason_missing'])
  assert.deepEqual(run(life, propose, { by: { ...officer, personId: broker.personId } }).refused, ['clearance.own_work'])
  const proposed = must(life, propose, { by: { ...head, personId: 'p-1' } })
  assert.deepEqual(run(proposed, { name: 'approve-release' }, { by: { ...head, personId: 'p-1' } }).refused, ['clearance.second_person_needed'])
  assert.deepEqual(run(proposed, { name: 'approve-release' }, { by: officer }).refused, ['access.denied'])
  const released = must(proposed, { name: 'approve-release' }, { by: head })
  assert.equal(status(released), 'released')
  assert.equal(status(must(released, { name: 'settle' }, { settlement: settlement(0) })), 'cleared')
})

test('money short: demanded once, released when it is there', () => {
  const due = must(assessedIn('green'), { name: 'settle' }, { settlement: settlement(500) })
  assert.equal(status(due), 'payment-due')
  const again = run(due, { name: 'settle' }, { settlement: settlement(500) })
  assert.equal(again.events.length, due.events.length)
  assert.equal(status(must(due, { name: 'settle' }, { settlement: settlement(0) })), 'cleared')
})

test('pre-lodged goods: an estimate first, acceptance and lane on arrival, with a new version', () => {
  const document = { ...importDeclaration(), additionalType: 'D' }
  const life = must(lodged(document, { prelodged: true }), { name: 'assess' }, { assessment })
  assert.equal(status(life), 'lodged')
  assert.equal(life.state!.lane, undefined)
  const arrived = must(life, { name: 'arrive' }, { by: broker })
  assert.equal(arrived.state!.version, 2)
  assert.equal(status(arrived), 'accepted')
  assert.deepEqual(run(arrived, { name: 'arrive' }, { by: broker }).refused, ['clearance.not_possible_now'])
})

test('an amendment makes a new version that is assessed and covered anew; under physical control an officer decides', () => {
  const changed: DeclarationDocument = { ...importDeclaration(), traderReference: 'NEW-1' }
  const command: Extract<Command, { name: 'request-amendment' }> = {
    name: 'request-amendment',
    document: changed,
    unreported: { amendments: [], information: [], changes: [{ path: '/traderReference', new: 'NEW-1' }] },
    lrn: 'A-1',
    reason: 'typo',
  }
  const cleared = must(assessedIn('green'), { name: 'settle' }, { settlement: settlement(0) })
  const amended = must(cleared, command, { by: broker, rules: rulesFor(changed) })
  assert.equal(amended.state!.version, 2)
  assert.equal(automaticStep(amended.state!), 'assess')
  assert.equal(statusOf(amended.state), 'released')
  const pending = must(assessedIn('red'), command, { by: broker, rules: rulesFor(changed) })
  assert.equal(pending.state!.version, 1)
  assert.equal(must(pending, { name: 'decide-request', grant: true, reason: 'fine' }, { by: officer }).state!.version, 2)
  assert.equal(must(pending, { name: 'decide-request', grant: false, reason: 'no' }, { by: officer }).state!.request, undefined)
  assert.deepEqual(run(pending, { name: 'decide-request', grant: true, reason: 'x' }, { by: { ...officer, personId: broker.personId } }).refused, [
    'clearance.own_work',
  ])
  assert.deepEqual(
    run(cleared, { ...command, unreported: { ...command.unreported, changes: [] } }, { by: broker, rules: rulesFor(changed) }).refused,
    ['clearance.nothing_changed'],
  )
})

test('invalidation before release is the declarant’s, after the release of an import two officers’', () => {
  const command = { name: 'request-invalidation', lrn: 'I-1', reason: 'lodged twice' } as const
  assert.equal(status(must(assessedIn('green'), command, { by: broker })), 'invalidated')
  const asked = must(must(assessedIn('green'), { name: 'settle' }, { settlement: settlement(0) }), command, { by: broker })
  const grant = { name: 'decide-request', grant: true, reason: 'proved' } as const
  const once = must(asked, grant, { by: officer })
  assert.equal(status(once), 'cleared')
  assert.deepEqual(run(once, grant, { by: officer }).refused, ['clearance.second_person_needed'])
  assert.equal(status(must(once, grant, { by: head })), 'invalidated')
})

test('lanes: officers raise, only the head lowers; lowering waives what was open', () => {
  const life = assessedIn('yellow')
  assert.deepEqual(run(life, { name: 'raise-lane', lane: 'yellow', reason: 'x' }, { by: officer, controlIds: ['k3'] }).refused, [
    'clearance.lane_not_higher',
  ])
  const red = must(life, { name: 'raise-lane', lane: 'red', reason: 'tip-off' }, { by: officer, controlIds: ['k3'] })
  assert.deepEqual(
    red.state!.controls.map((c) => c.kind),
    ['documentary', 'physical'],
  )
  assert.deepEqual(run(red, { name: 'lower-lane', reason: 'x' }, { by: officer }).refused, ['access.denied'])
  const lowered = must(red, { name: 'lower-lane', reason: 'wrong alert' }, { by: head })
  assert.ok(lowered.state!.controls.every((c) => c.status === 'waived'))
})

test('what the transition table does not list cannot happen, whoever asks', () => {
  const commands = [...new Set(Object.values(transitions).flatMap((t) => Object.keys(t)))] as CommandName[]
  const everything: By = {
    ...head,
    permissions: ['lodge', 'amend', 'invalidate', 'release', 'approve-release', 'decide-request', 'seize'].map((x) => `clearance:declaration:${x}`),
  }
  const ends: Record<string, Life> = {
    rejected: lodged({ ...importDeclaration(), itemCount: 9 }),
    invalidated: must(assessedIn('green'), { name: 'request-invalidation', lrn: 'I', reason: 'x' }, { by: broker }),
  }
  for (const [name, life] of Object.entries(ends)) {
    for (const command of commands) {
      if (transitions[name as Status][command]) continue
      assert.deepEqual(run(life, { name: command } as Command, { by: everything }).refused, ['clearance.not_possible_now'], `${name} → ${command}`)
    }
  }
})

test('the same state, command and facts give the same events, also after a journey through JSON', () => {
  const document = importDeclaration()
  const facts: Facts = { at, by: broker, opening: opening(document), rules: rulesFor(document) }
  const first = decide(null, { name: 'lodge', document }, facts)
  const second = decide(null, JSON.parse(JSON.stringify({ name: 'lodge', document })) as Command, JSON.parse(JSON.stringify(facts)) as Facts)
  assert.equal(canonicalJson(first), canonicalJson(second))
  assert.equal(zero('VRC').minor, 0)
})
