import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Check } from 'typebox/value'
import { Corridor } from '#schema/supervision'
import { codeOf, drivingMinutes, emptyCorridor, issuesOf, lengthOf, usualLimit, withCheckpoint, withLine, withStop } from './draft.ts'

const line = [
  { lon: 20, lat: 34 },
  { lon: 21, lat: 34 },
]

test('a drawn corridor is one that the server takes', () => {
  assert.deepEqual(
    issuesOf(emptyCorridor).map((i) => i.path),
    ['/name', '/line'],
  )
  const drawn = withStop(withCheckpoint(withLine({ ...emptyCorridor, id: 'new', name: 'New' }, line), line[0]!, 'Gate'), line[1]!, 'Rest')
  assert.deepEqual(issuesOf(drawn), [])
  assert.ok(Check(Corridor, drawn))
  assert.deepEqual([drawn.origin.at, drawn.destination.at], line)
  assert.notEqual(withCheckpoint(drawn, line[1]!, 'Other').checkpoints[1]!.id, drawn.checkpoints[0]!.id)
})

test('another line takes with it what was measured along the old one', () => {
  const zones = { ...withLine(emptyCorridor, line), deadZones: [{ fromM: 0, toM: 10, longestMin: 5 }] }
  assert.deepEqual(withLine(zones, [...line, { lon: 21, lat: 35 }]).deadZones, [])
})

test('length, time and code', () => {
  assert.ok(Math.abs(lengthOf(line) - 92_180) < 100)
  assert.equal(drivingMinutes({ line, limitKph: 80 }), 93)
  assert.equal(usualLimit({ line, limitKph: 80 }), 150)
  assert.equal(codeOf('Port Marrín – Tarn Bridge'), 'port-marrin-tarn-bridge')
})
