import assert from 'node:assert/strict'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { inTransaction } from '#platform/database.ts'
import { directoryStore } from '#platform/files.ts'
import { readEntries } from '#platform/journal.ts'
import * as identity from '#modules/identity'
import { testDatabase, type TestDatabase } from '../../../../test/database.ts'
import { startHarness, type Browser, type Harness } from '../../../../test/harness.ts'
import { ensureDemoIdentity, signInAs } from '../../../../test/identity.ts'
import { at, corridor } from '../fixtures/trip.ts'
import { folds, issues, routes } from '../index.ts'
import { escalate } from '../jobs.ts'
import { blank } from '../protocols/codec.ts'
import type { Incident, UnitNow } from '../schema/incident.ts'
import { createWatcher } from '../service/watcher.ts'
import { findByAlias } from '../store/devices.ts'
import { findTrip, saveTrip } from '../store/trips.ts'
import { evolveTrip } from '../trip.ts'
import type { IncidentEvent } from '../incident/decide.ts'

let db: TestDatabase
let h: Harness
let control: Browser
let escort: Browser
const folder = mkdtempSync(join(tmpdir(), 'portcullis-evidence-'))
before(async () => {
  db = await testDatabase()
  await ensureDemoIdentity(db.sql())
  h = await startHarness(db.sql(), (deps) => [...identity.routes(deps), ...routes({ ...deps, files: directoryStore(folder) })], { catalogue: issues })
  control = await signInAs(h, 'control-room')
  escort = await signInAs(h, 'escort-land', { steppedUp: true })
})
after(async () => {
  await h?.close()
  await db?.close()
  rmSync(folder, { recursive: true, force: true })
})

const base = '/api/supervision'
const ok = async (who: Browser, path: string, body: object): Promise<Incident> => {
  const answer = await who.send('POST', `${base}/${path}`, body)
  assert.ok(answer.status < 300, `${path} ${answer.status} ${JSON.stringify(answer.body)}`)
  return answer.body as Incident
}
const refused = async (who: Browser, path: string, body: object): Promise<string[]> => (await who.send('POST', `${base}/${path}`, body)).issues

/** A trip under way whose rope is cut at km 30. */
const cutTrip = async (sealId: string): Promise<{ id: string; watcher: ReturnType<typeof createWatcher> }> => {
  const device = {
    id: sealId,
    protocol: 'jt701',
    vendor: 'Example',
    model: 'D',
    role: 'seal',
    imei: null,
    sim: null,
    aliases: [],
    office: 'XV000301',
  }
  await ok(escort, 'devices', { ...device, liable: 'Store' })
  await ok(escort, `devices/${sealId}/custody`, { state: 'issued', office: 'XV000301', liable: 'Escort', passwordChanged: true })
  const load = { guarantee: null, vehicle: 'TRN 77', driver: 'Ola Berg', containers: [], truckId: null, limitMin: 600, carrier: 'XV5550009' }
  const { id } = await ok(escort, 'trips', {
    reference: `26XV${sealId}`,
    ...load,
    office: 'XV000301',
    destinationOffice: 'XV000101',
    corridorId: corridor.id,
    seals: [{ sealId }],
  })
  const now = h.deps.clock()
  const armed = { type: 'trip.armed', at: now, deadlineAt: new Date(Date.parse(now) + 36e6).toISOString(), unsent: 0 } as const
  await inTransaction(h.deps.sql, async (tx) => saveTrip(tx, evolveTrip((await findTrip(tx, id))!, armed), now))
  const watcher = createWatcher(h.deps)
  h.pass(1000)
  const record = { ...blank('jt701', sealId), eventTime: h.deps.clock(), fixTime: h.deps.clock(), valid: true, fixSource: 'gnss' as const, ...at(30) }
  const known = (await findByAlias(h.deps.sql, [sealId])).get(sealId)!
  await watcher.take({
    frames: [],
    arrivals: [{ device: known, record: { ...record, alarms: ['ROPE_CUT'] }, receivedMs: Date.parse(h.deps.clock()) }],
  })
  return { id, watcher }
}

