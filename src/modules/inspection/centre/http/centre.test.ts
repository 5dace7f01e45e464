import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import sharp from 'sharp'
import { error } from '#kernel/issue.ts'
import { refuse } from '#kernel/outcome.ts'
import { inTransaction } from '#platform/database.ts'
import { directoryStore } from '#platform/files.ts'
import { readEntries } from '#platform/journal.ts'
import * as identity from '#modules/identity'
import type { Board, CaseView, ImageCase, PastReadings, StoredFinding } from '#schema/inspection'
import { issueTexts } from '../../../../web/i18n/en/issues.ts'
import { testDatabase, type TestDatabase } from '../../../../../test/database.ts'
import { type Browser, startHarness, type Harness } from '../../../../../test/harness.ts'
import { ensureDemoIdentity, signInAs } from '../../../../../test/identity.ts'
import { issues, routes } from '../../index.ts'
import { findImage } from '../../store/images.ts'
import { type CaseEvent, evolveCase } from '../case.ts'
import { standardSetting } from '../setting.ts'
import { noteFinding } from '../service/intake.ts'

let db: TestDatabase
let h: Harness
let operator: Browser
let first: Browser
let second: Browser
let supervisor: Browser
let bench: Browser
const office = 'XV000201'
const noDetector = () => refuse(error('inspection.detector_absent'))
const root = mkdtempSync(join(tmpdir(), 'portcullis-centre-'))
const cases = '/api/inspection/cases'

const ok = async (who: Browser, method: 'GET' | 'POST', path: string, body?: unknown) => {
  const answer = await who.send(method, path, body)
  assert.ok(answer.status < 300, `${method} ${path}: ${JSON.stringify(answer.body)}`)
  return answer.body
}

before(async () => {
  db = await testDatabase()
  await ensureDemoIdentity(db.sql())
  h = await startHarness(
    db.sql(),
    (given) => [
      ...identity.routes(given),
      ...routes({ ...given, files: directoryStore(root), detectors: noDetector, declaredOf: () => Promise.resolve(null) }),
    ],
    {
      catalogue: issues,
    },
  )
  operator = await signInAs(h, 'scanner-air')
  first = await signInAs(h, 'analyst-air')
  second = await signInAs(h, 'analyst-second')
  supervisor = await signInAs(h, 'image-supervisor')
  bench = await signInAs(h, 'examiner-air')
  const scanner = { id: 'belt-1', name: 'Belt 1', office, vendor: 'T', model: 'T', item: 'bag', adapter: 'files', mmPerPx: null, active: true }
  await ok(supervisor, 'POST', '/api/inspection/scanners', scanner)
  // The template may hold readers of the demo for whom its simulator reads; here they are people.
  await db.sql()`update inspection.reader set simulated = false`
  for (const [key, team] of [
    ['analyst-air', 'senior'],
    ['analyst-second', 'intermediate'],
  ] as const) {
    const { id, name } = identity.demoPerson(key)
    await ok(supervisor, 'POST', '/api/inspection/readers', { personId: id, name, team, items: ['bag'], simulated: false })
  }
  // No lot is drawn: what is read twice is so because machine and person differ.
  const setting = { ...standardSetting, autoClear: true, autoClearBelow: 0.2, recheckPercent: { autoClear: 0, clear: 0, suspect: 0 }, openPercent: 0 }
  await ok(supervisor, 'POST', `/api/inspection/settings/${office}`, setting)
})
after(async () => {
  await h?.close()
  await db?.close()
  rmSync(root, { recursive: true, force: true })
})

let shade = 0
const deliver = async (bag: string, more = ''): Promise<string> => {
  shade = (shade + 1) % 256
  const picture = await sharp({ create: { width: 30, height: 20, channels: 3, background: { r: shade, g: 10, b: 10 } } })
    .png()
    .toBuffer()
  const about = `subjectKind=bag&subjectId=${bag}&scannerId=belt-1&takenAt=2026-11-25T10:00:00Z&column=simulated${more}`
  const answer = await operator.send('POST', `/api/inspection/images?${about}`, picture, { 'content-type': 'image/png' })
  assert.equal(answer.status, 201, JSON.stringify(answer.body))
  return String(answer.body.id)
}

