import assert from 'node:assert/strict'
import { test } from 'node:test'
import { at, corridor } from '../fixtures/trip.ts'
import { expectedArrival } from './arrival.ts'

const armedAt = '2026-06-01T06:00:00.000Z'

test('by a usual pace at first, then by its own, within what a truck does', () => {
  const expected = (time: string, km: number, off = 0) => {
    const { remainingKm, expectedAt } = expectedArrival(corridor, { armedAt, at: `2026-06-01T${time}:00.000Z`, place: at(km, off) })
    return [Math.round(remainingKm), expectedAt.slice(11, 16)]
  }
  // 200 km at 40 km/h
  assert.deepEqual(expected('06:00', 0), [200, '11:00'])
  assert.deepEqual(expected('06:10', 10), [190, '10:55'])
  // an hour for 60 km
  assert.deepEqual(expected('07:00', 60), [140, '09:20'])
  assert.deepEqual(expected('07:00', 60, 0.4), [140, '09:20'], 'a little beside the line')
  // ten hours for 60 km: it will go on at 20 km/h at least
  assert.deepEqual(expected('16:00', 60), [140, '23:00'])
  assert.deepEqual(expected('09:00', 200), [0, '09:00'])
})
