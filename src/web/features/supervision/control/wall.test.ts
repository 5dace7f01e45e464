import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { AlarmRow } from '#schema/supervision'
import { countSilent, scenesOf } from './wall.ts'

const alarm = (id: string, severity: AlarmRow['severity'], lat: number | null = 34): AlarmRow => ({
  id,
  tripId: id,
  reference: id,
  kind: 'ROPE_CUT',
  subject: 's',
  source: 'device',
  severity,
  status: 'open',
  openedAt: '2026-06-01T08:00:00.000Z',
  lastAt: '2026-06-01T08:00:00.000Z',
  closedAt: null,
  learntAt: '2026-06-01T08:00:00.000Z',
  count: 1,
  worst: null,
  lat,
  lon: lat,
  notify: 'page',
  acknowledgedBy: null,
  acknowledgedAt: null,
  reasonCode: null,
  reasonText: null,
})

test('the wall shows the country and then what is grave and has a place', () => {
  const scenes = scenesOf([alarm('a', 'critical'), alarm('b', 'medium'), alarm('c', 'high', null), alarm('d', 'high')], (a) =>
    a.lat === null ? null : { lat: a.lat, lon: a.lon! },
  )
  assert.deepEqual(
    scenes.map((s) => (s.kind === 'alarm' ? s.alarm.id : s.kind)),
    ['country', 'a', 'd'],
  )
})

test('silence counts on trips only', () => {
  const nowMs = Date.parse('2026-06-01T09:00:00Z')
  const [old, fresh] = ['2026-06-01T08:00:00Z', '2026-06-01T08:45:00Z']
  assert.equal(
    countSilent(
      [
        { receivedAt: old, trip: {} },
        { receivedAt: old, trip: null },
        { receivedAt: fresh, trip: {} },
      ],
      nowMs,
    ),
    1,
  )
})