/** What a detector would have written. */
const machineSays = (imageId: string, decision: StoredFinding['decision'], score: number): Promise<void> =>
  inTransaction(db.sql(), async (tx) => {
    const image = await findImage(tx, imageId)
    const finding = {
      id: randomUUID(),
      imageId,
      at: h.deps.clock(),
      bags: [],
      decision,
      score,
      model: 'bags@1',
      thresholdSet: 'standard',
      ms: 120,
      issues: [],
    }
    await noteFinding(tx, image!, finding)
  })
const caseOf = async (imageId: string): Promise<ImageCase> =>
  (await db.sql()<{ state: ImageCase }[]>`select state from inspection.image_case where image_id = ${imageId}`)[0]!.state
const says = (decision: 'clear' | 'suspect', ms = 5000) => ({
  decision,
  classes: decision === 'suspect' ? ['gun'] : [],
  confidence: 4,
  remarks: '',
  ms,
})
const frame = (imageId: string, id = 'a') => ({ id, kind: 'rectangle', imageId, from: { x: 2, y: 3 }, to: { x: 12.5, y: 9 }, text: 'here' })
const claim = async (who: Browser, id?: string) => (await ok(who, 'POST', id ? `${cases}/${id}/claim` : `${cases}/claim`)).case as CaseView

test('the machine clears most; what it diverts and a person clears is read again, blind, then opened; the journal gives the row', async () => {
  const plain = await deliver('0220000001')
  await machineSays(plain, 'clear', 0.01)
  assert.equal((await caseOf(plain)).status, 'auto-cleared')

  const image = await deliver('0220000002')
  await machineSays(image, 'divert', 0.97)
  const mine = await claim(first)
  assert.deepEqual([mine.imageId, mine.blind, mine.ai, mine.column], [image, true, null, null], 'a blind reader sees no machine')
  for (const marks of [[frame(randomUUID())], [{ ...frame(image), to: { x: 31, y: 5 } }], [frame(image), frame(image)]])
    assert.deepEqual((await first.send('POST', `${cases}/${mine.id}/read`, { ...says('clear'), marks })).issues, ['inspection.mark_outside'])
  const tooMany = Array.from({ length: 61 }, (_, n) => frame(image, `m${n}`))
  assert.equal((await first.send('POST', `${cases}/${mine.id}/read`, { ...says('clear'), marks: tooMany })).status, 400)
  const afterFirst = await ok(first, 'POST', `${cases}/${mine.id}/read`, { ...says('clear'), marks: [frame(image)] })
  assert.deepEqual(afterFirst.readings[0].marks, [frame(image)])
  assert.equal(afterFirst.ai.verdict, 'divert', 'who has decided may see what the machine says')

  const blind = await claim(second)
  assert.equal(blind.id, mine.id)
  assert.deepEqual(
    [blind.status, blind.ai, blind.readings, blind.recheck],
    ['first-reading', null, [], null],
    'nothing tells a second reader that he is one',
  )
  await ok(second, 'POST', `${cases}/${mine.id}/read`, { ...says('suspect'), marks: [frame(image, 'b')] })
  assert.equal((await caseOf(image)).status, 'adjudication')

  const disputed = await claim(supervisor)
  const drawn = (c: CaseView) => c.readings.flatMap(({ marks }) => marks ?? []).map(({ id }) => id)
  assert.deepEqual([disputed.id, drawn(disputed)], [mine.id, ['a', 'b']], 'who decides between two sees what both drew')
  assert.deepEqual(drawn((await ok(supervisor, 'GET', `${cases}?group=adjudication`)).rows[0] as CaseView), [], 'marks are drawn, not listed')
  await ok(supervisor, 'POST', `${cases}/${mine.id}/adjudicate`, says('suspect'))
  const opened = await ok(bench, 'POST', `${cases}/${mine.id}/open`, { found: ['gun'], remarks: 'Replica' })
  assert.deepEqual([opened.status, opened.readings.length, drawn(opened as CaseView)], ['opened', 3, ['a', 'b']])
  await ok(bench, 'POST', `${cases}/${mine.id}/close`)

  const kept = await caseOf(image)
  const entries = await readEntries(db.sql(), { kind: 'image-case', id: mine.id })
  assert.deepEqual(
    entries.map((e) => e.command),
    ['make', 'note-finding', 'read', 'read', 'adjudicate', 'open', 'close'].map((c) => `image-case.${c}`),
  )
  assert.deepEqual(entries.flatMap((e) => e.body.events as CaseEvent[]).reduce<ImageCase | null>(evolveCase, null), kept)
  const board = await ok(supervisor, 'GET', '/api/inspection/board?column=simulated')
  assert.deepEqual([board.items, board.threats], [1, 1], 'machine and both teams have judged it')
  const rows = board.rows as Board['rows']
  assert.deepEqual(
    rows.map((r) => [r.team, r.readers, r.withheld, r.figures?.detection?.value ?? null]),
    [
      ['ai', 1, null, 1],
      ['senior', 1, 'items', null],
      ['intermediate', 1, 'items', null],
    ],
    'one person and one image are no team',
  )
  const matrix = await ok(supervisor, 'GET', '/api/inspection/concordance?column=simulated')
  assert.deepEqual(matrix.cells, [{ ai: true, first: false, second: true, opened: true, count: 1 }])
})

