import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import fc from 'fast-check'
import { Check } from 'typebox/value'
import { Expression, type Component } from '../schema/expression.ts'
import { expressionOf, taricComponents } from './components.ts'
import { plainPercent, printExpression } from './print.ts'
import { parseExpression, readTaric } from './taric.ts'
import { treeOf } from './tree.ts'
import { allUnits, isUnit, measureOf, printUnit, readUnit } from './units.ts'

const percent = (value: string, op: Component['op'] = 'first'): Component => ({ op, kind: 'percent', value })
const specific = (value: string, currency: string, unit: string, op: Component['op'] = 'first'): Component => ({
  op,
  kind: 'specific',
  value,
  currency,
  unit,
})
const meursing = (symbol: Component['symbol'], op: Component['op'] = '+'): Component => ({ op, kind: 'meursing', symbol })

const readable: [text: string, expected: Component[]][] = [
  ['5.2%', [percent('5.2')]],
  ['14.40 %', [percent('14.40')]],
  ['free', [percent('0')]],
  ['NIHIL', [{ op: 'first', kind: 'nil' }]],
  ['10% + 5.00 GBP / DTN', [percent('10'), specific('5.00', 'GBP', 'DTN', '+')]],
  ['4.5 % MIN 22.5 EUR / 100 kg', [percent('4.5'), specific('22.5', 'EUR', 'DTN', 'MIN')]],
  ['8.3% + 30.00 VRC / DTN MAX 18.7%', [percent('8.3'), specific('30.00', 'VRC', 'DTN', '+'), percent('18.7', 'MAX')]],
  ['8.30% + EA MAX 18.70% +ADSZ', [percent('8.30'), meursing('EA'), percent('18.70', 'MAX'), meursing('ADSZ')]],
  ['0 % + ACR MIN FDR', [percent('0'), meursing('ACR'), meursing('FDR', 'MIN')]],
  ['12%-1.5 EUR / hl', [percent('12'), specific('1.5', 'EUR', 'HLT', '-')]],
  ['12 % – 1.5 EUR / hl', [percent('12'), specific('1.5', 'EUR', 'HLT', '-')]],
  ['0.60 VRC / ASVX + 3.20 VRC / HLT', [specific('0.60', 'VRC', 'ASVX'), specific('3.20', 'VRC', 'HLT', '+')]],
  ['0.30 EUR / 100 kg/net/%sacchar.', [specific('0.30', 'EUR', 'DTNZ')]],
  ['2 EUR / 100 kg/net eda', [specific('2', 'EUR', 'DTNE')]],
  ['9 EUR / 1,000 m³', [specific('9', 'EUR', 'MTQC')]],
  ['16.6 GBP / 1,000 items', [specific('16.6', 'GBP', 'MIL')]],
  ['16.5 % of retail price MIN 3 GBP / 1 000 p/st', [{ op: 'first', kind: 'retail', value: '16.5' }, specific('3', 'GBP', 'MIL', 'MIN')]],
  ['€ 1 234.50 / tonne', [specific('1234.50', 'EUR', 'TNE')]],
  ['£1,234.50 / tonne', [specific('1234.50', 'GBP', 'TNE')]],
  ['12.800 % + 176.800 EUR DTN G', [percent('12.800'), specific('176.800', 'EUR', 'DTNG', '+')]],
  ['1 GBP for each litre of pure alcohol, multiplied by the SPR discount', [specific('1', 'GBP', 'SPQ')]],
  ['2 EUR / TNE/I', [specific('2', 'EUR', 'TNEI')]],
  ['3,5 EUR / kg', [specific('3.5', 'EUR', 'KGM')]],
  ['0,125 EUR / kg', [specific('0.125', 'EUR', 'KGM')]],
  ['442 GBP', [{ op: 'first', kind: 'specific', value: '442', currency: 'GBP' }]],
  ['p/st', [{ op: 'first', kind: 'unit', unit: 'NAR' }]],
  ['l alc. 100%', [{ op: 'first', kind: 'unit', unit: 'LPA' }]],
]
const unreadable = [
  '',
  'see annex 7',
  '10% + 5/100 kg MAX 20%',
  '10% + ',
  '5.2',
  '10% OR 20%',
  '1 EUR / smidgen',
  '1 EUR / XYZ',
  '+ 5%',
  '10 %% ',
  '-5%',
  '5% - EA',
  'free + 5%',
  'p/st + 5%',
  'MIN',
  '10% MIN MAX 5%',
  '1,234 EUR / kg',
  '5 % / kg',
  '1e3 %',
  '５ apples',
  '10% + + 5%',
  '1.2.3%',
  '2MAX',
  '5 KGM',
  '5 EUR XYZ',
  '5 EUR DTN Q',
]

