import assert from 'node:assert/strict'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import sharp from 'sharp'
import { accept } from '#kernel/outcome.ts'
import { directoryStore } from '#platform/files.ts'
import { readEntries } from '#platform/journal.ts'
import * as identity from '#modules/identity'
import type { DeclaredGoods, DeclaredView, EarlierImage, Finding, ImageCase, MatchAlert, Subject } from '#schema/inspection'
import { testDatabase, type TestDatabase } from '../../../../../test/database.ts'
import { type Browser, startHarness, type Harness } from '../../../../../test/harness.ts'
import { ensureDemoIdentity, signInAs } from '../../../../../test/identity.ts'
import type { CaseEvent } from '../../centre/case.ts'
import { evolveCase } from '../../centre/case.ts'
import { standardSetting } from '../../centre/setting.ts'
import type { Detector } from '../../detectors/index.ts'
import { issues, routes, tasks } from '../../index.ts'
import type { DualEnergy } from '../../image/scan.ts'
import { beams } from '../../physics/beam.ts'
import { expose } from '../../physics/detector.ts'
import { project } from '../../physics/projection.ts'
import { carton } from '../../physics/scenes/carton.ts'
import type { InspectionDeps } from '../../service/deps.ts'
import { findImage } from '../../store/images.ts'
import { clearedMeasures } from '../store/declared.ts'

let db: TestDatabase
let h: Harness
let deps: InspectionDeps
let operator: Browser
let reader: Browser
let supervisor: Browser
let bench: Browser
const office = 'XV000201'
const root = mkdtempSync(join(tmpdir(), 'portcullis-declared-'))

/** A detector that finds nothing: what is tested is what the declaration adds to it. */
const calm: Finding = { bags: [], decision: 'clear', score: 0.01, model: 'calm@1', thresholdSet: 'standard', ms: 1, issues: [] }
const detector = { card: { id: 'calm', version: '1' }, examine: () => Promise.resolve(accept(calm)) } as unknown as Detector
/** What a higher module would answer, by subject. */
const declared = new Map<string, DeclaredGoods>()

const ok = async (who: Browser, method: 'GET' | 'POST', path: string, body?: unknown) => {
  const answer = await who.send(method, `/api/inspection/${path}`, body)
  assert.ok(answer.status < 300, `${method} ${path}: ${JSON.stringify(answer.body)}`)
  return answer.body
}
const work = (name: string, payload: unknown = null): Promise<void> =>
  tasks(deps)
    .find((task) => task.name === name)!
    .work(payload)

before(async () => {
  db = await testDatabase()
  await ensureDemoIdentity(db.sql())
  h = await startHarness(
    db.sql(),
    (given) => {
      deps = {
        ...given,
        files: directoryStore(root),
        detectors: () => accept(detector),
        declaredOf: (_db, { kind, id }: Subject) => Promise.resolve(declared.get(`${kind}/${id}`) ?? null),
      }
      return [...identity.routes(given), ...routes(deps)]
    },
    { catalogue: issues },
  )
  operator = await signInAs(h, 'scanner-air')
  reader = await signInAs(h, 'analyst-air')
  supervisor = await signInAs(h, 'image-supervisor')
  bench = await signInAs(h, 'examiner-air')
  const scanner = { id: 'hub-1', name: 'Hub', office, vendor: 'T', model: 'T', item: 'carton', adapter: 'files', mmPerPx: 1, active: true }
  await ok(supervisor, 'POST', 'scanners', scanner)
  const { id, name } = identity.demoPerson('analyst-air')
  await ok(supervisor, 'POST', 'readers', { personId: id, name, team: 'senior', items: ['carton'], simulated: false })
  const setting = { ...standardSetting, autoClear: true, autoClearBelow: 0.2, recheckPercent: { autoClear: 0, clear: 0, suspect: 0 }, openPercent: 0 }
  await ok(supervisor, 'POST', `settings/${office}`, setting)
})
after(async () => {
  await h?.close()
  await db?.close()
  rmSync(root, { recursive: true, force: true })
})

const sugar = (() => {
  const projection = project(carton({ seed: 21, chapter: '17' }).scene, beams.belt)
  return { dual: expose(projection, beams.belt, 1), kg: projection.truth.reduce((sum, { massG }) => sum + massG, 0) / 1000 }
})()
const goods = (hsCode: string, reference: string, grossMassKg = sugar.kg): DeclaredGoods => ({
  lines: [{ hsCode, description: null, grossMassKg, packages: 1 }],
  consignor: { id: 'CN778', name: 'Bright Sweets' },
  reference,
  version: 1,
})
const plane = ({ width, height, ...planes }: DualEnergy, name: 'low' | 'high'): Promise<Buffer> =>
  sharp(planes[name], { raw: { width, height, channels: 1 } })
    .toColourspace('grey16')
    .png({ compressionLevel: 1 })
    .toBuffer()