test('a second reader learns nothing of machine or first reader by any other way either', async () => {
  const image = await deliver('0220000003')
  await machineSays(image, 'divert', 0.9)
  const { id } = await claim(first)
  assert.deepEqual(await ok(first, 'GET', `/api/inspection/images/${image}/findings`), [], 'findings are withheld')
  await ok(first, 'POST', `${cases}/${id}/read`, says('clear'))
  assert.deepEqual(await ok(second, 'GET', `/api/inspection/images/${image}/findings`), [])
  const listed = await ok(second, 'GET', `/api/inspection/images?q=0220000003`)
  assert.deepEqual([listed.rows[0].verdict, listed.rows[0].score], [null, null])
  const inQueue = (await ok(second, 'GET', `${cases}?q=0220000003`)).rows[0] as CaseView
  assert.deepEqual([inQueue.ai, inQueue.readings, inQueue.status, inQueue.decision], [null, [], 'first-reading', null])
  for (const path of ['concordance', 'drift', 'readers'])
    assert.equal((await second.send('GET', `/api/inspection/${path}?column=simulated`)).status, 403)
  const board = await ok(second, 'GET', '/api/inspection/board?column=simulated')
  const named = (await ok(supervisor, 'GET', '/api/inspection/board?column=simulated')).rows as { team: string; names: string[] }[]
  assert.deepEqual([named[2]?.names.length, board.rows[2].names, board.rows[0].names], [1, [], ['bags@1']], 'teams for all, names for the supervisor')
})

test('nobody reads his own, even past the server', async () => {
  const image = await deliver('0220000004')
  await machineSays(image, 'divert', 0.9)
  const { id } = await claim(first, (await caseOf(image)).id)
  await ok(first, 'POST', `${cases}/${id}/read`, says('clear'))
  assert.deepEqual((await first.send('POST', `${cases}/${id}/claim`)).issues, ['inspection.not_yours'])
  assert.deepEqual((await first.send('POST', `${cases}/${id}/read`, says('clear'))).issues, ['inspection.not_claimed'])
  const write = (key: string, round: number) =>
    db.sql()`insert into inspection.reading (case_id, round, person_id, decision, ms, at) values (${id}, ${round}, ${identity.demoPerson(key).id}, 'clear', 1, now())`
  await assert.rejects(write('analyst-air', 2), /reading_once_each/)
  await assert.rejects(write('scanner-air', 2), /reading_not_by_operator/)
  await assert.rejects(db.sql()`update inspection.reading set person_id = ${identity.demoPerson('image-supervisor').id}`, /permission denied/)
})

test('a lease is one person’s until it runs out; two who ask at once get different cases', async () => {
  const images = [await deliver('0220000005'), await deliver('0220000006')]
  for (const image of images) await machineSays(image, 'review', 0.4)
  const ids = await Promise.all(images.map(async (image) => (await caseOf(image)).id))
  const [a, b] = await Promise.all([first, second].map((who) => who.send('POST', `${cases}/${ids[0]}/claim`)))
  assert.deepEqual([a!.status, b!.status].toSorted(), [200, 409], 'one of two wins')
  const loser = a!.status === 200 ? second : first
  assert.deepEqual((await loser.send('POST', `${cases}/${ids[0]}/read`, says('clear'))).issues, ['inspection.not_claimed'])
  h.pass((standardSetting.leaseS + 1) * 1000)
  assert.equal((await claim(loser, ids[0])).id, ids[0], 'a lease that has run out binds nobody')
  await ok(loser, 'POST', `${cases}/${ids[0]}/read`, says('clear', 3_000_000))
  const reading = (await caseOf(images[0]!)).readings[0]!
  assert.ok(reading.ms < 60_000, `${reading.ms}: viewing is not longer than the lease`)
})

