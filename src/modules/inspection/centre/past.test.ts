import assert from 'node:assert/strict'
import { test } from 'node:test'
import { parseTable } from '#modules/risk'
import { pastReadings } from './past.ts'

const now = '2026-11-26T06:00:00.000Z'
const images = new Set(['a', 'b'])
const head = 'Image ID,Reader,Team,Decision,Confidence,Seconds,Read at'
const read = (...lines: string[]) => {
  const table = parseTable([head, ...lines].join('\n'))
  assert.ok(table.ok)
  return pastReadings(table.value, images, now)
}

test('a row is a reading; what it does not say of the picture is not asked', () => {
  const outcome = read('a,S1,senior,suspect,5,32.75,2026-11-25T10:00:00+02:00', 'b,S1,senior,clear,1,0.4,2026-11-25T08:01:00Z')
  assert.ok(outcome.ok)
  assert.deepEqual(outcome.value.readings, [
    { imageId: 'a', reader: 'S1', team: 'senior', alarm: true, confidence: 5, ms: 32_750, at: '2026-11-25T08:00:00.000Z' },
    { imageId: 'b', reader: 'S1', team: 'senior', alarm: false, confidence: 1, ms: 400, at: '2026-11-25T08:01:00.000Z' },
  ])
})

test('a cell that is no value of its column is told with its row, and nothing of the file is taken', () => {
  const right = 'a,S1,senior,suspect,5,32.7,2026-11-25T10:00:00Z'
  for (const [line, column] of [
    ['c,S1,senior,suspect,5,32.7,2026-11-25T10:00:00Z', 'Image ID'],
    ['b,,senior,suspect,5,32.7,2026-11-25T10:00:00Z', 'Reader'],
    ['b,S1,expert,suspect,5,32.7,2026-11-25T10:00:00Z', 'Team'],
    ['b,S1,senior,threat,5,32.7,2026-11-25T10:00:00Z', 'Decision'],
    ['b,S1,senior,suspect,6,32.7,2026-11-25T10:00:00Z', 'Confidence'],
    ['b,S1,senior,suspect,5,0,2026-11-25T10:00:00Z', 'Seconds'],
    ['b,S1,senior,suspect,5,4000,2026-11-25T10:00:00Z', 'Seconds'],
    ['b,S1,senior,suspect,5,32.7,yesterday', 'Read at'],
    ['b,S1,senior,suspect,5,32.7,2026-13-45T10:00:00Z', 'Read at'],
    ['b,S1,senior,suspect,5,32.7,2026-11-26T06:00:01Z', 'Read at'],
  ] as const) {
    const outcome = read(right, line)
    assert.ok(!outcome.ok, line)
    assert.deepEqual(
      outcome.issues.map(({ code, params }) => [code, params?.['row'], params?.['column']]),
      [['inspection.past_cell', 2, column]],
      line,
    )
  }
  const twice = read(right, right)
  assert.deepEqual(!twice.ok && twice.issues.map(({ code }) => code), ['inspection.past_twice'])
  const wrong = read(...Array.from({ length: 30 }, () => right.replace('senior', 'none')))
  assert.equal(!wrong.ok && wrong.issues.length, 10, 'a file that is wrong throughout is not told to its end')
})

test('columns that are missing are named together; others are named as not kept', () => {
  const table = parseTable('Image ID,Reader,Note\na,S1,x')
  assert.ok(table.ok)
  const outcome = pastReadings(table.value, images, now)
  assert.deepEqual(!outcome.ok && outcome.issues.map(({ params }) => params?.['column']), ['Team', 'Decision', 'Confidence', 'Seconds', 'Read at'])
  const more = parseTable(`${head},Note\na,S1,senior,clear,3,30,2026-11-25T10:00:00Z,x`)
  assert.ok(more.ok)
  const taken = pastReadings(more.value, images, now)
  assert.deepEqual(taken.ok && taken.value.ignored, ['Note'])
})