let minute = 0
/** Delivers the picture of a parcel of sugar, and has the detector look. */
const screened = async (subject: Subject): Promise<string> => {
  minute += 1
  const files = await Promise.all(
    (['low', 'high'] as const).map(async (role) => {
      const answer = await operator.send('POST', '/api/inspection/originals', await plane(sugar.dual, role), { 'content-type': 'image/png' })
      return { role, sha256: String(answer.body.sha256) }
    }),
  )
  const takenAt = new Date(Date.parse('2026-11-25T10:00:00Z') + minute * 60_000).toISOString()
  const about = { subject, item: 'carton', scannerId: 'hub-1', takenAt, column: 'simulated', isTip: false, sidecar: {} }
  const image = await ok(operator, 'POST', 'images/assembled', { ...about, files })
  await work('inspection.first-pass', { imageId: image.id })
  return String(image.id)
}
const caseOf = async (imageId: string): Promise<ImageCase> =>
  (await db.sql()<{ state: ImageCase }[]>`select state from inspection.image_case where image_id = ${imageId}`)[0]!.state
const seenBy = async (who: Browser, imageId: string): Promise<DeclaredView> =>
  (await ok(who, 'GET', `images/${imageId}/declared`)) as unknown as DeclaredView

test('a parcel that is what was declared flows; one that is not is read, with the evidence, and the journal gives the case', async () => {
  declared.set('parcel/P1', goods('17019910', 'P1'))
  declared.set('parcel/P2', goods('73181500', 'P2'))
  const [honest, other, nobody] = [
    await screened({ kind: 'parcel', id: 'P1' }),
    await screened({ kind: 'parcel', id: 'P2' }),
    await screened({ kind: 'parcel', id: 'P3' }),
  ]
  assert.deepEqual([(await caseOf(honest)).status, (await caseOf(honest)).matched], ['auto-cleared', 'green'])
  assert.deepEqual([(await caseOf(nobody)).status, (await caseOf(nobody)).matched], ['auto-cleared', null], 'nothing declared, nothing to match')
  const differs = await caseOf(other)
  assert.deepEqual([differs.status, differs.matched], ['first-reading', 'red'])
  const { goods: said, match } = await seenBy(supervisor, other)
  assert.deepEqual([said?.lines[0]?.hsCode, match?.declared.version, match?.basis], ['73181500', 1, 'two-energies'])
  const metal = match!.evidence.find(({ metric }) => metric === 'metalShare')!
  assert.ok(metal.level === 'red' && metal.value < 0.1 && metal.region[2] > 100, JSON.stringify(metal))
  const entries = await readEntries(db.sql(), { kind: 'image-case', id: differs.id })
  assert.deepEqual(entries.flatMap((e) => e.body.events as CaseEvent[]).reduce<ImageCase | null>(evolveCase, null), differs)
})

test('who reads blind sees what is declared and not how it compares, until he has decided', async () => {
  declared.set('parcel/P4', goods('73181500', 'P4'))
  const image = await screened({ kind: 'parcel', id: 'P4' })
  const { id } = await caseOf(image)
  const before = await seenBy(reader, image)
  assert.deepEqual([before.goods?.reference, before.match], ['P4', null])
  const claimed = (await ok(reader, 'POST', `cases/${id}/claim`)).case as { matched: string | null }
  assert.equal(claimed.matched, null)
  await ok(reader, 'POST', `cases/${id}/read`, { decision: 'clear', classes: [], confidence: 4, remarks: '', ms: 1000 })
  assert.equal((await seenBy(reader, image)).match?.level, 'red')
  const decided = await caseOf(image)
  assert.deepEqual([decided.status, decided.decision?.outcome], ['decided', 'clear'], 'cleared, and all the same not as declared: the bench opens it')
})

