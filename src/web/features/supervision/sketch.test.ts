import assert from 'node:assert/strict'
import { test } from 'node:test'
import { lineOf, sheetOf } from './sketch.ts'

test('north is up, east is right, and both keep their measure', () => {
  const sheet = sheetOf([
    { lon: 10, lat: 59 },
    { lon: 12, lat: 61 },
  ])
  const [west, south] = sheet.at({ lon: 10, lat: 59 })
  const [east, north] = sheet.at({ lon: 12, lat: 61 })
  assert.ok(east > west && north < south)
  // Two degrees of longitude at 60° are half as long as two of latitude.
  assert.ok(Math.abs((east - west) / (south - north) - 0.5) < 0.01)
  assert.ok(Math.abs((south - north) / sheet.scale - 2 * 111_195) < 500)
})

test('everything is on the sheet, also one single place, and a long track is thinned to its last fix', () => {
  const one = sheetOf([{ lon: 30, lat: 0 }])
  for (const n of one.at({ lon: 30, lat: 0 })) assert.ok(n > 0 && n < 1000)
  const track = Array.from({ length: 50_001 }, (_, n) => ({ lon: 30 + n / 50_000, lat: 0 }))
  const sheet = sheetOf(track)
  const line = lineOf(sheet, track)
  assert.ok(line.split('L').length <= 2002)
  assert.ok(line.endsWith(sheet.at(track.at(-1)!).join()))
})