test('a practice image is answered with what it was, and can never become a decision', async () => {
  const library = await deliver('0220000007', '&isTip=true')
  await ok(supervisor, 'POST', '/api/inspection/tip/items', { imageId: library, category: 'gun', threat: true, difficulty: 2, angleDeg: 30 })
  await ok(supervisor, 'POST', '/api/inspection/tip/items', { imageId: library, category: 'gun', threat: true, difficulty: 2, angleDeg: 30 }).then(
    () => assert.fail('twice in the library'),
    () => undefined,
  )
  const real = await deliver('0220000008')
  const refused = await supervisor.send('POST', '/api/inspection/tip/items', {
    imageId: real,
    category: 'gun',
    threat: true,
    difficulty: 2,
    angleDeg: 30,
  })
  assert.deepEqual(refused.issues, ['inspection.tip_not_projected'])
  await machineSays(library, 'divert', 0.8)
  // As often as can be had: every second picture.
  for (const shift of ['early', 'late', 'night'])
    await ok(supervisor, 'POST', '/api/inspection/tip/rates', { category: 'gun', shift, perHundred: 50 })
  let shown: CaseView | null = null
  for (let n = 0; n < 24 && shown?.imageId !== library; n += 1) {
    const bag = await deliver(`03300000${String(n).padStart(2, '0')}`)
    await machineSays(bag, 'review', 0.4)
    shown = await claim(first)
    if (shown.imageId !== library) await ok(first, 'POST', `${cases}/${shown.id}/read`, says('clear'))
  }
  assert.equal(shown?.imageId, library, 'none of 24 draws at one in two')
  assert.deepEqual([shown.tip, shown.column, shown.blind], [null, null, true], 'nothing gives it away')
  const image = await ok(first, 'GET', `/api/inspection/images/${library}`)
  assert.deepEqual([image.isTip, image.column], [false, 'simulated'])
  assert.equal((await ok(second, 'GET', `${cases}?q=0220000007`)).total, 0, 'others do not see it')
  const answered = await ok(first, 'POST', `${cases}/${shown.id}/read`, says('suspect'))
  assert.deepEqual([answered.tip, answered.status, answered.decision], [{ answer: 'hit', category: 'gun' }, 'closed', null])

  // Around the server: no decision, no opening, no tag, no evidence.
  const sql = db.sql()
  const id = shown.id
  await assert.rejects(sql`update inspection.image_case set outcome = 'suspect' where id = ${id}`, /image_case_tip_decides_nothing/)
  await assert.rejects(sql`update inspection.image_case set status = 'decided' where id = ${id}`, /image_case_tip_decides_nothing/)
  await assert.rejects(sql`update inspection.image_case set is_tip = false where id = ${id}`, /image_case_image/)
  const tag = (isTip: boolean) =>
    sql`insert into inspection.etag (case_id, is_tip, office, subject_kind, subject_id, bound_at) values (${id}, ${isTip}, ${office}, 'bag', 'x', now())`
  await assert.rejects(tag(true), /etag_never_tip/)
  await assert.rejects(tag(false), /etag_case/)
  assert.deepEqual((await bench.send('POST', `${cases}/${id}/open`, { found: ['gun'], remarks: '' })).issues, ['inspection.case_unknown'])
  const people = await ok(supervisor, 'GET', '/api/inspection/readers?column=simulated')
  assert.ok(people.find((p: { personId: string }) => p.personId === identity.demoPerson('analyst-air').id).figures.n >= 1)
  for (const shift of ['early', 'late', 'night']) await ok(supervisor, 'POST', '/api/inspection/tip/rates', { category: 'gun', shift, perHundred: 0 })
})