test('a declaration that comes after the picture, or changes, is held against it; what had passed is then called back', async () => {
  const image = await screened({ kind: 'container', id: 'MSKU1234565' })
  assert.equal((await caseOf(image)).status, 'auto-cleared')
  const jobs = async (): Promise<number> =>
    (await db.sql()<{ n: number }[]>`select count(*)::int as n from graphile_worker.jobs where key = ${`inspection.match/${image}`}`)[0]!.n
  await work('inspection:match-late')
  assert.equal(await jobs(), 0)
  declared.set('container/MSKU1234565', goods('73181500', 'MRN1'))
  await work('inspection:match-late')
  assert.equal(await jobs(), 1)
  await work('inspection.match', { imageId: image })
  assert.deepEqual([(await caseOf(image)).status, (await caseOf(image)).matched], ['first-reading', 'red'])
  await db.sql()`select graphile_worker.remove_job(${`inspection.match/${image}`})`
  await work('inspection:match-late')
  assert.equal(await jobs(), 0, 'the same version is matched once')
  declared.set('container/MSKU1234565', { ...goods('17019910', 'MRN1'), version: 2 })
  await work('inspection:match-late')
  assert.equal(await jobs(), 1)
  await work('inspection.match', { imageId: image })
  assert.equal((await seenBy(supervisor, image)).match?.declared.version, 2)
  assert.deepEqual([(await caseOf(image)).status, (await caseOf(image)).matched], ['first-reading', 'green'], 'called back is called back')
})

test('declared otherwise after people had closed the case: matched anew beside the old, decided as before, and an alert to whoever oversees', async () => {
  declared.set('parcel/C1', { ...goods('73181500', 'C1'), version: 1 })
  const image = await screened({ kind: 'parcel', id: 'C1' })
  const { id } = await caseOf(image)
  await ok(reader, 'POST', `cases/${id}/claim`)
  await ok(reader, 'POST', `cases/${id}/read`, { decision: 'clear', classes: [], confidence: 4, remarks: '', ms: 1000 })
  await ok(bench, 'POST', `cases/${id}/open`, { found: [], remarks: '' })
  await ok(bench, 'POST', `cases/${id}/close`)
  const closed = await caseOf(image)
  const alerts = async (open = true): Promise<MatchAlert[]> => (await ok(supervisor, 'GET', `match-alerts?open=${open}`)).rows as MatchAlert[]
  const amended = async (hsCode: string, version: number): Promise<void> => {
    declared.set('parcel/C1', { ...goods(hsCode, 'C1'), version })
    await work('inspection:match-late')
    const [job] = await db.sql()`select graphile_worker.remove_job(${`inspection.match/${image}`})`
    assert.ok(job, 'also a closed case is matched with what was declared later')
    await work('inspection.match', { imageId: image })
  }
  await work('inspection.match', { imageId: image })
  assert.deepEqual(await alerts(), [], 'the same version was known to whoever decided')
  await amended('17019910', 2)
  assert.deepEqual(await alerts(), [], 'what it is now declared as is what it shows')
  await amended('72142000', 3)
  await work('inspection.match', { imageId: image })
  const [alert, ...more] = await alerts()
  assert.deepEqual(
    [more.length, alert?.caseId, alert?.version, alert?.outcome],
    [0, id, 3, 'clear'],
    'one for a version, however often it is matched',
  )
  assert.deepEqual(await caseOf(image), closed, 'nothing of the case has changed')
  const { history } = await seenBy(supervisor, image)
  assert.deepEqual(
    history.map(({ version, level }) => `${version} ${level}`),
    ['3 red', '3 red', '2 green', '1 red', '1 red'],
  )
  const entries = await readEntries(db.sql(), { kind: 'image', id: image })
  assert.equal(entries.flatMap((e) => e.body.events as { type: string }[]).filter(({ type }) => type === 'image.match-alerted').length, 1)
  const path = `/api/inspection/match-alerts/${alert!.id}/acknowledge`
  assert.equal((await reader.send('GET', '/api/inspection/match-alerts')).status, 403)
  assert.equal((await reader.send('POST', path, { remarks: 'Seen' })).status, 403)
  assert.equal((await supervisor.send('POST', path, { remarks: '' })).status, 400)
  await ok(supervisor, 'POST', `match-alerts/${alert!.id}/acknowledge`, { remarks: 'Handed to post-clearance audit' })
  assert.equal((await supervisor.send('POST', path, { remarks: 'Again' })).status, 409)
  assert.deepEqual([(await alerts()).length, (await alerts(false))[0]?.remarks], [0, 'Handed to post-clearance audit'])
})

test('what is declared is noted by whoever may, version by version; nobody else may, and a nonsense code is refused', async () => {
  const { version: _version, ...fresh } = goods('17019910', 'CN22 551')
  const path = '/api/inspection/declared/parcel/P9'
  assert.equal((await operator.send('POST', path, fresh)).status, 403)
  assert.equal((await supervisor.send('POST', path, { ...fresh, lines: [{ ...fresh.lines[0], hsCode: 'sugar' }] })).status, 400)
  const image = await screened({ kind: 'parcel', id: 'P9' })
  const versions = [await ok(supervisor, 'POST', 'declared/parcel/P9', fresh), await ok(supervisor, 'POST', 'declared/parcel/P9', fresh)]
  assert.deepEqual(
    versions.map(({ version }) => version),
    [1, 2],
  )
  await work('inspection.match', { imageId: image })
  assert.deepEqual((await seenBy(supervisor, image)).match?.declared, { reference: 'CN22 551', version: 2, grossMassKg: sugar.kg })
})

