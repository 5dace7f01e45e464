import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { adviseOrigin, rulesFor, type Stated } from './advise.ts'
import { shippedSchemes } from './demo.ts'
import { readAlternatives, readCondition, readSchemes } from './text.ts'

const areas: Record<string, string[]> = { '3030': ['DE', 'FR'], '3010': ['MA'], '3020': ['BR'], '2005': ['BD', 'ID'] }
const territory = { home: 'XV', members: (area: string) => areas[area] ?? [] }
const schemes = shippedSchemes()
const eur = schemes.find((s) => s.id === 'EUR')!
const asked = (change: Partial<Stated>): Stated => ({ code: '85287200', origin: 'DE', date: '2026-06-01', proofs: [], ...change })
const only = (change: Partial<Stated>) => {
  const [advice, ...more] = adviseOrigin(schemes, asked(change), territory)
  assert.equal(more.length, 0)
  return advice!
}

test('a condition is read as it is written, and nothing else is one', () => {
  assert.deepEqual(readCondition('CTH except 0801,0802'), { kind: 'CTH', except: ['0801', '0802'] })
  assert.deepEqual(readCondition('MAXWEIGHT 40 of 17'), { kind: 'MAXWEIGHT', percent: '40', of: ['17'] })
  assert.deepEqual(readAlternatives('CTH and MAXNOM 40 or RVC 50'), [
    [{ kind: 'CTH' }, { kind: 'MAXNOM', percent: '40' }],
    [{ kind: 'RVC', percent: '50' }],
  ])
  for (const text of [
    '',
    'CT',
    'WO now',
    'MAXNOM',
    'MAXNOM 101',
    'MAXNOM -1',
    'MAXNOM 40 of',
    'CTH except',
    'CTH except x',
    'PROCESS',
    'PROCESS a b',
    'RVC 4 0',
  ])
    assert.equal(readCondition(text), undefined, text)
})

test('text that is none never throws and says its line', () => {
  fc.assert(
    fc.property(fc.array(fc.oneof(fc.string(), fc.constantFrom('scheme\tX\tY', 'rule\t01\tWO', 'rule\t01-99\tCTH or', '# x', ''))), (lines) => {
      const read = readSchemes(lines.join('\n'), 'XV')
      if (!read.ok) assert.ok(read.issues.every((i) => Number(i.params!['line']) >= 1))
    }),
    { numRuns: 300 },
  )
})

test('every rule that ships is of a range, and every chapter but two has one in each scheme', () => {
  for (const s of schemes)
    for (let chapter = 1; chapter <= 97; chapter++) {
      const code = String(chapter).padStart(2, '0')
      if (['77', '93', '98'].includes(code) && s.id === 'EUR') continue
      assert.ok(rulesFor(s, `${code}010000`).length > 0 || rulesFor(s, `${code}990000`).length > 0, `${s.id} ${code}`)
    }
})

test('the narrowest range holds; several rules of one range differ by their subdivision', () => {
  assert.deepEqual(
    rulesFor(eur, '85287200').map((r) => r.from),
    ['8528'],
  )
  assert.deepEqual(
    rulesFor(eur, '62034200').map((r) => r.subdivision),
    ['of woven fabric', 'embroidered'],
  )
  assert.deepEqual(rulesFor(eur, '93010000'), [])
})

test('a change of heading: what stays in its heading misses it, partners’ materials do not count, the tolerance forgives a little', () => {
  const tube = { code: '852990', origin: 'CN', value: '30' }
  const radio = { code: '852872', origin: 'CN', value: '60' }
  assert.equal(only({ materials: [{ code: '854231', origin: 'CN', value: '80' }] }).verdict, 'met')
  // 8529 is excepted, and a fifth is more than 45 % together with the set
  const missed = only({ materials: [tube, radio], exWorks: '100' })
  assert.equal(missed.verdict, 'not-met')
  assert.deepEqual(missed.rules[0]!.alternatives[0]!.conditions[0]!.missed, [0, 1])
  assert.equal(missed.rules[0]!.alternatives[1]!.conditions[0]!.reached, '90')
  assert.equal(only({ materials: [tube, { ...radio, origin: 'MA' }], exWorks: '100' }).verdict, 'met', 'diagonal: 30 % is within 45 %')
  const forgiven = only({
    materials: [
      { ...radio, value: '9' },
      { code: '854231', origin: 'CN', value: '50' },
    ],
    exWorks: '100',
  })
  assert.deepEqual(forgiven.rules[0]!.alternatives[0]!.conditions[0]!.tolerated, [0])
  assert.equal(forgiven.verdict, 'met')
})

test('wholly obtained, weight, value added and processes; what is not told is not known', () => {
  assert.equal(only({ code: '08051000', materials: [] }).verdict, 'met')
  assert.equal(only({ code: '08051000', materials: [{ code: '080510', origin: 'CN' }] }).verdict, 'not-met')
  const sugar = (massKg: string) =>
    only({ code: '17049000', materials: [{ code: '1701', origin: 'CU', massKg, value: '1' }], netMassKg: '100' }).verdict
  assert.equal(sugar('40'), 'met')
  assert.equal(sugar('41'), 'not-met')
  const car = (value: string) => only({ code: '87032100', materials: [{ code: '8708', origin: 'CN', value }], exWorks: '100' }).verdict
  assert.equal(car('45'), 'met')
  assert.equal(car('46'), 'not-met')
  assert.equal(only({ code: '87032100', materials: [{ code: '8708', origin: 'CN', value: '10' }] }).verdict, 'unknown')
  assert.equal(only({}).verdict, 'unknown')
  assert.equal(only({ code: '61091000', processes: ['knitting', 'making-up'] }).verdict, 'met')
  assert.equal(only({ code: '61091000', processes: ['making-up'] }).verdict, 'not-met')
  assert.equal(only({ code: '61091000' }).verdict, 'unknown')
})

test('textiles know no tolerance', () => {
  const gsp = adviseOrigin(
    schemes,
    asked({ code: '64039900', origin: 'BD', materials: [{ code: '640391', origin: 'CN', value: '14' }], exWorks: '100' }),
    territory,
  )[0]!
  assert.equal(gsp.verdict, 'met')
  assert.ok(eur.noTolerance.includes('61'))
})

test('a proof counts up to its value; a country without a scheme gets no advice', () => {
  const advice = only({ proofs: ['U045'], value: '6001' })
  assert.deepEqual(
    advice.proofs.map((p) => [p.code, p.held, p.usable]),
    [
      ['N954', false, true],
      ['U110', false, true],
      ['U045', true, false],
    ],
  )
  assert.equal(advice.proofHeld, false)
  assert.equal(only({ proofs: ['U045'], value: '6000' }).proofHeld, true)
  assert.deepEqual(adviseOrigin(schemes, asked({ origin: 'CN' }), territory), [])
  assert.deepEqual(adviseOrigin(schemes, asked({ date: '2019-12-31' }), territory), [])
})
