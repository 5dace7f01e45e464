import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { after, before, test } from 'node:test'
import { canonicalJson } from '#kernel/canonical-json.ts'
import { createBus, type Bus } from '#platform/bus.ts'
import type { Sql } from '#platform/database.ts'
import { readEntries } from '#platform/journal.ts'
import { createLog } from '#platform/log.ts'
import type { Principal } from '#platform/permissions.ts'
import { demoPerson, findPrincipal } from '#modules/identity'
import { testDatabase, type TestDatabase } from '../../../../test/database.ts'
import { type DeclarationEvent, foldEvents } from '../declaration.ts'
import { acknowledge, readInbox } from '../read/inbox.ts'
import { declaredGoodsOf } from '../read/goods.ts'
import { listDeclarations } from '../read/lists.ts'
import type { DeclarationDocument } from '../schema/document.ts'
import { findByMrn } from '../store.ts'
import { createClearance, type Clearance } from './clearance.ts'
import { execute } from './execute.ts'
import { lodge } from './lodge.ts'
import { replayDeclaration } from './replay.ts'

let db: TestDatabase
let sql: Sql
let bus: Bus
let c: Clearance
let broker: Principal
let officer: Principal
let head: Principal
let client: string

const person = async (key: string): Promise<Principal> => {
  const found = await findPrincipal(sql, demoPerson(key).id, '2026-06-01', 'web')
  assert.ok(found, key)
  return { ...found, steppedUpUntil: '2999-01-01T00:00:00.000Z' }
}

before(async () => {
  db = await testDatabase()
  sql = db.sql()
  // before the snapshot is read: chance must not send a test's declaration to an officer
  await sql`update risk.setting set random_rate = 0`
  const log = createLog('error')
  bus = await createBus(sql, log)
  c = await createClearance({ sql, bus, log, clock: () => new Date().toISOString(), config: { demo: true } })
  broker = await person('broker')
  officer = await person('officer-sea')
  head = await person('supervisor-sea')
  client = broker.represents.find((r) => r.organisationId !== broker.organisationId && r.scope !== 'export')!.registration
})
after(async () => {
  c.close()
  await bus.close()
  await db.close()
})

let count = 0
const at = '2026-06-01T09:00:00.000Z'
const import_ = (change: Partial<DeclarationDocument> = {}, hsCode = '39241000'): DeclarationDocument => ({
  function: 'original',
  lrn: `T${++count}`,
  declarationType: 'IM',
  additionalType: 'A',
  itemCount: 1,
  totalPackages: '10',
  invoiceTotal: { amount: '4200.00', currency: 'VRC' },
  declarant: { id: broker.organisationRegistration! },
  representative: { id: broker.organisationRegistration!, status: '2' },
  importer: { id: client },
  exporter: { name: 'Northern Household Supplies Ltd', address: { line: '4 Mill Lane', city: 'Aarhus', postcode: '8000', country: 'DK' } },
  dispatchCountry: 'DK',
  destinationCountry: 'XV',
  deliveryTerms: { incoterm: 'CIF', place: 'XVPMR' },
  transactionNature: '11',
  traderReference: `R${count}`,
  borderTransport: { mode: '1', nationality: 'DK' },
  arrivalTransport: { idType: '10', id: '9321483' },
  containerised: '0',
  goodsLocation: c
    .reference()
    .offices({ administration: 'XV', date: '2026-06-01' })
    .filter((o) => o.code === 'XV000101')
    .map((o) => ({
      country: o.goodsLocations[0]!.slice(0, 2),
      type: o.goodsLocations[0]![2]!,
      qualifier: o.goodsLocations[0]![3]!,
      name: o.goodsLocations[0]!.slice(4),
    }))[0]!,
  items: [
    {
      itemNumber: 1,
      description: 'Kitchen boxes of plastic with lids',
      hsCode,
      taricCode: '00',
      origin: 'DK',
      procedure: '4000',
      additionalProcedures: ['000'],
      itemPrice: { amount: '4200.00', currency: 'VRC' },
      valuationMethod: '1',
      valuationIndicators: '0000',
      netMassKg: '310.5',
      grossMassKg: '340',
      taxes: [
        { type: 'A00', preference: '100', method: 'P' },
        { type: 'B00', method: 'P' },
      ],
      packages: [{ sequence: 1, type: 'CT', count: '10', marks: 'A/1' }],
      documents: [{ category: 'N', type: '935', id: 'INV-1', status: 'AC' }],
      previousDocuments: [{ category: 'Z', type: 'ZZZ', id: 'BL-1' }],
    },
  ],
  ...change,
})

