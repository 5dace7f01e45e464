import assert from 'node:assert/strict'
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { after, before, test } from 'node:test'
import { directoryStore } from '#platform/files.ts'
import { readEntries } from '#platform/journal.ts'
import * as identity from '#modules/identity'
import { issueTexts } from '../../../web/i18n/en/issues.ts'
import { testDatabase, type TestDatabase } from '../../../../test/database.ts'
import { type Browser, startHarness, type Harness } from '../../../../test/harness.ts'
import { ensureDemoIdentity, signInAs } from '../../../../test/identity.ts'
import { checkEvidence, folds, issues, routes } from '../index.ts'
import { EvidenceFile } from '../schema/evidence.ts'
import { Check } from 'typebox/value'
import { at, corridor } from '../fixtures/trip.ts'
import { blank } from '../protocols/codec.ts'
import type { Trip } from '../schema/trip.ts'
import { findByAlias } from '../store/devices.ts'
import { createWatcher } from '../service/watcher.ts'
import { commandTrip } from '../service/trips.ts'
import type { TripEvent } from '../trip/types.ts'
import { certify } from '../fixtures/certify.ts'
import { systemPrincipal } from '#platform/permissions.ts'

/** Offices that there are, as the reference data would say. */
const officeName = (code: string): string | undefined => ({ XV000101: 'Port Marrin', XV000301: 'Tarn Bridge' })[code]

const folder = mkdtempSync(join(tmpdir(), 'portcullis-evidence-'))
let db: TestDatabase
let h: Harness
let escort: Browser
let control: Browser
before(async () => {
  db = await testDatabase()
  await ensureDemoIdentity(db.sql())
  h = await startHarness(db.sql(), (deps) => [...identity.routes(deps), ...routes({ ...deps, officeName, files: directoryStore(folder) })], {
    catalogue: issues,
  })
  escort = await signInAs(h, 'escort-land', { steppedUp: true })
  control = await signInAs(h, 'control-room')
})
after(async () => {
  await h?.close()
  await db?.close()
  rmSync(folder, { recursive: true, force: true })
})

const device = {
  id: '8000620012',
  protocol: 'jt701',
  vendor: 'Example',
  model: 'D',
  role: 'seal',
  imei: null,
  sim: null,
  aliases: [],
  office: 'XV000301',
  liable: 'Store',
}
const plan = {
  reference: '26XV000000000002',
  guarantee: null,
  vehicle: 'TRN 442',
  driver: 'Ola Berg',
  containers: [],
  office: 'XV000301',
  destinationOffice: 'XV000101',
  corridorId: corridor.id,
  seals: [{ sealId: device.id }],
  truckId: null,
  limitMin: 600,
}

