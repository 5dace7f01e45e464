import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import sharp from 'sharp'
import { directoryStore, sha256Of } from '#platform/files.ts'
import { readEntries } from '#platform/journal.ts'
import type { Image, Scanner, StoredFinding } from '#schema/inspection'
import * as identity from '#modules/identity'
import { issueTexts } from '../../../web/i18n/en/issues.ts'
import { testDatabase, type TestDatabase } from '../../../../test/database.ts'
import { type Answer, type Browser, startHarness, type Harness } from '../../../../test/harness.ts'
import { ensureDemoIdentity, signInAs } from '../../../../test/identity.ts'
import { createDetectors, issues, routes, tasks } from '../index.ts'
import { writeModel } from '../detectors/fixtures/tiny-network.ts'
import { evolveImage, type ImageEvent } from '../image-journal.ts'
import type { InspectionDeps } from '../service/deps.ts'
import { takeInAll } from '../service/watch.ts'

let db: TestDatabase
let h: Harness
let deps: InspectionDeps
let detectors: ReturnType<typeof createDetectors>
let operator: Browser
let analyst: Browser
let supervisor: Browser
const root = mkdtempSync(join(tmpdir(), 'portcullis-originals-'))
const scanner: Scanner = {
  id: 'halden-1',
  name: 'Belt 1',
  office: 'XV000201',
  vendor: 'Test',
  model: 'T-1',
  item: 'bag',
  adapter: 'files',
  mmPerPx: 1.5,
  active: true,
}

before(async () => {
  db = await testDatabase()
  await ensureDemoIdentity(db.sql())
  h = await startHarness(
    db.sql(),
    (given) => {
      writeModel(join(root, 'models'), { thresholds: { set: 'frozen', review: 0.3, divert: 0.9, chosenOn: 'validation', approvedBy: null } })
      detectors = createDetectors({ root: join(root, 'models'), threads: 1 })
      deps = { ...given, files: directoryStore(join(root, 'originals')), detectors: detectors.of, declaredOf: () => Promise.resolve(null) }
      return [...identity.routes(given), ...routes(deps)]
    },
    { catalogue: issues },
  )
  operator = await signInAs(h, 'scanner-air')
  analyst = await signInAs(h, 'analyst-air')
  supervisor = await signInAs(h, 'image-supervisor')
  for (const s of [scanner, { ...scanner, id: 'halden-2', active: false }, { ...scanner, id: 'marrin-1', office: 'XV000101' }])
    assert.equal((await supervisor.send('POST', '/api/inspection/scanners', s)).status, 200)
})
after(async () => {
  await detectors.close()
  await h.close()
  await db.close()
  rmSync(root, { recursive: true, force: true })
})

const picture = (width = 40, height = 30): Promise<Buffer> =>
  sharp({ create: { width, height, channels: 3, background: '#c86428' } })
    .png()
    .toBuffer()
const grey16 = (width: number, height: number, value: (i: number) => number): Promise<Buffer> =>
  sharp(
    Uint16Array.from({ length: width * height }, (_, i) => value(i)),
    { raw: { width, height, channels: 1 } },
  )
    .toColourspace('grey16')
    .png()
    .toBuffer()

const fetchBytes = (who: Browser, url: string) =>
  h.server.inject({ url, cookies: Object.fromEntries(who.cookies), headers: { 'user-agent': 'Test Browser/1.0' }, remoteAddress: '192.0.2.1' })

const about = (more: Record<string, string> = {}): string =>
  new URLSearchParams({ subjectKind: 'bag', subjectId: 'BAG0001', scannerId: 'halden-1', takenAt: '2026-11-25T10:00:00Z', ...more }).toString()
const deliver = (who: Browser, bytes: Buffer, more: Record<string, string> = {}, headers: Record<string, string> = {}): Promise<Answer> =>
  who.send('POST', `/api/inspection/images?${about(more)}`, bytes, { 'content-type': 'application/octet-stream', ...headers })

test('an image is stored once, read back byte for byte, and its journal gives its row', async () => {
  const bytes = await picture()
  const key = randomUUID()
  const first = await deliver(operator, bytes, {}, { 'idempotency-key': key })
  const again = await deliver(operator, bytes, {}, { 'idempotency-key': key })
  assert.equal(first.status, 201)
  const image = first.body as Image
  assert.deepEqual(again.body, image, 'sent twice, answered twice, acted once')
  assert.deepEqual([image.modality, image.widthPx, image.heightPx, image.depthBits, image.column], ['colour', 40, 30, 8, 'real'])
  assert.equal(image.sidecar.mmPerPx, 1.5, 'the scanner knows its scale')
  assert.equal(image.files[0]!.sha256, sha256Of(bytes))
  const original = await fetchBytes(analyst, `/api/inspection/images/${image.id}/original`)
  assert.ok(original.rawPayload.equals(bytes))
  assert.equal(original.headers['content-type'], 'image/png')
  const entries = await readEntries(db.sql(), { kind: 'image', id: image.id })
  assert.deepEqual(entries.flatMap((e) => e.body.events as ImageEvent[]).reduce<Image | null>(evolveImage, null), image)
})