/** The row is the fold of its journal, and every decision comes out alike from its stored facts. */
const proveJournal = async (mrn: string): Promise<void> => {
  const found = await findByMrn(sql, mrn)
  const entries = await readEntries(sql, { kind: 'declaration', id: found!.state.id })
  const folded = foldEvents(
    null,
    entries.flatMap((e) => e.body.events as DeclarationEvent[]),
  )
  assert.equal(canonicalJson(folded), canonicalJson(found!.state))
  assert.equal(entries.at(-1)!.hash, found!.head.hash)
  const replayed = await replayDeclaration(sql, mrn)
  assert.deepEqual(
    replayed!.decisions.filter((d) => !d.alike),
    [],
  )
  assert.equal(replayed!.row, true)
}
const lodged = async (document: DeclarationDocument, key = randomUUID()) => {
  const outcome = await lodge(c, broker, document, key, { at })
  assert.ok(outcome.ok, JSON.stringify(outcome.issues))
  return outcome.value
}
const told = async (mrn: string): Promise<string[]> =>
  (await readInbox(sql, broker.organisationRegistration!, { mrn })).rows.map((r) => r.notification.name ?? '')

test('a green import goes through in one breath, told in order, with a journal that proves itself', async () => {
  const reply = await lodged(import_())
  assert.equal(reply.status, 'cleared', JSON.stringify(reply.issues))
  assert.deepEqual(await told(reply.mrn), ['DMSACC', 'DMSTAX', 'DMSTAX', 'DMSCLE'])
  await proveJournal(reply.mrn)
})

test('what is declared of a declaration and of a container is told to whoever looks into them; of goods spread over several no mass', async () => {
  const [item] = import_().items
  const both = { ...item!, itemNumber: 2, hsCode: '39269097', containers: [{ id: 'MSKU1234565' }, { id: 'TGHU7654320' }] }
  const containers = [{ id: 'MSKU1234565' }, { id: 'TGHU7654320' }]
  const items = [{ ...item!, containers: [{ id: 'MSKU1234565' }] }, both]
  const invoiceTotal = { amount: '8400.00', currency: 'VRC' }
  const { mrn, status, issues } = await lodged(import_({ itemCount: 2, totalPackages: '20', invoiceTotal, containerised: '1', containers, items }))
  assert.notEqual(status, 'rejected', JSON.stringify(issues))
  const found = await declaredGoodsOf(sql, { kind: 'declaration', id: mrn })
  assert.deepEqual([found?.reference, found?.consignor?.name], [mrn, 'Northern Household Supplies Ltd'])
  assert.deepEqual(
    found?.lines.map(({ hsCode, grossMassKg, packages }) => [hsCode, grossMassKg, packages]),
    [
      ['39241000', 340, 10],
      ['39269097', 340, 10],
    ],
  )
  const inOne = await declaredGoodsOf(sql, { kind: 'container', id: 'tghu 7654320' })
  assert.deepEqual(
    inOne?.lines.map(({ hsCode, grossMassKg }) => [hsCode, grossMassKg]),
    [['39269097', null]],
  )
  assert.equal((await declaredGoodsOf(sql, { kind: 'container', id: 'MSKU1234565' }))?.lines.length, 2)
  for (const [kind, id] of [
    ['bag', '0220'],
    ['container', 'NONE0000000'],
    ['declaration', '26XV'],
  ] as const)
    // prettier-ignore
    assert.equal(await declaredGoodsOf(sql, { kind, id }), null)
})

test('sent again it is answered again and acts once: by key, by reference and content; other content under the reference is a conflict', async () => {
  const document = import_()
  const key = randomUUID()
  const [first, second] = await Promise.all([lodged(document, key), lodged(document, key)])
  assert.deepEqual(first, second)
  const third = await lodged(document)
  assert.equal(third.mrn, first!.mrn)
  const other = await lodge(c, broker, { ...document, totalPackages: '11' }, randomUUID(), { at })
  assert.deepEqual(
    other.issues.map((i) => i.code),
    ['clearance.lrn_used'],
  )
  const used = await lodge(c, broker, import_(), key, { at })
  assert.equal(used.ok && used.value.mrn, first!.mrn)
  assert.equal((await told(first!.mrn)).length, 4)
})

test('what is refused by the rules is rejected with every reason, keeps its number and never moves again', async () => {
  const reply = await lodged(import_({ itemCount: 4, totalPackages: '3' }))
  assert.equal(reply.status, 'rejected')
  assert.ok(reply.issues.length >= 2)
  assert.deepEqual(await told(reply.mrn), ['DMSREJ'])
  await proveJournal(reply.mrn)
})

test('nobody lodges for whom he has no mandate', async () => {
  const outcome = await lodge(c, broker, import_({ importer: { id: 'XV999999999999' } }), randomUUID(), { at })
  assert.ok(!outcome.ok && outcome.issues.some((i) => i.code === 'clearance.no_mandate'))
})