test('a case from the cut to the recovery: units by road, evidence, a fine that risk hears, and the trip goes on', async () => {
  await ok(control, 'corridors', corridor)
  const { id: tripId } = await cutTrip('8000640101')
  const units = { office: 'XV000301', kind: 'patrol', phone: '+1', onDuty: true, deviceId: null } as const
  await ok(escort, 'units', { ...units, id: 'near', name: 'Patrol near', ...at(40) })
  await ok(escort, 'units', { ...units, id: 'far', name: 'Patrol far', ...at(150) })
  assert.deepEqual(await refused(escort, 'incidents', { tripId, summary: 'x' }), ['access.denied'])

  const opened = await ok(control, 'incidents', { tripId, summary: 'Rope cut, truck stands at km 30' })
  assert.deepEqual([opened.severity, opened.alarms.map((a) => a.kind), opened.carrier], ['critical', ['ROPE_CUT'], 'XV5550009'])
  assert.equal((await findTrip(h.deps.sql, tripId))?.status, 'incident', 'the trip is halted by the same decision')
  assert.deepEqual(await refused(control, 'incidents', { tripId, summary: 'again' }), ['supervision.incident_there'])

  const near = (await control.send('GET', `${base}/incidents/${opened.id}/units`)).body as { id: string; roadM: number }[]
  assert.deepEqual(
    near.filter((u) => u.id === 'near' || u.id === 'far').map((u) => [u.id, Math.round(u.roadM / 1000)]),
    [
      ['near', 10],
      ['far', 120],
    ],
  )
  // Nobody acts: after five minutes both the alarm and the case go one level up, once.
  h.pass(5 * 60_000 + 1000)
  assert.equal(await escalate(h.deps), 2)
  assert.equal(await escalate(h.deps), 0)
  const alarm = (await control.send('GET', `${base}/alarms?tripId=${tripId}&status=open`)).body.rows[0]
  assert.ok(alarm.escalatedAt)

  await ok(control, `incidents/${opened.id}/dispatches`, { unitId: 'near' })
  assert.deepEqual(await refused(control, `incidents/${opened.id}/dispatches`, { unitId: 'near' }), ['supervision.unit_busy'])
  await ok(escort, `incidents/${opened.id}/progress`, { unitId: 'near', state: 'accepted' })
  await ok(escort, `incidents/${opened.id}/progress`, { unitId: 'near', state: 'onScene' })
  const doing = async () => ((await control.send('GET', `${base}/units`)).body as UnitNow[]).find((u) => u.id === 'near')?.assignment ?? null
  assert.deepEqual([(await doing())?.number, (await doing())?.state], [opened.number, 'onScene'])
  assert.deepEqual(await refused(escort, 'units/near/retire', {}), ['supervision.unit_busy'])
  await ok(escort, `incidents/${opened.id}/notes`, { text: 'Rope cut with bolt cutters, doors shut' })
  const picture = Buffer.from('89504e470d0a1a0a', 'hex')
  const withFile = await ok(escort, `incidents/${opened.id}/files`, {
    text: 'The rope',
    name: 'rope.png',
    mediaType: 'image/png',
    content: picture.toString('base64'),
  })
  const { sha256 } = withFile.evidence[1]!.file!
  const file = await control.send('GET', `${base}/incidents/${opened.id}/files/${sha256}`)
  assert.deepEqual([file.status, file.headers['content-type']], [200, 'image/png'])
  assert.equal((await control.send('GET', `${base}/incidents/${opened.id}/files/${'0'.repeat(64)}`)).status, 404)

  const fine = { law: 'UCC Art. 42', grounds: 'Left the corridor, seal cut', amount: { minor: 120_000, currency: 'VRC' }, weight: 7 }
  assert.deepEqual(await refused(escort, `incidents/${opened.id}/penalties`, fine), ['access.denied'])
  await ok(control, `incidents/${opened.id}/penalties`, fine)
  const known = (await control.send('GET', `${base}/incidents/${opened.id}/offences`)).body
  assert.deepEqual(
    known.map((o: { reference: string; weight: number }) => [o.reference, o.weight]),
    [[opened.number, 7]],
  )

  await ok(escort, `incidents/${opened.id}/progress`, { unitId: 'near', state: 'closed' })
  assert.equal(await doing(), null)
  assert.deepEqual(await refused(await signInAs(h, 'escort-air'), 'units/near/retire', {}), ['supervision.unit_unknown'])
  await ok(escort, 'units/near/retire', {})
  assert.deepEqual(await refused(escort, 'units/near/retire', {}), ['supervision.unit_unknown'])
  assert.deepEqual(await refused(control, `incidents/${opened.id}/dispatches`, { unitId: 'near' }), ['supervision.unit_unknown'])
  await ok(escort, 'units', { ...units, id: 'near', name: 'Patrol near', ...at(40) })
  const closed = await ok(control, `incidents/${opened.id}/close`, { decision: 'recovered', text: 'Goods complete, sealed anew' })
  assert.equal(closed.outcome?.decision, 'recovered')
  assert.equal((await findTrip(h.deps.sql, tripId))?.status, 'armed', 'the trip goes on where it was halted')
  const signed = (await control.send('GET', `${base}/trips/${tripId}/signatures`)).body as { command: string; hash: string }[]
  const chain = await readEntries(h.deps.sql, { kind: 'trip', id: tripId })
  assert.deepEqual(
    signed.map((s) => [s.command, s.hash]),
    chain.map((e) => [e.command, e.hash]),
  )
  assert.equal((await (await signInAs(h, 'escort-air')).send('GET', `${base}/trips/${tripId}/signatures`)).status, 404)
  const entries = await readEntries(h.deps.sql, { kind: 'incident', id: opened.id })
  const events = entries.flatMap((e) => e.body.events as IncidentEvent[])
  assert.deepEqual(events.reduce<Incident | null>(folds.incident, null), closed, 'the journal gives the row')
  const list = (await control.send('GET', `${base}/incidents?status=closed&tripId=${tripId}`)).body
  assert.equal(list.total, 1)
})

test('goods that are lost end the trip; who has no part in the case learns nothing of it', async () => {
  const { id: tripId } = await cutTrip('8000640102')
  const opened = await ok(control, 'incidents', { tripId, summary: 'Trailer found empty' })
  const far = await signInAs(h, 'escort-air')
  assert.deepEqual((await far.send('GET', `${base}/incidents/${opened.id}`)).issues, ['supervision.incident_unknown'])
  assert.deepEqual(await refused(far, `incidents/${opened.id}/notes`, { text: 'x' }), ['supervision.incident_unknown'])
  await ok(control, `incidents/${opened.id}/close`, { decision: 'loss', text: 'The goods were not found' })
  assert.equal((await findTrip(h.deps.sql, tripId))?.status, 'seized')
})
