import assert from 'node:assert/strict'
import { test } from 'node:test'
import { bench, kindsWithoutDeed } from '../bench/alarms.ts'

type Figures = { falseAlarms: Record<string, number>; deeds: Record<string, { deeds: number; recall: { value: number } }> }

test('every kind of alarm has a deed in the simulation, and no exception stands', () => {
  assert.deepEqual(kindsWithoutDeed(), [])
})

test('on one trip of each plot every deed is found, through the codecs, and nothing else is raised', async () => {
  const one = (await bench({ times: '1' })) as Figures & { twoSeals: Figures; ok: boolean }
  for (const { deeds, falseAlarms } of [one, one.twoSeals]) {
    assert.deepEqual(
      Object.entries(deeds).flatMap(([name, { recall }]) => (recall.value === 1 ? [] : [name])),
      [],
    )
    assert.deepEqual(falseAlarms, {})
  }
  assert.equal(one.ok, true)
})
