import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Hit, Score, SelectionFacts } from './schema.ts'
import { select } from './selection.ts'
import { lots } from './service/selector.ts'

const hit = (change: Partial<Hit> = {}): Hit => ({
  profile: 'P',
  version: 1,
  hash: '0'.repeat(64),
  name: 'P',
  agency: 'XV1',
  secrecy: 'internal',
  lane: 'yellow',
  control: 'documentary',
  blocking: true,
  mandatory: false,
  percent: 100,
  maxRun: null,
  instruction: 'Look at the invoice.',
  draw: 0.5,
  run: 0,
  hitRate: null,
  ...change,
})
const score = (rank: number, probability = 0.3): Score => ({ model: 'm', item: 1, margin: 0, probability, rank, raises: [], lowers: [] })
type Change = Omit<Partial<SelectionFacts>, 'setting' | 'counters'> & {
  setting?: Partial<SelectionFacts['setting']>
  counters?: Partial<SelectionFacts['counters']>
}
const facts = (hits: Hit[], change: Change = {}): SelectionFacts => ({
  engine: 2,
  snapshot: { declaration: {}, items: [] },
  hits,
  isolated: [],
  tickets: { random: 0.5, fill: 0.5 },
  key: 'k',
  trusted: false,
  score: null,
  shadow: null,
  ...change,
  setting: {
    administration: 'XV',
    office: '',
    minimumRandomRate: 0.03,
    explorationShare: 0,
    expectedRate: { red: 0, yellow: 0, blue: 0 },
    capacityMinutes: null,
    documentaryMinutes: 20,
    physicalMinutes: 90,
    trustedFactor: 0.5,
    version: 1,
    ...change.setting,
  },
  counters: { registered: 1000, red: 0, yellow: 0, blue: 0, minutesToday: 0, ...change.counters },
})
const lane = (f: SelectionFacts): string => `${select(f).lane} ${select(f).chosenBy}`

test('the strongest lane of the hits that select; each kind of control opens once, with what to look at', () => {
  const s = select(facts([hit(), hit({ profile: 'Q', lane: 'red', control: 'both', blocking: false, instruction: 'Count.' })]))
  assert.deepEqual([s.lane, s.chosenBy, s.selecting, s.minutes], ['red', 'criterion', ['P', 'Q'], 110])
  assert.deepEqual(
    s.controls.map((k) => [k.kind, k.blocking, k.reasons.map((r) => r.params?.['instruction'])]),
    [
      ['documentary', true, ['Look at the invoice.', 'Count.']],
      ['physical', false, ['Count.']],
    ],
  )
})

test('a percentage selects by its lot, a longest run without one selects the next, what is mandatory always selects', () => {
  assert.equal(lane(facts([hit({ percent: 50 })])), 'green nothing')
  assert.equal(lane(facts([hit({ percent: 51 })])), 'yellow criterion')
  assert.equal(lane(facts([hit({ percent: 0, maxRun: 5, run: 4 })])), 'green nothing')
  assert.equal(lane(facts([hit({ percent: 0, maxRun: 5, run: 5 })])), 'yellow criterion')
  assert.equal(lane(facts([hit({ percent: 0, mandatory: true })])), 'yellow mandatory')
  assert.deepEqual(select(facts([hit({ percent: 50 })])).unselected, ['P'])
})

test('chance selects what nothing else did; trust makes it rarer, never less than a quarter; criteria bind everybody', () => {
  const at = (random: number, change: Change = {}) => lane(facts([], { tickets: { random, fill: 0.5 }, ...change }))
  assert.deepEqual([at(0.029), at(0.031)], ['yellow random', 'green nothing'])
  assert.deepEqual([at(0.02, { trusted: true }), at(0.014, { trusted: true })], ['green nothing', 'yellow random'])
  assert.equal(lane(facts([hit()], { trusted: true })), 'yellow criterion')
  // an exploration of a tenth of an expected rate of 40 % takes the place of a lower minimum, each lane its part
  const exploring = { setting: { explorationShare: 0.1, expectedRate: { red: 0.1, yellow: 0.3, blue: 0 } }, counters: { red: 1000, yellow: 1000 } }
  assert.deepEqual([at(0.009, exploring), at(0.039, exploring), at(0.041, exploring)], ['red random', 'yellow random', 'green nothing'])
})

