import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { ImageCase } from '../schema/case.ts'
import { type Line, lines } from '../schema/sorting.ts'
import { type BeltState, command, putTray, restart, run, stillBelt } from './conveyor.ts'
import { lineOf, needsBench } from './line.ts'
import { beltTopics, divertTopic, readDivert, readMessage, spokenBy } from './topics.ts'

const at = '2026-06-01T06:00:00.000Z'
const bytes = (value: unknown): Uint8Array => new TextEncoder().encode(JSON.stringify(value))
const tray = (id: string) => ({ id, item: 'bag' as const, bag: `B${id}`, movement: 'XV101', owner: null })

test('a tray goes where it was told, and to the bench when it was told nothing', () => {
  let belt = ['a', 'b', 'c'].reduce<BeltState>((b, id) => putTray(b, tray(id), 1000), stillBelt)
  const told = command(belt, 'a', 'c1', 'clear')
  assert.equal(told.acknowledged, 'clear')
  belt = command(told.belt, 'b', 'c2', 'not-matched').belt
  assert.deepEqual(run(belt, 999).passes, [])
  assert.deepEqual(
    run(belt, 1000).passes.map((p) => [p.trayId, p.line]),
    [
      ['a', 'clear'],
      ['b', 'not-matched'],
      ['c', 'contraband'],
    ],
  )
})

test('a command sent again is obeyed once; none changes another or what has passed; an unknown tray acknowledges nothing', () => {
  const told = command(putTray(stillBelt, tray('a'), 1000), 'a', 'c1', 'clear')
  assert.deepEqual(command(told.belt, 'a', 'c1', 'clear'), { belt: told.belt, acknowledged: 'clear' })
  assert.equal(command(told.belt, 'a', 'c2', 'contraband').acknowledged, 'clear')
  const gone = run(told.belt, 1000).belt
  assert.deepEqual(command(gone, 'a', 'c3', 'contraband'), { belt: gone, acknowledged: 'clear' })
  assert.equal(command(gone, 'z', 'c4', 'clear').acknowledged, null)
  // The tray is used again: it is another bag, and waits for a command of its own.
  assert.equal(command(putTray(gone, tray('a'), 1000), 'a', 'c5', 'contraband').acknowledged, 'contraband')
})

test('however commands are lost, repeated and delayed, a tray that was ever told a line goes there, and every other to the bench', () => {
  for (let seed = 1; seed <= 200; seed += 1) {
    let state = seed
    const next = (): number => (state = (state * 1_664_525 + 1_013_904_223) % 2 ** 32) / 2 ** 32
    let belt: BeltState = stillBelt
    const told = new Map<string, Line>()
    const went = new Map<string, Line>()
    for (let n = 0; n < 30; n += 1) {
      const id = `t${n}`
      belt = putTray(belt, tray(id), 500 + next() * 2000)
      const line = lines[Math.floor(next() * 3)]!
      for (let copies = Math.floor(next() * 3); copies > 0; copies -= 1) {
        const answer = command(belt, id, `c${n}`, line)
        belt = answer.belt
        if (answer.acknowledged) told.set(id, answer.acknowledged)
      }
      const step = run(belt, next() * 400)
      belt = step.belt
      for (const p of step.passes) went.set(p.trayId, p.line)
    }
    for (const p of run(belt, 10_000).passes) went.set(p.trayId, p.line)
    for (let n = 0; n < 30; n += 1) assert.equal(went.get(`t${n}`), told.get(`t${n}`) ?? 'contraband', `seed ${seed}, tray ${n}`)
  }
})

test('a belt that stands moves nothing; one that restarts has forgotten its commands and lost no tray', () => {
  const told = command(putTray(stillBelt, tray('a'), 1000), 'a', 'c1', 'clear').belt
  const stopped = run({ ...told, running: false }, 5000)
  assert.deepEqual([stopped.passes.length, stopped.belt.trays.length], [0, 1])
  const again = restart(stopped.belt)
  assert.equal(again.trays[0]!.command, null)
  const resent = command(again, 'a', 'c1', 'clear')
  assert.deepEqual(run(resent.belt, 1000).passes, [{ trayId: 'a', line: 'clear' }])
})