test('whoever has looked for twenty minutes must rest, and that is journalled', async () => {
  h.pass(standardSetting.restMin * 60_000)
  second = await signInAs(h, 'analyst-second')
  await ok(second, 'POST', `${cases}/claim`)
  for (let minute = 0; minute < 18; minute += 6) {
    h.pass(6 * 60_000)
    assert.equal((await ok(second, 'POST', `${cases}/claim`)).restUntil, null)
  }
  h.pass(2 * 60_000)
  const locked = await ok(second, 'POST', `${cases}/claim`)
  assert.deepEqual([locked.case, typeof locked.restUntil], [null, 'string'])
  const { id } = identity.demoPerson('analyst-second')
  const entries = await readEntries(db.sql(), { kind: 'image-reader', id })
  assert.equal(entries.at(-1)?.command, 'image-reader.rest')
  h.pass(standardSetting.restMin * 60_000)
  assert.equal((await ok(second, 'POST', `${cases}/claim`)).restUntil, null)
})

test('one act stops the machine from clearing alone', async () => {
  // An hour of the clock has gone by: who did nothing is signed out.
  supervisor = await signInAs(h, 'image-supervisor')
  operator = await signInAs(h, 'scanner-air')
  await ok(supervisor, 'POST', `/api/inspection/settings/${office}/stop-auto-clear`)
  const image = await deliver('0220000009')
  await machineSays(image, 'clear', 0.01)
  assert.equal((await caseOf(image)).status, 'first-reading')
})

// Last of those with images: its library would crowd the draws of the others.
test('readings made elsewhere are taken in whole or not at all, once each, and invented ones stand in a table of their own', async () => {
  const images: string[] = []
  for (let n = 0; n < 30; n += 1) {
    const image = await deliver(`02200080${String(n).padStart(2, '0')}`, '&isTip=true')
    await ok(supervisor, 'POST', '/api/inspection/tip/items', {
      imageId: image,
      category: n % 2 ? 'gun' : 'benign',
      threat: n % 2 === 1,
      difficulty: 1,
      angleDeg: 0,
    })
    await machineSays(image, n % 2 ? 'divert' : 'clear', n % 2)
    images.push(image)
  }
  const head = 'Image ID,Reader,Team,Decision,Confidence,Seconds,Read at'
  const row = (image: string, n: number, team: string): string =>
    `${image},${team}-${n % 3},${team},${n % 2 ? 'suspect' : 'clear'},4,30.5,2026-01-02T10:00:00Z`
  const content = [head, ...images.flatMap((image, n) => ['senior', 'intermediate'].map((team) => row(image, n, team)))].join('\n')
  const send = (who: Browser, text: string) =>
    who.send('POST', '/api/inspection/past-readings', { source: 'shift.csv', invented: true, content: text })
  assert.equal((await send(await signInAs(h, 'analyst-air'), content)).status, 403)
  const wrong = await send(supervisor, `${content}\n${randomUUID()},S1,senior,clear,4,30,2026-01-02T10:00:00Z`)
  assert.deepEqual([wrong.status, wrong.issues], [422, ['inspection.past_cell']])
  assert.deepEqual(await ok(supervisor, 'GET', '/api/inspection/past-readings'), [], 'nothing of a file that is refused')
  assert.deepEqual((await send(supervisor, content)).body, { readings: 60, known: 0, ignored: [] })
  assert.deepEqual((await send(supervisor, content)).body, { readings: 0, known: 60, ignored: [] })
  const [kept] = (await ok(supervisor, 'GET', '/api/inspection/past-readings')) as PastReadings
  assert.deepEqual([kept!.source, kept!.invented, kept!.readers, kept!.readings], ['shift.csv', true, 6, 60])
  const board = (await ok(supervisor, 'GET', '/api/inspection/board?column=simulated')) as Board
  assert.deepEqual(
    [board.readers, board.hasOther, board.items, board.rows.map((r) => [r.readers, r.withheld, r.figures?.accuracy.value])],
    [
      'invented',
      true,
      30,
      [
        [1, null, 1],
        [3, null, 1],
        [3, null, 1],
      ],
    ],
  )
  const people = (await ok(supervisor, 'GET', '/api/inspection/board?column=simulated&readers=people')) as Board
  assert.deepEqual([people.hasOther, people.rows.map((r) => r.imported)], [true, [0, 0, 0]])
})

test('every issue has its two sentences', () => {
  for (const code of Object.keys(issues)) assert.ok(Object.hasOwn(issueTexts, code), code)
})
