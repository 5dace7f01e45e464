import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { connectAsync } from 'mqtt'
import sharp from 'sharp'
import { error } from '#kernel/issue.ts'
import { refuse } from '#kernel/outcome.ts'
import { inTransaction } from '#platform/database.ts'
import { directoryStore } from '#platform/files.ts'
import * as identity from '#modules/identity'
import type { TrayRow } from '#schema/inspection'
import { type Conveyor, startConveyor } from '../../../../simulator/conveyor.ts'
import { testDatabase, type TestDatabase } from '../../../../../test/database.ts'
import { type Browser, startHarness, type Harness } from '../../../../../test/harness.ts'
import { ensureDemoIdentity, signInAs } from '../../../../../test/identity.ts'
import { issues, openSorting, routes } from '../../index.ts'
import { noteFinding } from '../../centre/service/intake.ts'
import { standardSetting } from '../../centre/setting.ts'
import { findImage } from '../../store/images.ts'
import { findTagOfCase } from '../store/sorting.ts'

let db: TestDatabase
let h: Harness
let operator: Browser
let supervisor: Browser
let bench: Browser
let sorting: Awaited<ReturnType<typeof openSorting>>
let belt: Conveyor
const office = 'XV000201'
const root = mkdtempSync(join(tmpdir(), 'portcullis-belt-'))
const travelMs = 1500

const ok = async (who: Browser, method: 'GET' | 'POST', path: string, body?: unknown) => {
  const answer = await who.send(method, path, body)
  assert.ok(answer.status < 300, `${method} ${path}: ${JSON.stringify(answer.body)}`)
  return answer.body
}

before(async () => {
  db = await testDatabase()
  await ensureDemoIdentity(db.sql())
  const detectors = () => refuse(error('inspection.detector_absent'))
  h = await startHarness(
    db.sql(),
    (given) => [...identity.routes(given), ...routes({ ...given, files: directoryStore(root), detectors, declaredOf: () => Promise.resolve(null) })],
    {
      catalogue: issues,
    },
  )
  operator = await signInAs(h, 'scanner-air')
  supervisor = await signInAs(h, 'image-supervisor')
  bench = await signInAs(h, 'examiner-air')
  await ok(supervisor, 'POST', '/api/inspection/scanners', {
    id: 'belt-1',
    name: 'Belt 1',
    office,
    vendor: 'T',
    model: 'T',
    item: 'bag',
    adapter: 'files',
    mmPerPx: null,
    active: true,
  })
  const never = { autoClear: 0, clear: 0, suspect: 0 }
  await ok(supervisor, 'POST', `/api/inspection/settings/${office}`, {
    ...standardSetting,
    autoClear: true,
    autoClearBelow: 0.2,
    recheckPercent: never,
    openPercent: 0,
  })
  sorting = await openSorting(h.deps, { withinMs: 1200 })
  belt = await startConveyor({ url: sorting.url, office, travelMs, tickMs: 20 })
})
after(async () => {
  await belt?.close()
  await sorting?.close()
  await h?.close()
  await db?.close()
  rmSync(root, { recursive: true, force: true })
})

let shade = 0
/** A bag is put on the belt and scanned; the machine says what it says. */
const screen = async (
  on: Conveyor,
  bag: string,
  decision: 'clear' | 'review' | 'divert',
  score: number,
): Promise<{ tray: string; caseId: string }> => {
  const tray = await on.put(bag, 'XV101', 'PNR-7')
  await until(async () => (await trayOf(bag)) !== undefined)
  shade += 1
  const picture = await sharp({ create: { width: 30, height: 20, channels: 3, background: { r: shade, g: 10, b: 10 } } })
    .png()
    .toBuffer()
  const about = `subjectKind=bag&subjectId=${bag}&scannerId=belt-1&takenAt=2026-11-25T10:00:00Z&column=simulated`
  const { body } = await operator.send('POST', `/api/inspection/images?${about}`, picture, { 'content-type': 'image/png' })
  await inTransaction(db.sql(), async (tx) => {
    const image = await findImage(tx, body.id)
    const about = { bags: [], decision, score, model: 'bags@1', thresholdSet: 'standard', ms: 120, issues: [] }
    await noteFinding(tx, image!, { ...about, id: randomUUID(), imageId: body.id, at: h.deps.clock() })
  })
  h.bus.announce({ topic: 'inspection', id: body.id, office, what: 'found' })
  const [row] = await db.sql()<{ id: string }[]>`select id from inspection.image_case where image_id = ${body.id}`
  return { tray, caseId: row!.id }
}
const trayOf = async (bag: string): Promise<TrayRow | undefined> => (await ok(supervisor, 'GET', `/api/inspection/trays?q=${bag}`)).rows[0]
const until = async (holds: () => Promise<boolean>, withinMs = 10_000): Promise<void> => {
  for (const end = Date.now() + withinMs; Date.now() < end; await new Promise((resolve) => setTimeout(resolve, 50))) if (await holds()) return
  assert.fail('it did not happen in time')
}

test('what is cleared goes to the clear line, what is diverted to the bench with a tag; the belt has acknowledged both', async () => {
  await screen(belt, '0221000001', 'clear', 0.01)
  const { caseId } = await screen(belt, '0221000002', 'divert', 0.95)
  await until(async () => (await trayOf('0221000001'))?.line === 'clear' && (await trayOf('0221000002'))?.line === 'contraband')
  const [clear, diverted] = [await trayOf('0221000001'), await trayOf('0221000002')]
  assert.deepEqual([clear?.command?.state, clear?.tag], ['acknowledged', null])
  assert.deepEqual([diverted?.command?.state, diverted?.tag?.open], ['acknowledged', true])
  const tag = await findTagOfCase(db.sql(), caseId)
  assert.deepEqual([tag?.movement, tag?.owner, tag?.subject.id], ['XV101', 'PNR-7', '0221000002'])
})