test('who does not work at the office of an image does not learn that it exists', async () => {
  const { body } = await deliver(operator, await picture())
  const sea = await signInAs(h, 'image-supervisor')
  assert.equal((await sea.send('GET', `/api/inspection/images/${body.id}`)).status, 200)
  const elsewhere = await deliver(operator, await picture(), { scannerId: 'marrin-1' })
  assert.deepEqual([elsewhere.status, elsewhere.issues], [422, ['inspection.scanner_unknown']])
  assert.equal((await analyst.send('POST', `/api/inspection/images?${about()}`, await picture())).status, 403)
})

test('two energies in one picture or two files: the planes come back at full depth', async () => {
  const [width, height] = [9, 4]
  const low = await grey16(width, height, (i) => (i * 1801) % 65_536)
  const { status, body } = await deliver(operator, low)
  assert.deepEqual([status, body.modality, body.depthBits], [201, 'grey', 16])
  const answer = await fetchBytes(analyst, `/api/inspection/images/${body.id}/raw?plane=grey`)
  assert.deepEqual(
    ['width', 'height', 'depth', 'channels'].map((n) => answer.headers[`x-image-${n}`]),
    ['9', '4', '16', '1'],
  )
  const samples = new Uint16Array(new Uint8Array(answer.rawPayload).buffer)
  assert.deepEqual(
    [...samples],
    Array.from({ length: width * height }, (_, i) => (i * 1801) % 65_536),
  )
  assert.deepEqual((await analyst.send('GET', `/api/inspection/images/${body.id}/raw?plane=low`)).issues, ['inspection.plane_absent'])
})

test('a low and a high file are kept one by one and make one image; it leaves as DICOS and comes back the same', async () => {
  const [low, high] = [await grey16(9, 4, (i) => i * 7), await grey16(9, 4, (i) => 60_000 - i)]
  const keep = async (bytes: Buffer): Promise<string> => {
    const kept = await operator.send('POST', '/api/inspection/originals', bytes, { 'content-type': 'image/png' })
    assert.equal(kept.status, 201)
    return kept.body.sha256 as string
  }
  const files = [
    { role: 'low', sha256: await keep(low) },
    { role: 'high', sha256: await keep(high) },
  ]
  const fresh = {
    subject: { kind: 'container', id: 'MSKU1234565' },
    item: 'cargo',
    scannerId: 'halden-1',
    takenAt: '2026-11-25T10:00:00Z',
    column: 'simulated',
    isTip: false,
    sidecar: { energiesKeV: [1000, 3000], geometry: 'fan' },
  }
  const made = await operator.send('POST', '/api/inspection/images/assembled', { ...fresh, files })
  assert.deepEqual([made.status, made.body.modality, made.body.depthBits], [201, 'dual-energy', 16])
  const planes = await Promise.all(['low', 'high'].map((p) => fetchBytes(analyst, `/api/inspection/images/${made.body.id}/raw?plane=${p}`)))
  const numbers = (bytes: Buffer): number[] => [...new Uint16Array(new Uint8Array(bytes).buffer)]
  assert.deepEqual(numbers(planes[0]!.rawPayload).slice(0, 3), [0, 7, 14])
  assert.deepEqual(numbers(planes[1]!.rawPayload).slice(0, 3), [60_000, 59_999, 59_998])
  const { rawPayload } = await fetchBytes(analyst, `/api/inspection/images/${made.body.id}/dicom`)
  const back = await deliver(operator, rawPayload, { lowKeV: '1000', highKeV: '3000' }, { 'content-type': 'application/dicom' })
  assert.deepEqual([back.status, back.body.modality, back.body.sidecar.mmPerPx], [201, 'dual-energy', 1.5])
  const again = await fetchBytes(analyst, `/api/inspection/images/${back.body.id}/raw?plane=high`)
  assert.ok(again.rawPayload.equals(planes[1]!.rawPayload))
  const absent = await operator.send('POST', '/api/inspection/images/assembled', {
    ...fresh,
    files: [files[0]!, { role: 'high', sha256: '0'.repeat(64) }],
  })
  assert.deepEqual([absent.status, absent.issues], [422, ['inspection.original_unknown']])
})

