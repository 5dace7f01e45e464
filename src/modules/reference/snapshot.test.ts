import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { demoAdministrations, demoOffices } from './demo/administrations.ts'
import { codeEntries } from './demo/codes.ts'
import { countryEntries, currencyEntries, demoRates } from './demo/places.ts'
import { type Administration, listNames } from './schema.ts'
import { createReference, dayIn } from './snapshot.ts'

const codes = [...countryEntries(), ...currencyEntries(), ...codeEntries()]
const reference = createReference({ version: 7, administrations: [...demoAdministrations], codes, offices: [...demoOffices], rates: demoRates() })
const today = '2026-11-25'

describe('the demo country’s data', () => {
  test('every list has entries, and no code twice at a time', () => {
    for (const list of listNames)
      assert.ok(
        codes.some((c) => c.list === list),
        `no entry in ${list}`,
      )
    const keys = codes.map((c) => `${c.list}/${c.code}/${c.validFrom}`)
    assert.equal(new Set(keys).size, keys.length)
  })

  test('countries and currencies have names in five languages', () => {
    assert.equal(reference.name('country', 'GB', today, 'fr'), 'Royaume-Uni')
    assert.equal(reference.name('currency', 'EUR', today, 'es'), 'euro')
    assert.equal(reference.name('country', 'XV', today, 'zh'), '维拉尼亚')
    assert.equal(reference.name('procedure', '4000', today, 'ar'), reference.name('procedure', '4000', today, 'en'))
    assert.ok(countryEntries().length > 249)
  })

  test('each currency has one rate on every day, never nothing in between', () => {
    for (const administration of ['XV', 'GB'])
      for (const day of ['2020-01-01', '2023-12-31', '2024-01-31', '2024-02-01', today, '2028-12-31']) {
        const currencies = reference.rates(administration, day).map((r) => r.currency)
        assert.equal(new Set(currencies).size, currencies.length)
        assert.ok(currencies.length > 45, `${administration} on ${day}`)
      }
    assert.equal(reference.exchangeRate('XV', 'EUR', '2029-01-01'), undefined)
  })

  test('every office answers for its places of goods', () => {
    for (const office of demoOffices)
      for (const location of office.goodsLocations) assert.equal(reference.officeOfLocation(location, today)?.code, office.code)
    assert.equal(reference.officeName('XV000101'), 'Port Marrin')
    assert.equal(reference.offices({ administration: 'XV', date: today }).length, 5)
  })
})

describe('questions', () => {
  test('listed, not listed, no such register', () => {
    assert.equal(reference.has('procedure', '4000', today, 'XV'), true)
    assert.equal(reference.has('procedure', '9999', today, 'XV'), false)
    assert.equal(reference.has('procedure', '9999', today, 'GB'), undefined)
    assert.equal(reference.goodsLocation('XVAUPMRQUAY1', today, 'XV'), true)
    assert.equal(reference.goodsLocation('XVAUNOWHERE', today, 'XV'), false)
    assert.equal(reference.goodsLocation('GBAULGW', today, 'GB'), undefined)
  })

  test('the own currency is worth one; before an administration there is none', () => {
    assert.equal(reference.exchangeRate('XV', 'VRC', today)?.rate, '1')
    assert.equal(reference.administration('XV', '2019-12-31'), undefined)
    assert.equal(reference.administration('XX', today), undefined)
  })

  test('search: the code itself, then codes that begin so, then words of the meaning, without accents', () => {
    const found = (q: string, list: Parameters<typeof reference.search>[0] = 'country') =>
      reference.search(list, { q, date: today, language: 'en', limit: 5 }).map((c) => c.code)
    assert.equal(found('FR')[0], 'FR')
    assert.deepEqual(found('united king'), ['GB'])
    assert.equal(found('cote')[0], 'CI')
    assert.deepEqual(found('zzzz'), [])
    assert.deepEqual(found('40', 'procedure')[0], '4000')
    assert.equal(reference.search('incoterm', { date: today, limit: 3 }).length, 3)
  })

  test('what is not in force is neither listed nor found', () => {
    const dated = createReference({
      version: 1,
      administrations: [...demoAdministrations],
      offices: [],
      rates: [],
      codes: [
        { list: 'unit', code: 'OLD', names: { en: 'old' }, validFrom: '2020-01-01', validTo: '2022-01-01' },
        { list: 'unit', code: 'OLD', names: { en: 'renewed' }, validFrom: '2023-01-01' },
      ],
    })
    assert.deepEqual(
      ['2021-12-31', '2022-01-01', '2023-01-01'].map((d) => dated.has('unit', 'OLD', d, 'XV')),
      [true, false, true],
    )
    assert.deepEqual(
      ['2021-12-31', '2022-06-01', '2024-01-01'].map((d) => dated.name('unit', 'OLD', d)),
      ['old', undefined, 'renewed'],
    )
    assert.deepEqual(dated.search('unit', { q: 'old', date: '2022-06-01', limit: 5 }), [])
  })
})

test('a code file that cannot be read says where', () => {
  assert.throws(() => codeEntries('[unit]\nKGM\n'), /line 2/)
  assert.throws(() => codeEntries('KGM\tKilogram\n'), /line 1/)
  assert.throws(() => codeEntries('[nothing]\n'), /no list nothing/)
})

test('the day of an administration begins at its own midnight', () => {
  const table: [string | undefined, string, string][] = [
    ['Africa/Nairobi', '2026-11-25T20:59:59.999Z', '2026-11-25'],
    ['Africa/Nairobi', '2026-11-25T21:00:00.000Z', '2026-11-26'],
    ['America/Bogota', '2026-11-26T04:59:00.000Z', '2026-11-25'],
    [undefined, '2026-11-25T23:59:59.999Z', '2026-11-25'],
  ]
  for (const [timeZone, at, day] of table)
    assert.equal(dayIn({ administration: () => (timeZone ? ({ timeZone } as Administration) : undefined) }, 'XV', at), day)
})