test('a trip from its plan to its discharge, by two people, with an alarm between', async () => {
  const ok = async (who: Browser, path: string, body: object, status = 200, method: 'GET' | 'POST' = 'POST') => {
    const answer = await who.send(method, `/api/supervision/${path}`, body)
    assert.equal(answer.status, status, `${path} ${JSON.stringify(answer.body)}`)
    return answer.body
  }
  await ok(control, 'corridors', corridor)
  await ok(escort, 'devices', device, 201)
  assert.deepEqual((await escort.send('POST', '/api/supervision/devices', device)).issues, ['supervision.device_known'])
  assert.deepEqual((await escort.send('POST', '/api/supervision/devices', { ...device, id: '8000620019', office: 'XV000201' })).status, 403)
  await ok(escort, `devices/${device.id}/custody`, { state: 'issued', office: 'XV000301', liable: 'Tariq Solberg', passwordChanged: true })
  const { id } = await ok(escort, 'trips', plan, 201)
  assert.deepEqual((await escort.send('POST', '/api/supervision/trips', { ...plan, destinationOffice: 'XV009999', guarantee: 'G' })).issues, [
    'supervision.office_unknown',
    'supervision.seal_in_use',
    'supervision.guarantee_incomplete',
  ])
  assert.deepEqual((await escort.send('POST', `/api/supervision/trips/${id}/arm`, {})).issues, ['supervision.seal_not_certified'])
  await certify(h.deps.sql)

  const watcher = createWatcher(h.deps)
  const seal = (await findByAlias(h.deps.sql, [device.id])).get(device.id)!
  const says = (km: number, cut = false) => {
    const now = new Date(Date.parse(h.deps.clock()))
    const record = {
      ...blank('jt701', device.id),
      eventTime: now.toISOString(),
      fixTime: now.toISOString(),
      valid: true,
      fixSource: 'gnss' as const,
      ...at(km),
      speedKph: 50,
      batteryPct: 88,
      sealState: { locked: true, ropeInserted: true, ropeCut: cut, backCover: null, motorStuck: null },
      alarms: cut ? ['ROPE_CUT' as const] : [],
    }
    return watcher.take({ frames: [], arrivals: [{ device: seal, record, receivedMs: now.getTime() }] })
  }
  const itself = (name: 'confirm-arming' | 'conclude') =>
    commandTrip(h.deps, { principal: systemPrincipal('Supervision'), key: null, now: h.deps.clock() }, id, { name })
  await says(0)
  h.pass(1000)
  assert.deepEqual((await ok(escort, `trips/${id}/arm`, {})).arming.by.name, 'Tariq Solberg')
  assert.ok((await itself('confirm-arming')).ok)
  assert.deepEqual((await ok(control, `trips/${id}`, undefined as never, 200, 'GET')).arming.missing, [
    { sealId: device.id, code: 'supervision.seal_silent' },
  ])
  h.pass(1000)
  await says(0)
  // A lock that never says whether it keeps records is armed after half a minute.
  h.pass(31_000)
  await itself('confirm-arming')
  assert.equal((await ok(control, `trips/${id}`, undefined as never, 200, 'GET')).status, 'armed')
  await watcher.refresh(id)
  h.pass(60_000)
  await says(1, true)
  const { rows } = (await control.send('GET', '/api/supervision/alarms?status=open')).body
  assert.deepEqual(
    rows.map((r: { kind: string; notify: string; reference: string }) => [r.kind, r.notify, r.reference]),
    [['ROPE_CUT', 'page', plan.reference]],
  )
  assert.equal((await escort.send('POST', `/api/supervision/alarms/${rows[0].id}/acknowledge`, { reasonCode: 'test', text: 'x' })).status, 403)
  await ok(control, `alarms/${rows[0].id}/acknowledge`, { reasonCode: 'known-cause', text: 'Cut by the escort after an accident' })

  // A seal that says nothing for longer than it ever sleeps is noticed once; its next word ends that, and it stays written down.
  const silence = async (): Promise<string[]> =>
    (await control.send('GET', `/api/supervision/alarms?kind=NO_SIGNAL&tripId=${id}`)).body.rows.map((r: { status: string }) => r.status)
  assert.equal(await watcher.sweep(), 0)
  h.pass(41 * 60_000)
  control = await signInAs(h, 'control-room')
  assert.deepEqual([await watcher.sweep(), await watcher.sweep()], [1, 0])
  assert.deepEqual(await silence(), ['open'])
  await says(4)
  assert.deepEqual(await silence(), ['closed'])
  assert.deepEqual(watcher.departed(), [id])
  control = await signInAs(h, 'control-room')
  escort = await signInAs(h, 'escort-land', { steppedUp: true })
  assert.equal((await control.send('GET', `/api/supervision/devices?q=${device.id}`)).body.rows[0].state, 'armed')

  const [row] = (await control.send('GET', `/api/supervision/trips?q=${device.id}`)).body.rows
  assert.deepEqual([row.openAlarms, row.worstAlarm, row.sealLocked, row.batteryPct], [1, 'critical', true, 88])
  const harbour = { to: { personId: identity.demoPerson('trader-meridian').id, name: 'A trader' }, office: 'XV009999', sealLocked: true }
  assert.deepEqual((await escort.send('POST', `/api/supervision/trips/${id}/hand-over`, harbour)).issues, [
    'supervision.office_unknown',
    'supervision.person_unknown',
  ])
  assert.deepEqual((await escort.send('POST', `/api/supervision/trips/${id}/arrive`, {})).issues, ['supervision.seal_not_arrived'])
  await says(200)
  await ok(escort, `trips/${id}/arrive`, {})
  const now = h.deps.clock()
  const later = new Date(Date.parse(now) + 600_000).toISOString()
  assert.deepEqual((await escort.send('POST', `/api/supervision/trips/${id}/disarm`, {})).issues, ['supervision.not_authorised'])
  await ok(escort, `trips/${id}/authorise`, { from: now, to: later, area: corridor.destination, second: null })
  await ok(escort, `trips/${id}/disarm`, {})
  assert.equal((await escort.send('POST', `/api/supervision/trips/${id}/discharge`, { reason: 'x' })).status, 403)
  assert.deepEqual((await control.send('POST', `/api/supervision/trips/${id}/discharge`, { reason: '' })).issues, ['supervision.critical_open'])
  await ok(control, `trips/${id}/close-alarm`, { kind: 'ROPE_CUT', subject: device.id, reason: 'explained in the report' })
  await watcher.refresh(id)
  assert.deepEqual((await control.send('POST', `/api/supervision/trips/${id}/discharge`, { reason: '' })).issues, ['supervision.reason_missing'])
  const last = await ok(control, `trips/${id}/discharge`, { reason: 'Accident, goods counted and complete' })
  assert.equal(last.status, 'discharged')

  const entries = await readEntries(h.deps.sql, { kind: 'trip', id })
  const events = entries.flatMap((e) => e.body.events as TripEvent[])
  assert.deepEqual(events.reduce<Trip | null>(folds.trip, null), last, 'the journal gives the row')

  const issued = await ok(control, `trips/${id}/evidence`, {}, 201)
  const proof = (await control.send('GET', `/api/supervision/trips/${id}/evidence/${issued.sha256}`)).body as EvidenceFile
  assert.ok(Check(EvidenceFile, proof))
  const found = checkEvidence(proof)
  assert.deepEqual([found.ok, found.broken, found.records], [true, [], issued.records])
  assert.ok(issued.records > 0 && found.entries > 8)
  const altered = (change: (file: EvidenceFile) => void): string[] => {
    const copy = structuredClone(proof)
    change(copy)
    return checkEvidence(copy).broken.map((b) => b.what)
  }
  assert.deepEqual(
    altered((f) => void (f.body.records[0]!.record.speedKph = 51)),
    ['record', 'content'],
  )
  assert.deepEqual(
    altered((f) => void f.body.records.pop()),
    ['records-root', 'content'],
  )
  assert.deepEqual(
    altered((f) => void (f.body.alarms[0]!.reasonText = 'no cause')),
    ['content'],
  )
  assert.deepEqual(altered((f) => void f.journal.splice(2, 1)).includes('journal-link'), true)
  assert.deepEqual(
    altered((f) => void (f.body.trip.driver = 'Somebody else')),
    ['content', 'trip'],
  )

  for (const [format, start] of [
    ['gpx', '<?xml'],
    ['geojson', '{"type":"FeatureCollection"'],
    ['csv', 'time,lat,lon'],
  ] as const) {
    const file = await control.send('GET', `/api/supervision/trips/${id}/positions?format=${format}`)
    const text = typeof file.body === 'string' ? file.body : JSON.stringify(file.body)
    assert.ok(text.startsWith(start), `${format}: ${text.slice(0, 60)}`)
  }
})

test('an address that can name nothing is not found, and is no fault of form', async () => {
  const answer = await control.send('GET', '/api/supervision/trips/NOPE')
  assert.deepEqual([answer.status, answer.issues], [404, ['request.not_found']])
})

test('who has no part in supervision learns nothing of it', async () => {
  const trader = await signInAs(h, 'trader-meridian')
  for (const path of ['trips', 'alarms', 'devices', 'corridors']) assert.equal((await trader.send('GET', `/api/supervision/${path}`)).status, 403)
})

test('every code that routes refuse with is in the catalogue, and has its two sentences', () => {
  const folder = resolve(import.meta.dirname, '..')
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter(
    (f) => f.endsWith('.ts') && !/(\.test|issues)\.ts$|^protocols/.test(f),
  )
  const named = files.flatMap((f) => [...readFileSync(join(folder, f), 'utf8').matchAll(/error\(\s*'(supervision\.[a-z_]+)'/g)].map((m) => m[1]!))
  assert.deepEqual([...new Set(named)].sort(), Object.keys(issues).sort())
  for (const code of Object.keys(issues)) assert.ok(Object.hasOwn(issueTexts, code), code)
})