test('history finds earlier images of the same code and shipper, and says what became of them', async () => {
  const shoes: DeclaredGoods = { ...goods('64029990', 'H'), consignor: { id: null, name: 'Bright  Shoes' } }
  const from = async (id: string, more: Partial<DeclaredGoods>): Promise<string> => {
    declared.set(`parcel/${id}`, { ...shoes, ...more })
    return screened({ kind: 'parcel', id })
  }
  const [line] = shoes.lines
  const both = await from('H1', {})
  const code = await from('H2', { lines: [{ ...line!, hsCode: '6402991000' }], consignor: null })
  const shipper = await from('H3', { lines: [{ ...line!, hsCode: '42021291' }], consignor: { id: null, name: 'bright shoes' } })
  await from('H4', { lines: [{ ...line!, hsCode: '640411' }], consignor: { id: 'CN1', name: 'Others' } })
  const before = await from('H5', { lines: [{ ...line!, hsCode: '09012100' }], consignor: null })
  const now = await from('H5', {})
  const later = await from('H6', {})
  const rows = (await ok(reader, 'GET', `images/${now}/earlier`)) as unknown as EarlierImage[]
  assert.deepEqual(
    rows.map(({ id, codes, sameConsignor, sameSubject }) => [id, codes, sameConsignor, sameSubject]),
    [
      [before, [], false, true],
      [shipper, [], true, false],
      [code, ['640299'], false, false],
      [both, ['640299'], true, false],
    ],
  )
  assert.ok(!rows.some(({ id }) => id === later), 'what came later is no history')
  assert.deepEqual([rows[3]!.outcome, rows[3]!.found], ['clear', null], 'let pass, and never opened')
  const { id: caseId } = await caseOf(both)
  await ok(bench, 'POST', `cases/${caseId}/open`, { found: ['drugs'], remarks: '' })
  const after = ((await ok(reader, 'GET', `images/${now}/earlier`)) as unknown as EarlierImage[])[3]!
  assert.deepEqual([after.id, after.outcome, after.found], [both, 'clear', true])
})

test('expectations are learned from what people cleared of a chapter, never from what the machine alone let pass', async () => {
  const of = async (id: string): Promise<unknown> => {
    declared.set(`parcel/${id}`, goods('17049065', id))
    return (await seenBy(supervisor, await screened({ kind: 'parcel', id }))).match?.chapters
  }
  assert.deepEqual(await of('L0'), [{ chapter: '17', source: 'table', n: 0 }], 'earlier ones were cleared by the machine')
  await ok(supervisor, 'POST', `settings/${office}/stop-auto-clear`)
  for (let n = 1; n <= 6; n += 1) {
    await of(`L${n}`)
    const [row] = await db.sql()<{ id: string }[]>`select id from inspection.image_case where subject_id = ${`L${n}`}`
    await ok(reader, 'POST', `cases/${row!.id}/claim`)
    await ok(reader, 'POST', `cases/${row!.id}/read`, { decision: 'clear', classes: [], confidence: 5, remarks: '', ms: 1000 })
  }
  assert.deepEqual(await of('L7'), [{ chapter: '17', source: 'learned', n: 6 }])
})

test('of what the bench opened only what it found to be what was declared is learned from', async () => {
  // Sugar under the name of screws: the picture differs, the reader finds nothing, the bench opens it.
  const images: string[] = []
  for (const [n, asDeclared] of [false, true, undefined].entries()) {
    declared.set(`parcel/O${n}`, goods('73181500', `O${n}`))
    const image = await screened({ kind: 'parcel', id: `O${n}` })
    images.push(image)
    const { id } = await caseOf(image)
    await ok(reader, 'POST', `cases/${id}/claim`)
    await ok(reader, 'POST', `cases/${id}/read`, { decision: 'clear', classes: [], confidence: 4, remarks: '', ms: 1000 })
    await ok(bench, 'POST', `cases/${id}/open`, { found: [], ...(asDeclared !== undefined && { asDeclared }), remarks: '' })
    await ok(bench, 'POST', `cases/${id}/close`)
  }
  const from = async (image: string): Promise<number> => (await clearedMeasures(db.sql(), '73', (await findImage(db.sql(), image))!)).length
  assert.deepEqual([await from(images[0]!), await from(images[1]!)], [1, 0], 'the second alone, and nothing from itself')
})
