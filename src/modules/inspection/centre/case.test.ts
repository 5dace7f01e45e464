import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type AiRead, caseStatuses, caseTransitions, type ImageCase, type CentreSetting } from '../schema/case.ts'
import { type CaseCommand, type CaseEvent, type CaseFacts, decideCase, evolveCase } from './case.ts'
import { standardSetting } from './setting.ts'

const at = '2026-06-01T06:00:00.000Z'
const everything = new Set(caseStatuses.flatMap((s) => Object.values(caseTransitions[s]).map((t) => t.permission)))
/** No lot is ever drawn unless a test says so. */
const setting: CentreSetting = {
  ...standardSetting,
  autoClear: true,
  autoClearBelow: 0.2,
  recheckPercent: { autoClear: 5, clear: 5, suspect: 5 },
  openPercent: 1,
}
const by = (personId: string, permissions: ReadonlySet<string> = everything) => ({ personId, name: personId.toUpperCase(), permissions })
const facts = (personId = 'p1', changes: Partial<CaseFacts> = {}): CaseFacts => ({
  at,
  by: by(personId),
  setting,
  lots: { recheck: 0.99, open: 0.99 },
  tip: null,
  ...changes,
})
const ai = (changes: Partial<AiRead> = {}): AiRead => ({
  findingId: 'f1',
  verdict: 'clear',
  score: 0.1,
  classes: [],
  card: 'bags@1',
  thresholdSet: 'standard',
  ms: 300,
  familiar: true,
  failed: false,
  at,
  ...changes,
})
const made = (changes: Partial<ImageCase> = {}): ImageCase => ({
  ...evolveCase(null, {
    type: 'case.made',
    id: 'c1',
    origin: {
      imageId: 'i1',
      subject: { kind: 'bag', id: '0220123456' },
      office: 'XV000201',
      item: 'bag',
      riskScore: 10,
      highRisk: false,
      matched: null,
      column: 'simulated',
      isTip: false,
      operatorId: 'op',
      trayId: 'T1',
      movement: 'XV101',
      createdAt: at,
      dueAt: at,
    },
  }),
  ...changes,
})
const says = (decision: 'clear' | 'suspect'): CaseCommand => ({
  name: 'read',
  decision,
  classes: decision === 'suspect' ? ['gun'] : [],
  confidence: 4,
  remarks: '',
  ms: 8000,
})
const events = (c: ImageCase, command: CaseCommand, f = facts()): CaseEvent[] => {
  const d = decideCase(c, command, f)
  assert.ok(d.ok, JSON.stringify(d.issues))
  return d.events
}
const after = (c: ImageCase, command: CaseCommand, f = facts()): ImageCase => events(c, command, f).reduce<ImageCase>(evolveCase, c)
const refusal = (c: ImageCase, command: CaseCommand, f = facts()): string[] => {
  const d = decideCase(c, command, f)
  assert.equal(d.ok, false)
  return d.issues.map((i) => i.code)
}
const noted = (changes: Partial<AiRead> = {}, origin: Partial<ImageCase> = {}, f = facts()): ImageCase =>
  after(made(origin), { name: 'note-finding', ai: ai(changes) }, f)

test('the machine clears alone only what it knows, finds nothing in, and what nobody has a reason to look at', () => {
  assert.equal(noted().status, 'auto-cleared')
  const table: [string, Partial<AiRead>, Partial<ImageCase>][] = [
    ['at the threshold', { score: 0.2 }, {}],
    ['review', { verdict: 'review' }, {}],
    ['divert', { verdict: 'divert', score: 0.9 }, {}],
    ['unfamiliar picture', { familiar: false }, {}],
    ['failed, whatever it says', { failed: true }, {}],
    ['high risk', {}, { highRisk: true }],
    ['not as declared', {}, { matched: 'red' }],
    ['nothing to compare the declaration with', {}, { matched: 'amber' }],
    ['projected', {}, { isTip: true }],
  ]
  for (const [why, finding, origin] of table) assert.equal(noted(finding, origin).status, 'first-reading', why)
  assert.equal(noted({}, {}, facts('s', { setting: { ...setting, autoClear: false } })).status, 'first-reading', 'stopped by one setting')
})