describe('duty expressions of TARIC', () => {
  for (const [text, expected] of readable) test(`reads ${text}`, () => assert.deepEqual(parseExpression(text), expected))
  for (const text of unreadable)
    test(`keeps “${text}” for an officer`, () => assert.deepEqual(parseExpression(text), [{ op: 'first', kind: 'text', text: text.trim() }]))
  for (const [text] of readable)
    test(`what it prints of ${text} reads the same`, () =>
      assert.deepEqual(parseExpression(printExpression(parseExpression(text))), parseExpression(text)))
  test('a piece begins with its operator, where pieces are asked for', () => {
    assert.deepEqual(readTaric('MAX 1.00%', true), [percent('1.00', 'MAX')])
    assert.equal(readTaric('MAX 1.00%'), undefined)
  })
  test('a mere percentage is told from others', () =>
    assert.deepEqual(
      [plainPercent(parseExpression('5%')), plainPercent(parseExpression('5% + 1 EUR / kg')), plainPercent(parseExpression('NIHIL'))],
      ['5', undefined, '0'],
    ))
  test('the last MIN or MAX divides; plus and minus bind to their own side', () => {
    const side = (value: string, add: string) => ({
      is: 'add',
      left: { is: 'percent', value },
      right: { is: 'specific', value: add, currency: 'EUR', unit: 'DTN' },
    })
    assert.deepEqual(treeOf(parseExpression('10% + 5 EUR / 100 kg MAX 20% + 2 EUR / 100 kg')), {
      is: 'atMost',
      left: side('10', '5'),
      right: side('20', '2'),
    })
    assert.deepEqual(treeOf(parseExpression('1% MIN 2% MAX 3%')), {
      is: 'atMost',
      left: { is: 'atLeast', left: { is: 'percent', value: '1' }, right: { is: 'percent', value: '2' } },
      right: { is: 'percent', value: '3' },
    })
  })
})

describe('components of TARIC’s data', () => {
  test('a second and third plus have ids of their own', () =>
    assert.deepEqual(
      taricComponents(parseExpression('1% + 1 EUR / kg + 2 EUR / l + 3 EUR / m - 1% - 2%')).map((c) => c.duty_expression_id),
      ['01', '04', '19', '20', '02', '36'],
    ))
  for (const [text, expected] of readable.filter(([, e]) => e.every((c) => c.kind !== 'meursing')))
    test(`there and back: ${text}`, () => {
      const given = taricComponents(expected).map((c) => ({ ...c, id: c.duty_expression_id, amount: c.amount === null ? null : String(c.amount) }))
      const bare = expected.map((c) => (c.value === undefined ? c : { ...c, value: String(Number(c.value)) }))
      assert.deepEqual(expressionOf(given), bare)
    })
  test('what is no component is none', () => {
    assert.equal(expressionOf([{ id: '01', amount: '5', unit: 'DTN' }]), undefined)
    assert.equal(
      expressionOf([
        { id: '77', amount: '5' },
        { id: '98', amount: '5' },
      ]),
      undefined,
    )
    assert.equal(expressionOf([{ id: '01', amount: '5', currency: 'EUR', unit: 'XYZ' }]), undefined)
    assert.equal(expressionOf([]), undefined)
  })
})

describe('units', () => {
  const qualified = allUnits.flatMap((code) => ['', ...'ACEFGIJKLMPRSTZ'].map((q) => code + q)).filter(isUnit)
  test('what is printed of every unit, with every qualifier, reads as that unit', () =>
    assert.deepEqual(
      qualified.filter((code) => readUnit(printUnit(code)) !== code && measureOf(readUnit(printUnit(code)) ?? '').factor !== measureOf(code).factor),
      [],
    ))
  test('their measures', () =>
    assert.deepEqual(['DTN', 'TNEE', 'MTQC', 'NARC', 'ASV', 'XYZ'].map(measureOf), [
      { base: 'KGM', factor: '100' },
      { base: 'KGME', factor: '1000' },
      { base: 'LTR', factor: '1000000' },
      { base: 'NAR', factor: '1000' },
      { base: 'ASV', factor: '1' },
      { base: 'XYZ', factor: '1' },
    ]))
})

describe('whatever is typed', () => {
  const piece = fc.oneof(
    fc.constantFrom(
      '+',
      '-',
      'MIN',
      'MAX',
      '%',
      '/',
      ' ',
      'EUR',
      'GBP',
      '100 kg',
      'EA',
      'ADSZR',
      'Retail Price',
      'p/st',
      '% vol/hl',
      'DTNZ',
      '.',
      ',',
      '$',
      '１',
      '²',
      'free',
      'NIHIL',
    ),
    fc.double({ min: 0, max: 1e6, noNaN: true }).map(String),
    fc.string({ maxLength: 6, unit: 'grapheme' }),
  )
  const texts = fc.oneof(
    fc.string({ maxLength: 600, unit: 'binary' }),
    fc.array(piece, { maxLength: 14 }).map((p) => p.join(' ')),
    fc.array(piece, { maxLength: 14 }).map((p) => p.join('')),
  )
  test('nothing throws, everything is an expression that may be stored, and what is read is printed back', () =>
    fc.assert(
      fc.property(texts, (text) => {
        const read = parseExpression(text)
        assert.ok(Check(Expression, read), JSON.stringify(read))
        treeOf(read)
        if (read[0]!.kind !== 'text') assert.deepEqual(parseExpression(printExpression(read)), read)
      }),
      { numRuns: 3000 },
    ))
  test('a letter too many in a number or a unit is never read over', () =>
    fc.assert(
      fc.property(fc.constantFrom(...readable.map(([t]) => t)), fc.nat(60), fc.constantFrom('x', 'q', '#', '?', '§', ';'), (text, at, letter) => {
        const broken = text.slice(0, at) + letter + text.slice(at)
        const read = parseExpression(broken)
        assert.ok(read[0]!.kind === 'text' || (letter === '#' && read.length > 0), broken)
      }),
      { numRuns: 1000 },
    ))
})
