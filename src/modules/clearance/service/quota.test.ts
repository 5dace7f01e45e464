/** Quotas and licences on the road of a declaration, on a real database. */
import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { after, before, test } from 'node:test'
import { setTimeout as waits } from 'node:timers/promises'
import { createBus, type Bus } from '#platform/bus.ts'
import { connect, type Sql } from '#platform/database.ts'
import { createLog } from '#platform/log.ts'
import type { Principal } from '#platform/permissions.ts'
import { demoPerson, findPrincipal } from '#modules/identity'
import { allocateDue, onAllocated } from '#modules/trade'
import { testDatabase, type TestDatabase } from '../../../../test/database.ts'
import { statusOf } from '../declaration.ts'
import type { Command } from '../decide/index.ts'
import type { DeclarationDocument } from '../schema/document.ts'
import type { DeclarationState } from '../schema/lifecycle.ts'
import { findByMrn } from '../store.ts'
import { allocated, recordAllocation } from './allocation.ts'
import { createClearance, type Clearance } from './clearance.ts'
import { execute } from './execute.ts'
import { lodge } from './lodge.ts'
import { replayDeclaration } from './replay.ts'

let db: TestDatabase
let sql: Sql
let bus: Bus
let c: Clearance
let broker: Principal
let client: string
const year = new Date().getUTCFullYear()
/** A Wednesday in March, and the days after it: the Thursday is served for it. */
const wednesday = Array.from({ length: 7 }, (_, n) => `${year}-03-0${n + 1}`).find((day) => new Date(`${day}T00:00:00Z`).getUTCDay() === 3)!
const daysLater = (days: number, time: string): string =>
  `${new Date(Date.parse(`${wednesday}T00:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10)}T${time}.000Z`
const at = daysLater(0, '09:00:00')
const dayAfter = daysLater(1, '03:00:00')

before(async () => {
  db = await testDatabase()
  sql = db.sql()
  await sql`update risk.setting set random_rate = 0`
  const log = createLog('error')
  bus = await createBus(sql, log)
  c = await createClearance({ sql, bus, log, clock: () => new Date().toISOString(), config: { demo: true } })
  broker = { ...(await findPrincipal(sql, demoPerson('broker').id, at.slice(0, 10), 'web'))!, steppedUpUntil: '2999-01-01T00:00:00.000Z' }
  client = broker.represents.find((r) => r.organisationId !== broker.organisationId && r.scope !== 'export')!.registration
  onAllocated((tx, subjects) => allocated(tx, subjects))
})
after(async () => {
  c.close()
  await bus.close()
  await db.close()
})

let count = 0
type Goods = { hsCode: string; order: string; netMassKg: string; documents?: { category: string; type: string; id: string }[] }
const sugar: Goods = { hsCode: '17011490', order: '090710', netMassKg: '2000' }

const declaration = (g: Goods, change: Partial<DeclarationDocument> = {}): DeclarationDocument => ({
  function: 'original',
  lrn: `Q${++count}`,
  declarationType: 'IM',
  additionalType: 'A',
  itemCount: 1,
  totalPackages: '10',
  invoiceTotal: { amount: '4200.00', currency: 'VRC' },
  declarant: { id: broker.organisationRegistration! },
  representative: { id: broker.organisationRegistration!, status: '2' },
  importer: { id: client },
  exporter: { name: 'Northern Foods Ltd', address: { line: '4 Mill Lane', city: 'Aarhus', postcode: '8000', country: 'DK' } },
  dispatchCountry: 'DK',
  destinationCountry: 'XV',
  deliveryTerms: { incoterm: 'CIF', place: 'XVPMR' },
  transactionNature: '11',
  traderReference: `R${count}`,
  borderTransport: { mode: '1', nationality: 'DK' },
  arrivalTransport: { idType: '10', id: '9321483' },
  containerised: '0',
  goodsLocation: { country: 'XV', type: 'A', qualifier: 'U', name: 'PMRQUAY1' },
  items: [
    {
      itemNumber: 1,
      description: 'Sugar in bags of 50 kg, for refining',
      hsCode: g.hsCode,
      taricCode: '00',
      origin: 'DK',
      procedure: '4000',
      additionalProcedures: ['000'],
      itemPrice: { amount: '4200.00', currency: 'VRC' },
      valuationMethod: '1',
      valuationIndicators: '0000',
      netMassKg: g.netMassKg,
      grossMassKg: g.netMassKg,
      taxes: [
        { type: 'A00', preference: '120', quotaOrder: g.order, method: 'P' },
        { type: 'B00', method: 'P' },
      ],
      packages: [{ sequence: 1, type: 'CT', count: '10', marks: 'A/1' }],
      documents: [{ category: 'N', type: '935', id: 'INV-1', status: 'AC' }, ...(g.documents ?? [])],
      previousDocuments: [{ category: 'Z', type: 'ZZZ', id: 'BL-1' }],
    },
  ],
  ...change,
})

const file = async (document: DeclarationDocument, when = at): Promise<string> => {
  const outcome = await lodge(c, broker, document, randomUUID(), { at: when })
  assert.ok(outcome.ok, JSON.stringify(outcome.issues))
  return outcome.value.mrn
}
const stateOf = async (mrn: string): Promise<DeclarationState> => (await findByMrn(sql, mrn))!.state
const told = async (mrn: string): Promise<string[]> => {
  const rows = await sql<{ body: { name: string; statusCode?: string } }[]>`
    select body from clearance.notification where mrn = ${mrn} and recipient = ${broker.organisationRegistration} order by number`
  return rows.map(({ body }) => `${body.name.slice(3)}${body.statusCode ?? ''}`)
}
const duties = (s: DeclarationState) =>
  s.assessment!.lines.map((l) => [l.type, l.preference ?? '', l.status === 'secured' ? l.assessed.minor : l.payable.minor])
const balanceOf = async (order: string): Promise<number> =>
  Number(
    (
      await sql<
        { b: string }[]
      >`select balance::text as b from trade.quota_definition where order_number = ${order} and valid_from = ${`${year}-01-01`}`
    )[0]!.b,
  )
/** Serves what is due, and lets each declaration that was told go on, as the jobs do. */
const serve = async (when = dayAfter): Promise<void> => {
  await allocateDue(sql, when)
  const jobs = await sql<{ payload: { id: string } }[]>`
    select p.payload from graphile_worker._private_jobs p join graphile_worker._private_tasks t on t.id = p.task_id where t.identifier = 'clearance:record-allocation'`
  for (const { payload } of jobs) await recordAllocation(c, payload.id, when)
}
const proves = async (mrn: string): Promise<void> => {
  const replayed = await replayDeclaration(sql, mrn)
  assert.deepEqual(
    replayed!.decisions.filter((d) => !d.alike),
    [],
  )
  assert.equal(replayed!.row, true)
}

test('a claim is registered at acceptance, the goods are released, and the share of the next working day makes the duty final', async () => {
  const before1 = await balanceOf('090710')
  const mrn = await file(declaration(sugar))
  const first = await stateOf(mrn)
  assert.equal(statusOf(first), 'released')
  assert.equal(first.quotas!.claims['1']!.allocated, null)
  assert.equal(first.quotas!.claims['1']!.quantity, '2')
  assert.deepEqual(duties(first), [
    ['A00', '120', 40_000],
    ['B00', '120', 36_800],
  ])
  assert.equal(await balanceOf('090710'), before1)
  await serve()
  const last = await stateOf(mrn)
  assert.equal(statusOf(last), 'cleared')
  assert.equal(last.version, 1)
  assert.equal(await balanceOf('090710'), before1 - 2)
  assert.deepEqual(await told(mrn), ['ACC', 'TAX67', 'TAX115', 'ROG', 'TAX4', 'CLE'])
  await proves(mrn)
})

test('part of a claim is allocated: that part at the rate of the quota, the rest at the full duty, as a new version', async () => {
  const left = await balanceOf('090710')
  await sql`update trade.quota_definition set balance = 1 where order_number = '090710' and valid_from = ${`${year}-01-01`}`
  const mrn = await file(declaration(sugar))
  await serve()
  await sql`update trade.quota_definition set balance = ${left} where order_number = '090710' and valid_from = ${`${year}-01-01`}`
  const s = await stateOf(mrn)
  assert.equal(s.quotas!.claims['1']!.allocated, '1')
  assert.equal(s.version, 2)
  assert.deepEqual(duties(s), [
    ['A00', '120', 20_000],
    ['B00', '120', 18_400],
    ['A00', '100', 80_000],
    ['B00', '100', 23_200],
  ])
  assert.deepEqual(
    s.assessment!.lines.map((l) => l.rest ?? false),
    [false, false, true, true],
  )
  assert.equal(statusOf(s), 'cleared')
  assert.equal(
    s.settlement!.settled.reduce((sum, l) => sum + l.money.minor, 0),
    141_600,
  )
  await proves(mrn)
})

test('of a critical quota the difference to the full duty is secured before release, and let go with the share', async () => {
  const mrn = await file(declaration({ ...sugar, hsCode: '17019910', order: '090700' }))
  const first = await stateOf(mrn)
  assert.deepEqual(duties(first), [
    ['A00', '120', 48_000],
    ['B00', '120', 37_440],
    ['ACS', '', 152_000],
    ['ACS', '', 12_160],
  ])
  assert.ok(first.issues.some((i) => i.code === 'clearance.quota_critical'))
  assert.equal(
    first.settlement!.settled.reduce((sum, l) => sum + l.money.minor, 0),
    249_600,
  )
  await serve()
  const last = await stateOf(mrn)
  assert.equal(statusOf(last), 'cleared')
  assert.equal(
    last.settlement!.settled.reduce((sum, l) => sum + l.money.minor, 0),
    85_440,
  )
  await proves(mrn)
})

test('where nothing bears the security, the goods of a critical quota wait', async () => {
  const plain = declaration({ ...sugar, hsCode: '17019910', order: '090700' })
  const mrn = await file({ ...plain, guarantees: [{ type: '1', reference: '26XV9999999999999' }] })
  const s = await stateOf(mrn)
  assert.equal(statusOf(s), 'payment-due')
  assert.deepEqual(
    s.settlement!.shortfalls.map((x) => [x.code, x.method, x.required.minor]),
    [['duty.account_unknown', 'S', 164_160]],
  )
  assert.equal(s.releasedAt, undefined)
})

test('what an amendment claims stands behind its own day', async () => {
  const mrn = await file(declaration(sugar))
  const { document } = await stateOf(mrn)
  const more = { ...document, items: document.items.map((i) => ({ ...i, netMassKg: '2500', grossMassKg: '2500' })) }
  const unreported = { amendments: [], information: [], changes: [{ path: '/items/0/netMassKg' }] }
  const amended = await execute(
    c,
    broker,
    mrn,
    { name: 'request-amendment', document: more, unreported, lrn: `QM${count}`, reason: 'weighed' },
    randomUUID(),
    daysLater(2, '09:00:00'),
  )
  assert.ok(amended.ok, JSON.stringify(amended))
  const claims = await sql<
    { quantity: string; priority: string }[]
  >`select quantity::text, priority from trade.quota_claim where reference = ${mrn} order by priority`
  assert.deepEqual(
    claims.map((x) => [Number(x.quantity), x.priority]),
    [
      [2, wednesday],
      [0.5, daysLater(2, '00:00:00').slice(0, 10)],
    ],
  )
  await serve(dayAfter)
  assert.equal((await stateOf(mrn)).quotas!.claims['1']!.allocated, null)
  await serve(daysLater(7, '03:00:00'))
  assert.equal((await stateOf(mrn)).quotas!.claims['1']!.allocated, '2.5')
  await proves(mrn)
})

test('an invalidated declaration gives its share back; one amended to less gives back the difference', async () => {
  const before1 = await balanceOf('090710')
  const mrn = await file(declaration(sugar))
  await serve()
  assert.equal(await balanceOf('090710'), before1 - 2)
  const document = (await stateOf(mrn)).document
  const less = { ...document, items: document.items.map((i) => ({ ...i, netMassKg: '1500', grossMassKg: '1500' })) }
  const amended = await execute(
    c,
    broker,
    mrn,
    {
      name: 'request-amendment',
      document: less,
      unreported: { amendments: [], information: [], changes: [{ path: '/items/0/netMassKg' }] },
      lrn: `QA${count}`,
      reason: 'weighed',
    },
    randomUUID(),
    dayAfter,
  )
  assert.ok(amended.ok, JSON.stringify(amended))
  assert.equal(await balanceOf('090710'), before1 - 1.5)
  const s = await stateOf(mrn)
  assert.equal(s.quotas!.claims['1']!.allocated, '1.5')
  assert.equal(statusOf(s), 'cleared')
  await proves(mrn)
  // not paid for yet, so that the trader may withdraw it himself
  const unpaid = declaration(sugar)
  unpaid.items[0]!.taxes = unpaid.items[0]!.taxes!.map((t) => ({ ...t, method: 'A' }))
  const other = await file(unpaid)
  assert.equal(statusOf(await stateOf(other)), 'payment-due')
  const gone = await execute(c, broker, other, { name: 'request-invalidation', lrn: `QI${count}`, reason: 'not sold' }, randomUUID(), at)
  assert.ok(gone.ok)
  await serve()
  assert.equal(await balanceOf('090710'), before1 - 1.5)
})

test('what cannot be claimed is told before acceptance: unknown, for other goods, suspended, without a licence', async () => {
  const codes = async (g: Goods): Promise<string[]> => {
    const mrn = await file(declaration(g))
    const s = await stateOf(mrn)
    return s.issues.filter((i) => i.code.includes('quota_') || i.code.includes('licence_')).map((i) => i.code)
  }
  assert.deepEqual(await codes({ ...sugar, order: '090999' }), ['clearance.quota_unknown'])
  assert.deepEqual(await codes({ ...sugar, order: '090700' }), ['clearance.quota_not_for_goods'])
  assert.deepEqual(await codes({ hsCode: '04069099', order: '094100', netMassKg: '100' }), ['clearance.quota_licence_missing'])
  await sql`update trade.quota_definition set hold = 'suspended' where order_number = '090700'`
  assert.deepEqual(await codes({ ...sugar, hsCode: '17019910', order: '090700' }), ['clearance.quota_not_open'])
  await sql`update trade.quota_definition set hold = 'none' where order_number = '090700'`
})

test('a licence is checked, written off at acceptance, and given back with the invalidation', async () => {
  const [licence] = await sql<{ id: string; number: string; document_code: string }[]>`
    select id, number, document_code from trade.licence where order_number = '094100' order by number limit 1`
  const used = async (): Promise<number> =>
    Number((await sql<{ used: string }[]>`select used::text from trade.licence where id = ${licence!.id}`)[0]!.used)
  const cheese = (netMassKg: string): Goods => ({
    hsCode: '04069099',
    order: '094100',
    netMassKg,
    documents: [
      { category: licence!.document_code[0]!, type: licence!.document_code.slice(1), id: licence!.number },
      { category: 'N', type: '853', id: 'VET-1' },
      { category: 'X', type: 'V01', id: 'FOOD-1' },
    ],
  })
  const foreign = await stateOf(await file(declaration(cheese('100'))))
  assert.ok(foreign.issues.some((i) => i.code === 'clearance.licence_foreign' && i.path === '/items/0/documents/1/id'))
  await sql`update trade.licence set holder = ${client} where id = ${licence!.id}`
  const short = await stateOf(await file(declaration(cheese('60000'))))
  assert.ok(short.issues.some((i) => i.code === 'clearance.licence_short'))
  const mrn = await file(declaration(cheese('2000')))
  const s = await stateOf(mrn)
  assert.equal(statusOf(s), 'cleared', JSON.stringify(s.issues))
  assert.deepEqual(
    s.licences!.map((l) => l.problems),
    [[]],
  )
  assert.equal(s.quotas, undefined)
  assert.equal(await used(), 2000)
  await proves(mrn)
  const unpaid = declaration(cheese('500'))
  unpaid.items[0]!.taxes = unpaid.items[0]!.taxes!.map((t) => ({ ...t, method: 'A' }))
  const withdrawn = await file(unpaid)
  assert.equal(await used(), 2500)
  const gone = await execute(c, broker, withdrawn, { name: 'request-invalidation', lrn: `QL${count}`, reason: 'not sold' }, randomUUID(), at)
  assert.ok(gone.ok)
  assert.equal(await used(), 2000)
  const waiting = await file(declaration(cheese('3000'), { additionalType: 'D' }))
  assert.equal(await used(), 2000)
  // between lodging and arrival another declaration has used it up
  await sql`update trade.licence set used = 49000 where id = ${licence!.id}`
  const arrived = await execute(c, broker, waiting, { name: 'arrive' }, randomUUID(), at)
  assert.ok(arrived.ok)
  const held = await stateOf(waiting)
  assert.equal(statusOf(held), 'under-control')
  assert.deepEqual(
    held.requirements.map((r) => [r.kind, r.reference, r.status]),
    [['licence', licence!.number, 'unfulfilled']],
  )
  await proves(waiting)
})

test('no claim is registered twice by a repeated lodging, and none by one that is refused', async () => {
  const document = declaration(sugar)
  const key = randomUUID()
  const [a, b] = await Promise.all([lodge(c, broker, document, key, { at }), lodge(c, broker, document, key, { at })])
  assert.ok(a.ok && b.ok && a.value.mrn === b.value.mrn)
  const claims = await sql<{ n: number }[]>`select count(*)::int as n from trade.quota_claim where reference = ${a.value.mrn}`
  assert.equal(claims[0]!.n, 1)
})

test('nothing inside a transaction waits for a second connection: one alone carries every command', async () => {
  const prelodged = await file(declaration(sugar, { additionalType: 'D' }))
  const changed = await file(declaration(sugar))
  const commands: [string, Command][] = [
    [prelodged, { name: 'arrive' }],
    [
      changed,
      {
        name: 'request-amendment',
        lrn: `QL${++count}`,
        reason: 'typing error',
        document: { ...(await stateOf(changed)).document, traderReference: 'other' },
        unreported: { amendments: [], information: [], changes: [{ path: '/traderReference', new: 'other' }] },
      },
    ],
  ]
  const one = connect({ url: db.url, max: 1, applicationName: 'one connection' })
  try {
    for (const [mrn, command] of commands) {
      // a clearance of its own each time: nothing has been looked up before
      const alone = await createClearance({ ...c.deps, sql: one })
      const outcome = await Promise.race([execute(alone, broker, mrn, command, randomUUID(), at), waits(10_000, null)])
      alone.close()
      assert.ok(outcome, `${command.name} waits for a connection that its own transaction holds`)
      assert.ok(outcome.ok, JSON.stringify(outcome))
    }
  } finally {
    await one.end({ timeout: 1 })
  }
})