test('how a picture compares with the declaration is noted in every state that something follows from; red calls back what had passed', () => {
  const note = (level: 'green' | 'amber' | 'red'): CaseCommand => ({ name: 'note-match', matchId: 'm1', level })
  for (const status of ['awaiting-ai', 'auto-cleared', 'first-reading', 'second-reading', 'adjudication', 'decided'] as const)
    for (const level of ['green', 'amber', 'red'] as const) {
      const c = after(made({ status }), note(level))
      assert.deepEqual([c.matched, c.status], [level, status === 'auto-cleared' && level === 'red' ? 'first-reading' : status], `${status}, ${level}`)
    }
  for (const status of ['opened', 'closed'] as const)
    assert.deepEqual(refusal(made({ status }), note('red')), ['inspection.not_possible_now'], status)
  const cleared = after(after(noted(), note('red')), says('clear'))
  assert.deepEqual([cleared.status, cleared.decision?.outcome], ['decided', 'clear'], 'cleared by its reader, and opened all the same')
})

test('the lot sends a share of every outcome to a blind second reader', () => {
  const drawn = { lots: { recheck: 0.049, open: 0.99 } }
  const alone = noted({}, {}, facts('s', drawn))
  assert.deepEqual([alone.status, alone.recheck], ['second-reading', 'random'])
  for (const said of ['clear', 'suspect'] as const) {
    const c = after(noted({ verdict: 'review' }), says(said), facts('p1', drawn))
    assert.deepEqual([c.status, c.recheck], ['second-reading', 'random'], said)
    assert.equal(
      after(noted({ verdict: 'review' }), says(said), facts('p1', { lots: { recheck: 0.05, open: 0.99 } })).status,
      said === 'clear' ? 'closed' : 'decided',
    )
  }
})

test('every conflict of machine and person is read again; an unsure machine is no opinion', () => {
  const conflicts: [Partial<AiRead>, 'clear' | 'suspect', string][] = [
    [{ verdict: 'divert' }, 'clear', 'second-reading'],
    [{ verdict: 'divert' }, 'suspect', 'decided'],
    [{ score: 0.5 }, 'suspect', 'second-reading'],
    [{ score: 0.5 }, 'clear', 'closed'],
    [{ verdict: 'review' }, 'suspect', 'decided'],
    [{ verdict: 'review' }, 'clear', 'closed'],
    [{ verdict: 'divert', failed: true }, 'clear', 'closed'],
    [{ verdict: 'divert', familiar: false }, 'clear', 'closed'],
  ]
  for (const [finding, said, status] of conflicts) assert.equal(after(noted(finding), says(said)).status, status, JSON.stringify([finding, said]))
})

test('two who agree decide; two who differ call a third; nobody comes twice, nor whoever took the picture', () => {
  const second = after(noted({ verdict: 'divert' }), says('clear'), facts('p1'))
  assert.deepEqual(refusal(second, says('clear'), facts('p1')), ['inspection.own_reading'])
  assert.deepEqual(refusal(second, says('clear'), facts('op')), ['inspection.own_image'])
  const agreed = after(second, says('clear'), facts('p2'))
  assert.deepEqual([agreed.status, agreed.decision?.outcome, agreed.decision?.by], ['closed', 'clear', 'readers'])
  const third = after(second, says('suspect'), facts('p2'))
  assert.equal(third.status, 'adjudication')
  for (const p of ['p1', 'p2'])
    assert.deepEqual(refusal(third, { ...says('suspect'), name: 'adjudicate' } as CaseCommand, facts(p)), ['inspection.own_reading'])
  const decidedCase = after(third, { ...says('suspect'), name: 'adjudicate' } as CaseCommand, facts('p3'))
  assert.deepEqual(
    [decidedCase.status, decidedCase.decision?.outcome, decidedCase.decision?.by, decidedCase.readings.length],
    ['decided', 'suspect', 'adjudicator', 3],
  )
  // A sample of what the machine cleared is held against the machine.
  const sample = noted({}, {}, facts('s', { lots: { recheck: 0, open: 0.99 } }))
  assert.equal(after(sample, says('suspect'), facts('p1')).status, 'adjudication')
  assert.equal(after(sample, says('clear'), facts('p1')).status, 'closed')
})