const c = (changes: Partial<ImageCase>): ImageCase =>
  ({ isTip: false, matched: null, status: 'first-reading', decision: null, sampled: false, ai: null, ...changes }) as ImageCase
const decided = (outcome: 'clear' | 'suspect') => ({ outcome, by: 'readers' as const, at })
const ai = (verdict: 'clear' | 'review' | 'divert', failed = false) => ({ verdict, failed }) as ImageCase['ai']

test('where a bag goes follows from its case', () => {
  const table: [string, Partial<ImageCase>, Line | null, boolean][] = [
    ['nobody has looked', { status: 'awaiting-ai' }, null, false],
    ['cleared by the machine', { status: 'auto-cleared', decision: decided('clear'), ai: ai('clear') }, 'clear', false],
    ['diverted by the machine, at once', { ai: ai('divert') }, 'contraband', true],
    ['the machine failed', { ai: ai('divert', true) }, null, false],
    ['the machine is unsure', { ai: ai('review') }, null, false],
    ['cleared by readers', { status: 'closed', decision: decided('clear'), ai: ai('divert') }, 'clear', false],
    ['suspect', { status: 'decided', decision: decided('suspect') }, 'contraband', true],
    ['opened by lot', { status: 'decided', decision: decided('clear'), sampled: true }, 'contraband', true],
    ['not as declared', { ai: ai('clear'), matched: 'red' }, 'not-matched', true],
    ['suspect and not as declared: contraband is the graver', { ai: ai('divert'), matched: 'red' }, 'contraband', true],
    ['cleared by readers and not as declared', { status: 'decided', decision: decided('clear'), matched: 'red' }, 'not-matched', true],
    ['over', { status: 'closed', decision: decided('suspect') }, 'contraband', false],
    ['practice', { isTip: true, ai: ai('divert') }, null, false],
  ]
  for (const [why, changes, line, tagged] of table) assert.deepEqual([lineOf(c(changes)), needsBench(c(changes))], [line, tagged], why)
})

test('messages are read by topic and content; anything else tells nothing', () => {
  const announced = { bag: '0220123456', movement: 'XV101', owner: null, at }
  assert.deepEqual(readMessage(spokenBy.announced('XV000201', 'T001'), bytes(announced)), {
    kind: 'announced',
    office: 'XV000201',
    trayId: 'T001',
    item: 'bag',
    ...announced,
  })
  const parcel = readMessage(spokenBy.announced('XV000201', 'T001'), bytes({ ...announced, kind: 'parcel' }))
  assert.equal(parcel?.kind === 'announced' && parcel.item, 'parcel')
  assert.deepEqual(readMessage(spokenBy.passed('XV000201', 'T001'), bytes({ line: 'clear', at })), {
    kind: 'passed',
    office: 'XV000201',
    trayId: 'T001',
    line: 'clear',
    at,
  })
  assert.equal(readMessage(spokenBy.gateRead('XV000201', 'exit-2'), bytes({ tag: 'E41', at }))?.kind, 'gate-read')
  assert.equal(readMessage(spokenBy.restarted('XV000201'), bytes({ at }))?.kind, 'restarted')
  const divert = divertTopic({ office: 'XV000201', trayId: 'T001' })
  assert.deepEqual(readDivert(divert, bytes({ command: 'c1', line: 'clear' })), { trayId: 'T001', command: 'c1', line: 'clear' })
  for (const [topic, payload] of [
    [spokenBy.passed('XV000201', 'T001'), bytes({ line: 'anywhere', at })],
    [spokenBy.passed('XV000201', 'T001'), new Uint8Array([0xff, 0xfe])],
    ['portcullis/v1/XV000201/belt/../passed', bytes({ line: 'clear', at })],
    ['portcullis/v2/XV000201/belt/T1/passed', bytes({ line: 'clear', at })],
    [divert, bytes({ command: 'c1', line: 'clear' })],
  ] as const)
    assert.equal(readMessage(topic, payload), null, topic)
  assert.equal(beltTopics.length, 5)
})