test('thresholds of a site count once a second person has approved them, and the finding says so', async () => {
  const [one, other] = [await signInAs(h, 'image-supervisor'), await signInAs(h, 'image-supervisor-second')]
  const proposal = { office: 'XV000201', item: 'bag', model: 'tiny@1', review: 0, divert: 1, reason: 'A warning for this airport' }
  assert.deepEqual((await one.send('POST', '/api/inspection/thresholds', { ...proposal, review: 0.9, divert: 0.2 })).issues, [
    'inspection.thresholds_crossed',
  ])
  const { body } = await one.send('POST', '/api/inspection/thresholds', proposal)
  const decide = (who: Browser, what: string) => who.send('POST', `/api/inspection/thresholds/${body.id}/${what}`)
  const pale = await sharp({ create: { width: 200, height: 150, channels: 3, background: '#b4b0a0' } })
    .png()
    .toBuffer()
  const verdictNow = async (): Promise<unknown[]> => {
    const image = await deliver(operator, pale)
    await passOver(image.body.id)
    const [finding] = (await supervisor.send('GET', `/api/inspection/images/${image.body.id}/findings`)).body as StoredFinding[]
    return [finding!.decision, finding!.thresholdSet]
  }
  assert.deepEqual((await decide(one, 'approve')).issues, ['inspection.thresholds_own'])
  assert.deepEqual(await verdictNow(), ['clear', 'frozen'])
  const past = db.sql()`update inspection.threshold_set set approved_by = proposed_by, approved_at = now() where id = ${body.id}`
  await assert.rejects(past, /threshold_set_four_eyes/, 'not even past the server')
  assert.equal((await decide(other, 'approve')).status, 200)
  assert.deepEqual(await verdictNow(), ['review', body.id])
  assert.deepEqual((await decide(other, 'approve')).issues, ['inspection.thresholds_settled'])
  assert.equal((await decide(one, 'withdraw')).status, 200)
  assert.deepEqual(await verdictNow(), ['clear', 'frozen'])
  assert.equal((await one.send('GET', '/api/inspection/thresholds')).body.length, 1)
})

test('a preview is a JPEG that is not larger than asked for', async () => {
  const { body } = await deliver(operator, await picture(900, 300))
  const answer = await fetchBytes(analyst, `/api/inspection/images/${body.id}/preview?side=320`)
  const { format, width, height } = await sharp(answer.rawPayload).metadata()
  assert.deepEqual([format, width, height], ['jpeg', 320, 107])
})

test('files that are no image are refused with their reason', async () => {
  const good = await picture()
  const cases: [string, Buffer, string][] = [
    ['text', Buffer.from('no image at all'), 'inspection.image_unknown_format'],
    ['cut off', good.subarray(0, good.length - 20), 'inspection.image_truncated'],
  ]
  for (const [name, bytes, code] of cases) assert.deepEqual((await deliver(operator, bytes)).issues, [code], name)
  assert.deepEqual((await deliver(operator, good, {}, { 'content-type': 'image/jpeg' })).issues, ['inspection.image_mislabelled'])
  assert.deepEqual((await deliver(operator, good, { scannerId: 'halden-2' })).issues, ['inspection.scanner_inactive'])
  assert.deepEqual((await deliver(operator, good, { column: 'tip', isTip: 'false' })).issues, ['inspection.image_column_unclear'])
})

test('an image with a projected threat can never be what a decision rests on, even past the server', async () => {
  const { body } = await deliver(operator, await picture(), { isTip: 'true' })
  const bind = (isTip: boolean) =>
    db.sql()`insert into inspection.evidence (image_id, is_tip, decision, bound_by, bound_at) values (${body.id}, ${isTip}, 'seizure', 'x', now())`
  await assert.rejects(bind(true), /evidence_never_tip/)
  await assert.rejects(bind(false), /evidence_image/)
  const supervisor = await signInAs(h, 'image-supervisor')
  const ask = (id: string) => supervisor.send('POST', `/api/inspection/images/${id}/evidence`, { decision: 'seizure 7' })
  assert.deepEqual((await ask(body.id)).issues, ['inspection.image_is_tip'])
  assert.equal((await ask((await deliver(operator, await picture())).body.id)).status, 200)
  await assert.rejects(db.sql()`update inspection.image set is_tip = false where id = ${body.id}`, /permission denied/)
})

const passOver = (imageId: string): Promise<void> =>
  tasks(deps)
    .find((t) => t.name === 'inspection.first-pass')!
    .work({ imageId })

