import assert from 'node:assert/strict'
import { test } from 'node:test'
import { blank } from './protocols/codec.ts'
import { contentOf, recordOf, type Stored, storedText } from './record-text.ts'
import type { SealRecord } from './schema/record.ts'

const record: SealRecord = {
  ...blank('jt701', '8000620011'),
  origin: 'alarm',
  serial: 7,
  eventTime: '2026-11-25T12:00:00.000Z',
  valid: true,
  lat: -0.5,
  lon: 1e-7,
  charging: false,
  sealState: { locked: true, ropeInserted: null, ropeCut: false, backCover: 'open', motorStuck: null },
  alarms: ['ROPE_CUT'],
  raw: { dataType: 2, statusHex: '20e8', text: 'a "quoted"\tname\\' },
}
const stored = (r: SealRecord): Stored => JSON.parse(storedText(r, contentOf(r))) as Stored

test('a record comes back from what is stored of it, whatever it tells', () => {
  const table: SealRecord[] = [
    record,
    blank('gt06', null),
    { ...record, serial: null, raw: {} },
    { ...record, raw: { cached: true } },
    { ...record, subLocks: [{ id: '1', locked: null, voltageV: 3.6, batteryPct: null, rssiDbm: -70, events: ['cut'], eventTime: null }] },
  ]
  for (const one of table) {
    assert.deepEqual(recordOf(stored(one)), one)
    assert.equal(contentOf(recordOf(stored(one))), contentOf(one))
  }
})

test('copies have one content: neither data type nor serial nor the order of fields is part of it', () => {
  const content = contentOf(record)
  const { raw, ...others } = record
  const same: SealRecord[] = [
    { ...record, origin: 'replay', serial: 200 },
    { ...record, raw: { ...raw, dataType: 3, source: 'buffer' } },
    { raw, ...others },
  ]
  for (const one of same) assert.equal(contentOf(one), content)
  const other: Partial<SealRecord>[] = [{ lat: 1.5 }, { charging: null }, { clockSuspect: true }, { alarms: [] }, { raw: { statusHex: '20e8' } }]
  for (const one of other) assert.notEqual(contentOf({ ...record, ...one }), content)
})

test('a number that JSON does not know becomes null and breaks nothing', () => {
  assert.equal(stored({ ...record, speedKph: Number.NaN }).speedKph, null)
})