test('below the expected rate the best ranked fill it, red first, a lag is caught up; without a model chance does', () => {
  const expected = { setting: { minimumRandomRate: 0, expectedRate: { red: 0.05, yellow: 0.1, blue: 0 } } }
  const at = (rank: number, red: number, yellow: number) => lane(facts([], { ...expected, counters: { red, yellow }, score: score(rank) }))
  assert.deepEqual([at(0.95, 0, 0), at(0.85, 0, 0), at(0.6, 0, 0)], ['red fill', 'yellow fill', 'green nothing'])
  assert.deepEqual([at(0.95, 50, 0), at(0.99, 50, 100)], ['yellow fill', 'green nothing'])
  assert.equal(lane(facts([], { ...expected, tickets: { random: 0.5, fill: 0.05 } })), 'red fill')
  assert.equal(lane(facts([], { ...expected, tickets: { random: 0.5, fill: 0.4 } })), 'green nothing')
})

test('beyond the day’s minutes selections are demoted and written down, but neither mandatory nor random ones', () => {
  const full = { setting: { capacityMinutes: 1000 }, counters: { minutesToday: 990 } }
  const s = select(facts([hit()], full))
  assert.deepEqual([s.lane, s.controls, s.minutes], ['blue', [], 0])
  assert.deepEqual(s.demotions, [{ from: 'yellow', to: 'blue', minutes: 20, valuePerMinute: 0.1 / 20, reason: 'capacity' }])
  assert.equal(s.propensity, 0.03, 'only chance would examine it now')
  assert.equal(select(facts([hit({ mandatory: true })], full)).lane, 'yellow')
  assert.equal(lane(facts([], { ...full, tickets: { random: 0.01, fill: 0.5 } })), 'yellow random')
  const scarce = { setting: { capacityMinutes: 1000 }, counters: { minutesToday: 850 } }
  assert.equal(select(facts([hit({ hitRate: 0.02 })], scarce)).demotions[0]?.reason, 'below-floor')
  assert.equal(select(facts([hit({ hitRate: 0.5 })], scarce)).lane, 'yellow')
})

test('propensities: what each had of being examined, so that results can be weighed', () => {
  const near = (hits: Hit[], expected: number, change: Change = {}): void =>
    assert.ok(Math.abs(select(facts(hits, change)).propensity - expected) < 1e-9, `${select(facts(hits, change)).propensity} and not ${expected}`)
  near([], 0.03)
  near([hit()], 1)
  near([hit({ percent: 20 })], 1 - 0.8 * 0.97)
  near([hit({ percent: 20 }), hit({ percent: 50 })], 1 - 0.8 * 0.5 * 0.97)
  near([hit({ control: 'none', lane: 'blue' })], 0.03)
  near([], 0.15, { trusted: true, setting: { minimumRandomRate: 0.3 } })
})

test('no reason tells an officer whether it was chance: the same words as for criteria that are kept back', () => {
  const random = select(facts([], { tickets: { random: 0, fill: 0.5 } }))
  const kept = select(facts([hit({ secrecy: 'restricted' })]))
  assert.deepEqual([random.controls, random.reasons], [kept.controls, kept.reasons])
  assert.doesNotMatch(JSON.stringify([select(facts([hit()])).reasons, select(facts([hit()])).controls]), /"P"|random/)
})

test('lots: the same consignment draws the same, another key draws others, and they spread evenly', () => {
  const draw = (secret: string, n: number): number => lots(Buffer.alloc(32, secret), `consignment ${n}`)('random')
  assert.equal(draw('a', 1), draw('a', 1))
  assert.notEqual(draw('a', 1), draw('b', 1))
  const below = Array.from({ length: 4000 }, (_, n) => draw('a', n)).filter((u) => u < 0.1).length
  assert.ok(below > 320 && below < 480, String(below))
})