test('the first pass writes what the detector found, and announces it to those who may see the image', async () => {
  const heard: string[] = []
  const stop = h.bus.listen((news) => void (news.topic === 'inspection' && heard.push(`${news.id} ${news['status'] ?? news['what']}`)))
  const red = await sharp({ create: { width: 200, height: 150, channels: 3, background: '#f01010' } })
    .png()
    .toBuffer()
  const { body } = await deliver(operator, red)
  await passOver(body.id)
  stop()
  const [finding] = (await supervisor.send('GET', `/api/inspection/images/${body.id}/findings`)).body as StoredFinding[]
  assert.deepEqual([finding!.decision, finding!.model, finding!.bags[0]!.findings[0]!.class], ['divert', 'tiny@1', 'red'])
  assert.deepEqual(heard, [`${body.id} stored`, `${body.id} found`], 'that the machine has looked is told, and not what it said')
})

test('where no model can look the verdict is review, never clear', async () => {
  const { body } = await deliver(operator, await picture(), { item: 'cargo' })
  await passOver(body.id)
  const found = await supervisor.send('GET', `/api/inspection/images/${body.id}/findings`)
  const [finding] = found.body as StoredFinding[]
  assert.deepEqual([finding!.decision, finding!.model, finding!.issues[0]!.code], ['review', null, 'inspection.detector_absent'])
  const listed = await supervisor.send('GET', `/api/inspection/images?verdict=review&sort=-takenAt`)
  assert.ok(listed.body.rows.some((r: { id: string; verdict: string }) => r.id === body.id && r.verdict === 'review'))
  const csv = await analyst.send('GET', '/api/inspection/images?format=csv')
  assert.match(String(csv.body), /BAG0001/)
})

test('a scanner delivers into a folder: what is whole is stored once, what is not says why, and nothing is lost', async () => {
  const folder = join(root, 'belt')
  mkdirSync(folder)
  const put = (name: string, content: Buffer | object): void =>
    writeFileSync(join(folder, name), Buffer.isBuffer(content) ? content : JSON.stringify(content))
  const note = (id: string, files: object, more: object = {}) => ({ subject: { kind: 'bag', id }, takenAt: '2026-11-25T11:00:00Z', files, ...more })
  put('a.png', await picture())
  put('b-low.png', await grey16(9, 4, () => 9_000))
  put('b-high.png', await grey16(9, 4, () => 20_000))
  put('waits.png', await picture())
  const a = note('F1', { image: 'a.png' })
  put('a.scan.json', a)
  put('b.scan.json', note('F2', { low: 'b-low.png', high: 'b-high.png' }, { column: 'simulated', sidecar: { energiesKeV: [40, 80], mmPerPx: 1 } }))
  put('c.scan.json', note('F3', { image: '../../etc/passwd' }))
  put('d.scan.json', note('F4', { image: 'absent.png' }))
  const watch = { scannerId: 'halden-1', folder }
  assert.deepEqual(await takeInAll(deps, watch), { stored: 2, refused: 2 })
  assert.deepEqual(await takeInAll(deps, watch), { stored: 0, refused: 0 })
  assert.deepEqual(readdirSync(join(folder, 'done')).toSorted(), ['a.png', 'a.scan.json', 'b-high.png', 'b-low.png', 'b.scan.json'])
  assert.ok(readdirSync(folder).includes('waits.png'), 'without its note an image is not complete')
  const reasons = (name: string): string[] =>
    (JSON.parse(readFileSync(join(folder, 'refused', `${name}.issues.json`), 'utf8')) as { code: string }[]).map((i) => i.code)
  assert.deepEqual([reasons('c.scan.json'), reasons('d.scan.json')], [['inspection.note_invalid'], ['inspection.image_unreadable']])
  put('a.png', await picture())
  put('a.scan.json', a)
  await takeInAll(deps, watch)
  const found = await analyst.send('GET', '/api/inspection/images?subjectId=F1')
  assert.equal(found.body.total, 1, 'the same note again is the same image')
  assert.equal((await analyst.send('GET', '/api/inspection/images?subjectId=F2')).body.rows[0].modality, 'dual-energy')
  const supervisor = await signInAs(h, 'image-supervisor')
  assert.deepEqual((await supervisor.send('POST', '/api/inspection/scanners', { ...scanner, adapter: 'unheard-of' })).issues, [
    'inspection.adapter_unknown',
  ])
})

test('every issue has its two sentences', () => {
  for (const code of Object.keys(issues)) assert.ok(Object.hasOwn(issueTexts, code), code)
})
