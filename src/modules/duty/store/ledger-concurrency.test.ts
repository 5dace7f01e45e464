import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { connect, type Sql } from '#platform/database.ts'
import { testDatabase, type TestDatabase } from '../../../../test/database.ts'
import { chargeOf, ledgerOn, line } from '../fixtures/ledger.ts'

let db: TestDatabase
let sql: Sql

before(async () => {
  db = await testDatabase()
  sql = connect({ url: db.url, max: 20, applicationName: 'test-ledger' })
})
after(async () => {
  await sql?.end({ timeout: 5 })
  await db?.close()
})

/** Numbers by a linear congruence: the same run every time, no two alike. */
const numbers = (seed: number) => () => (seed = (seed * 1_103_515_245 + 12_345) % 2_147_483_648)

test('64 at once on few accounts: none is ever overdrawn, nothing is lost, the books hold', async () => {
  const { opened, settle, booksHold } = ledgerOn(sql)
  const accounts = await Promise.all([600, 900, 1_500].map((deferment) => opened({ deferment, guarantee: 400 }, 500)))
  const next = numbers(20_261_125)
  const methods = ['E', 'P', 'U'] as const
  const claim = async (n: number): Promise<void> => {
    for (let version = 1; version <= 3; version++) {
      const who = accounts[n % accounts.length]!
      const method = methods[next() % methods.length]!
      const lines = [line(method, 'A00', 1 + (next() % 120), method === 'U'), line('E', 'B00', 1 + (next() % 90))]
      const c = chargeOf(who, `claim-${n}`, lines, { key: `claim-${n}/${version}` })
      const s = await settle(c)
      const wanted = lines.reduce((sum, l) => sum + l.money.minor, 0)
      const borne = s.settled.reduce((sum, l) => sum + l.money.minor, 0)
      assert.ok(
        s.outstanding.minor >= 0 && (s.outstanding.minor > 0 || borne === wanted),
        `claim ${n}/${version}: ${borne} of ${wanted}, outstanding ${s.outstanding.minor}`,
      )
    }
  }
  await Promise.all(Array.from({ length: 64 }, (_, n) => claim(n)))
  const over = await sql`select code from duty.account where balance_minor < -limit_minor`
  assert.deepEqual([...over], [])
  const [shortOnes] = await sql<{ n: number }[]>`select count(*)::int as n from duty.charge where subject_id like 'claim-%' and outstanding_minor > 0`
  assert.ok(shortOnes!.n > 0, 'nobody was short: the test would prove nothing')
  assert.ok((await booksHold()) > 64)
})
