import assert from 'node:assert/strict'
import { test } from 'node:test'
import { chance } from '../declaration.ts'
import { inventShift, judge } from './readers.ts'

test('invented teams detect, alarm and take time as claimed of them', () => {
  const n = 20_000
  for (const [team, detection, falseAlarm, medianMs] of [
    ['senior', 0.9716, 0.0567, 32_700],
    ['intermediate', 0.8674, 0.2433, 41_200],
  ] as const) {
    const c = chance(5)
    const looked = (isThreat: boolean) => Array.from({ length: n }, () => judge(c, team, isThreat))
    const [threats, clears] = [looked(true), looked(false)]
    const share = (of: typeof threats): number => of.filter(({ suspect }) => suspect).length / n
    // Four standard errors of a share of 20,000.
    assert.ok(Math.abs(share(threats) - detection) < 4 * Math.sqrt((detection * (1 - detection)) / n), `${team} detects ${share(threats)}`)
    assert.ok(Math.abs(share(clears) - falseAlarm) < 4 * Math.sqrt((falseAlarm * (1 - falseAlarm)) / n), `${team} alarms ${share(clears)}`)
    const median = threats.map(({ ms }) => ms).toSorted((a, b) => a - b)[n / 2]!
    assert.ok(Math.abs(median / medianMs - 1) < 0.02, `${team} takes ${median} ms`)
    assert.ok(threats.every(({ confidence }) => confidence >= 1 && confidence <= 5))
  }
})

test('a shift: eight readers, every picture once each, all before its end, the same again from the same pictures', () => {
  const items = Array.from({ length: 40 }, (_, n) => ({ imageId: `image-${n}`, threat: n % 2 === 0 }))
  const file = inventShift(items, '2026-11-26T06:00:00.000Z')
  const rows = file
    .trim()
    .split('\r\n')
    .slice(1)
    .map((line) => line.split(','))
  assert.equal(rows.length, 8 * 40)
  assert.equal(new Set(rows.map(([image, reader]) => `${image} ${reader}`)).size, 8 * 40)
  assert.ok(rows.every((row) => row[6]! < '2026-11-26T06:00:00.000Z' && row[6]! > '2026-11-25T22:00:00.000Z'))
  assert.equal(file, inventShift(items, '2026-11-26T06:00:00.000Z'))
})
