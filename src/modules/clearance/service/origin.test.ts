import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { createBus, type Bus } from '#platform/bus.ts'
import { createLog } from '#platform/log.ts'
import { testDatabase, type TestDatabase } from '../../../../test/database.ts'
import { createClearance, type Clearance } from './clearance.ts'
import { advise } from './origin.ts'

let db: TestDatabase
let bus: Bus
let c: Clearance
const at = `${new Date().getUTCFullYear()}-06-01T09:00:00.000Z`
before(async () => {
  db = await testDatabase()
  const log = createLog('error')
  bus = await createBus(db.sql(), log)
  c = await createClearance({ sql: db.sql(), bus, log, clock: () => at, config: { demo: true } })
})
after(async () => {
  c.close()
  await bus.close()
  await db.close()
})

test('oranges of Morocco: the agreement fits, its proof is missing, and what it would save', async () => {
  const found = await advise(c, { code: '08051000', origin: 'MA', proofs: [], materials: [], value: '1000', currency: 'VRC', netMassKg: '500' }, at)
  assert.equal(found.plain!.duty!.minor, 12_000)
  const levant = found.schemes.find((s) => s.scheme.id === 'LEV')!
  assert.equal(levant.scheme.verdict, 'met')
  assert.equal(levant.scheme.proofHeld, false)
  assert.equal(levant.cost!.duty!.minor, 6_000)
  // duty saved, and the VAT on it
  assert.ok(levant.saving!.minor > 6_000 && levant.saving!.minor < 7_200, String(levant.saving!.minor))
  const quota = found.quotas.find((q) => q.orderNumber === '090300')!
  assert.equal(quota.cost.duty!.minor, 5_000)
})

test('without a value nothing is said of savings; goods without a preference have none', async () => {
  const bare = await advise(c, { code: '08051000', origin: 'MA', proofs: ['N954'] }, at)
  assert.equal(bare.plain!.duty, null)
  assert.equal(bare.schemes.find((s) => s.scheme.id === 'LEV')!.saving, null)
  assert.equal(bare.schemes.find((s) => s.scheme.id === 'LEV')!.scheme.proofHeld, true)
  const foreign = await advise(c, { code: '08051000', origin: 'CN', proofs: [] }, at)
  assert.deepEqual(foreign.schemes, [])
})