test('a bag that nobody has decided on when it comes to the switch goes to the bench by itself, and gets its tag there', async () => {
  const { caseId } = await screen(belt, '0221000003', 'review', 0.5)
  assert.equal(await findTagOfCase(db.sql(), caseId), null)
  await until(async () => (await trayOf('0221000003'))?.line === 'contraband')
  await until(async () => (await findTagOfCase(db.sql(), caseId)) !== null)
})

test('an open tag read at an exit is one alarm until somebody has seen it; a closed one is none', async () => {
  const { caseId } = await screen(belt, '0221000004', 'divert', 0.95)
  const { number } = (await findTagOfCase(db.sql(), caseId))!
  const open = async (): Promise<{ id: string; tag: string }[]> => (await ok(operator, 'GET', '/api/inspection/gate-alarms?open=true')).rows
  const news: string[] = []
  const unlisten = h.bus.listen((n) => void (n['what'] === 'gate-alarm' && news.push(n.id)))
  await belt.carryOut('exit-2', number)
  await until(async () => (await open()).length === 1)
  await belt.carryOut('exit-2', number)
  assert.equal((await ok(operator, 'POST', '/api/inspection/gates/reads', { office, gate: 'exit-2', tag: number })).alarm, null, 'the same alarm')
  const [alarm] = await open()
  assert.deepEqual([alarm?.tag, news], [number, [alarm?.id]])
  await ok(operator, 'POST', `/api/inspection/gate-alarms/${alarm!.id}/acknowledge`, { remarks: 'Traveller stopped and brought back' })
  assert.deepEqual((await operator.send('POST', `/api/inspection/gate-alarms/${alarm!.id}/acknowledge`, { remarks: 'again' })).issues, [
    'inspection.gate_alarm_acknowledged',
  ])
  unlisten()
  // The bench finds nothing and closes: the tag is closed, and the bag may leave.
  const state = (await ok(supervisor, 'GET', `/api/inspection/cases/${caseId}`)).status
  assert.equal(state, 'first-reading')
  await db.sql()`update inspection.etag set closed_at = now(), closed_by = 'bench' where number = ${number}`
  assert.equal((await ok(operator, 'POST', '/api/inspection/gates/reads', { office, gate: 'exit-2', tag: number })).alarm, null)
  assert.equal((await ok(operator, 'POST', '/api/inspection/gates/reads', { office, gate: 'exit-2', tag: 'E1' })).alarm, null, 'nobody’s tag')
})

test('the bench opens, finds and closes: the tag is closed with the case', async () => {
  const { caseId } = await screen(belt, '0221000005', 'divert', 0.95)
  await db.sql()`update inspection.image_case set status = 'decided', state = jsonb_set(jsonb_set(state, '{status}', '"decided"'), '{decision}', '{"outcome":"suspect","by":"readers","at":"2026-11-25T10:00:00.000Z"}') where id = ${caseId}`
  await ok(bench, 'POST', `/api/inspection/cases/${caseId}/open`, { found: ['knife'], remarks: 'In the lining' })
  assert.equal((await findTagOfCase(db.sql(), caseId))?.closedAt, null, 'open as long as the bag lies on the bench')
  await ok(bench, 'POST', `/api/inspection/cases/${caseId}/close`)
  assert.equal((await findTagOfCase(db.sql(), caseId))?.closedBy, 'Chiara Mensah')
})

test('a belt that restarts announces its trays and is told again; nothing is lost and no tray goes astray', async () => {
  belt.stop()
  const bags = ['0221000006', '0221000007', '0221000008']
  for (const bag of bags) await screen(belt, bag, bag.endsWith('7') ? 'divert' : 'clear', bag.endsWith('7') ? 0.95 : 0.01)
  await until(async () => (await Promise.all(bags.map(trayOf))).every((t) => t?.command?.state === 'acknowledged'))
  await belt.restart()
  await until(async () => (await Promise.all(bags.map(trayOf))).every((t) => typeof t?.passedAt === 'string'))
  assert.deepEqual(
    (await Promise.all(bags.map(trayOf))).map((t) => t?.line),
    ['clear', 'contraband', 'clear'],
  )
})

test('a belt that answers nothing: the time-out counts as diverted, and the command was sent more than once', async () => {
  const deaf = await startConveyor({ url: sorting.url, office: 'XV000101', travelMs: 600_000, deaf: true })
  const heard: string[] = []
  const spy = await connectAsync(sorting.url)
  spy.on('message', (_topic, payload) => void heard.push((JSON.parse(payload.toString()) as { command: string }).command))
  await spy.subscribeAsync('portcullis/v1/XV000101/belt/+/divert', { qos: 1 })
  try {
    await screen(deaf, '0221000009', 'clear', 0.01)
    await until(async () => (await db.sql()`select from inspection.belt_command where office = 'XV000101' and state = 'timed-out'`).length === 1)
    assert.ok(heard.length > 1 && new Set(heard).size === 1, `${heard.length} times`)
  } finally {
    await spy.endAsync()
    await deaf.close()
  }
})