test('tobacco stops for documents and goods; officer and examiner find it in order; the release follows by itself', async () => {
  const reply = await lodged(import_({}, '24022000'))
  if (reply.status === 'rejected') assert.fail(JSON.stringify(reply.issues))
  assert.equal(reply.status, 'under-control')
  for (let i = 0; i < 2; i++) {
    const { state } = (await findByMrn(sql, reply.mrn))!
    const open = state.controls.find((k) => k.status === 'open')!
    const outcome = await execute(
      c,
      officer,
      reply.mrn,
      { name: 'record-control', controlId: open.id, conform: true, remarks: 'in order', findings: [] },
      randomUUID(),
      at,
    )
    assert.ok(outcome.ok, JSON.stringify(outcome.issues))
  }
  const { state } = (await findByMrn(sql, reply.mrn))!
  assert.ok(state.releasedAt || state.demandedAt)
  const names = await told(reply.mrn)
  assert.ok(names.includes('DMSDOC') && names.includes('DMSCTL'))
  await proveJournal(reply.mrn)
})

test('two officers at once: one of two equal decisions counts', async () => {
  const reply = await lodged(import_({}, '24022000'))
  const { state } = (await findByMrn(sql, reply.mrn))!
  const open = state.controls.find((k) => k.kind === 'documentary')!
  const decide = () =>
    execute(c, officer, reply.mrn, { name: 'record-control', controlId: open.id, conform: true, remarks: 'x', findings: [] }, randomUUID(), at)
  const outcomes = await Promise.all([decide(), decide(), decide()])
  assert.equal(outcomes.filter((o) => o.ok).length, 1)
  await proveJournal(reply.mrn)
})

test('officers of another office neither see nor decide; the trade side sees its own only', async () => {
  const reply = await lodged(import_({}, '24022000'))
  const elsewhere = await person('officer-air')
  const outcome = await execute(c, elsewhere, reply.mrn, { name: 'assign', to: null }, randomUUID(), at)
  assert.deepEqual(
    outcome.issues.map((i) => i.code),
    ['clearance.declaration_unknown'],
  )
  const other = await person('trader-cobalt')
  assert.equal((await listDeclarations(sql, other, { q: reply.mrn })).total, 0)
  assert.equal((await listDeclarations(sql, broker, { q: reply.mrn })).total, 1)
  assert.equal((await listDeclarations(sql, officer, { q: reply.mrn })).total, 1)
})

test('an amendment makes version 2, the difference is settled, the history of the field is kept', async () => {
  const document = import_()
  const reply = await lodged(document)
  const amended: DeclarationDocument = {
    ...document,
    items: [{ ...document.items[0]!, itemPrice: { amount: '5200.00', currency: 'VRC' } }],
    invoiceTotal: { amount: '5200.00', currency: 'VRC' },
  }
  const outcome = await execute(
    c,
    broker,
    reply.mrn,
    {
      name: 'request-amendment',
      document: amended,
      unreported: { amendments: [], information: [], changes: [{ path: '/items/0/itemPrice/amount', old: '4200.00', new: '5200.00' }] },
      lrn: 'A1',
      reason: 'second invoice',
    },
    randomUUID(),
    at,
  )
  assert.ok(outcome.ok, JSON.stringify(outcome.issues))
  assert.equal(outcome.value.version, 2)
  const names = await told(reply.mrn)
  const asked = names.indexOf('DMSRCV')
  assert.deepEqual(names.slice(asked, asked + 3), ['DMSRCV', 'DMSREQ', 'DMSTAX'], names.join(' '))
  await proveJournal(reply.mrn)
})

test('the inbox has no gaps under many at once, is acknowledged up to a number, and reads again from any point', async () => {
  await Promise.all(Array.from({ length: 12 }, () => lodged(import_())))
  const all = await readInbox(sql, broker.organisationRegistration!, { limit: 1000 })
  assert.deepEqual(
    all.rows.map((r) => r.number),
    all.rows.map((_, i) => all.rows[0]!.number + i),
  )
  assert.equal(new Set(all.rows.map((r) => r.messageId)).size, all.rows.length)
  await sql.begin((tx) => acknowledge(tx as never, broker.organisationRegistration!, all.rows[5]!.number, at, broker.personId))
  const rest = await readInbox(sql, broker.organisationRegistration!, { unread: true, limit: 1000 })
  assert.equal(rest.rows[0]!.number, all.rows[6]!.number)
  assert.equal(
    (await readInbox(sql, broker.organisationRegistration!, { after: all.rows[2]!.number, limit: 1 })).rows[0]!.number,
    all.rows[3]!.number,
  )
})

test('release by hand: an officer proposes, the head approves; the same person cannot do both', async () => {
  const reply = await lodged(import_({}, '24022000'))
  const proposed = await execute(c, officer, reply.mrn, { name: 'propose-release', reason: 'perishable' }, randomUUID(), at)
  assert.ok(proposed.ok, JSON.stringify(proposed.issues))
  const again = await execute(c, officer, reply.mrn, { name: 'approve-release' }, randomUUID(), at)
  assert.ok(!again.ok)
  const approved = await execute(c, head, reply.mrn, { name: 'approve-release' }, randomUUID(), at)
  assert.ok(approved.ok, JSON.stringify(approved.issues))
  assert.ok((await findByMrn(sql, reply.mrn))!.state.releasedAt)
  await proveJournal(reply.mrn)
})