test('the opened bag is the truth; a cleared one is opened when the lot says so', () => {
  const suspect = after(noted({ verdict: 'divert' }), says('suspect'))
  const opened = after(suspect, { name: 'open', found: ['gun', 'gun'], remarks: 'loaded' }, facts('bench'))
  assert.deepEqual([opened.status, opened.opening?.found], ['opened', ['gun']])
  assert.equal(after(opened, { name: 'close' }).status, 'closed')
  const sampled = after(noted({ verdict: 'review' }), says('clear'), facts('p1', { lots: { recheck: 0.99, open: 0.009 } }))
  assert.deepEqual([sampled.status, sampled.sampled], ['decided', true])
  assert.deepEqual(after(sampled, { name: 'open', found: [], remarks: '' }).opening?.found, [])
  assert.equal(after(noted(), { name: 'recall', reason: 'tip from the airline' }).status, 'first-reading')
})

test('a projected picture is answered and over: hit, miss, false alarm, correct reject, and nothing else', () => {
  const projected = noted({ verdict: 'divert' }, { isTip: true, column: 'tip' })
  const answers: [boolean, 'clear' | 'suspect', string][] = [
    [true, 'suspect', 'hit'],
    [true, 'clear', 'miss'],
    [false, 'suspect', 'false-alarm'],
    [false, 'clear', 'correct-reject'],
  ]
  for (const [threat, said, answer] of answers) {
    // Neither conflict nor lot sends it to anybody else, and no decision stands in it.
    const done = after(projected, says(said), facts('p1', { tip: { category: 'gun', threat }, lots: { recheck: 0, open: 0 } }))
    assert.deepEqual([done.status, done.tip?.answer, done.decision, done.opening], ['closed', answer, null, null])
  }
  assert.deepEqual(refusal({ ...projected, status: 'decided' }, { name: 'open', found: ['gun'], remarks: '' }), ['inspection.tip_has_no_effect'])
  assert.deepEqual(refusal(projected, says('clear')), ['inspection.tip_unknown'])
})

test('what the table does not list is refused in every state, and so is whoever lacks the permission', () => {
  const commands: CaseCommand[] = [
    { name: 'note-finding', ai: ai() },
    says('clear'),
    { ...says('clear'), name: 'adjudicate' } as CaseCommand,
    { name: 'open', found: [], remarks: '' },
    { name: 'recall', reason: 'because' },
    { name: 'close' },
  ]
  for (const status of caseStatuses)
    for (const command of commands) {
      const listed = caseTransitions[status][command.name]
      const c = made({ status })
      if (!listed) assert.deepEqual(refusal(c, command), ['inspection.not_possible_now'], `${status} ${command.name}`)
      else if (listed.by === 'officer') assert.deepEqual(refusal(c, command, facts('p1', { by: by('p1', new Set()) })), ['access.denied'])
      if (listed) assert.ok(listed.next.includes(after(c, command, facts('p9', { by: by('p9') })).status), `${status} ${command.name}`)
    }
  assert.deepEqual(refusal(noted({ verdict: 'divert' }), { ...says('suspect'), classes: [] } as CaseCommand), ['inspection.class_missing'])
  assert.deepEqual(refusal(noted(), { name: 'recall', reason: ' ' }), ['inspection.reason_missing'])
})
