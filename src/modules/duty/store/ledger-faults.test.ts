/**
 * The promise of the ledger under faults: whatever is done by many at once, in any order, sent twice, with connections killed in the
 * middle of transactions, every invariant holds afterwards, what was acknowledged is there, and nothing is there twice.
 */
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { Worker } from 'node:worker_threads'
import fc from 'fast-check'
import { connect, inTransaction, type Sql } from '#platform/database.ts'
import { testDatabase, type TestDatabase } from '../../../../test/database.ts'
import type { Answer, Op, Order, World } from '../fixtures/fault-client.ts'
import { at, ledgerOn } from '../fixtures/ledger.ts'
import { findAccount, openAccounts } from './accounts.ts'
import { breachesAfter } from './days.ts'

let db: TestDatabase
let administrator: Sql
const clients: Client[] = []

before(async () => {
  db = await testDatabase()
  administrator = connect({ url: db.url, max: 2, asOwner: true })
  clients.push(...Array.from({ length: 6 }, () => newClient(db.url)))
})
after(async () => {
  await Promise.all(clients.map((c) => c.close()))
  await administrator?.end({ timeout: 5 })
  await db?.close()
})

type Client = { send: (order: Order) => Promise<Answer>; close: () => Promise<unknown> }
const answerWithinMs = 20_000
let died = 0

/** A client that dies (the driver may, with its connection) or never answers is replaced, and its command is sent again. */
const newClient = (url: string): Client => {
  let settle: (answer: Answer | null) => void = () => undefined
  const start = (): Worker => {
    const started = new Worker(new URL('../fixtures/fault-client.ts', import.meta.url), { workerData: url, execArgv: [] })
    started.on('message', (answer: Answer) => settle(answer))
    started.on('error', () => settle(null))
    return started
  }
  let worker = start()
  const ask = async (order: Order): Promise<Answer | null> => {
    let late: NodeJS.Timeout | undefined
    const answer = new Promise<Answer | null>((resolve) => {
      settle = resolve
      late = setTimeout(resolve, answerWithinMs, null)
      // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread's port has no origin; that is the browser's window
      worker.postMessage(order)
    })
    return answer.finally(() => clearTimeout(late))
  }
  const send = async (order: Order): Promise<Answer> => {
    const answer = await ask(order)
    if (answer) return answer
    died += 1
    settle = () => undefined
    await worker.terminate()
    worker = start()
    return send(order)
  }
  return { send, close: () => worker.terminate() }
}

const subject = fc.nat(4)
const minor = fc.integer({ min: 1, max: 400 })
const method = fc.constantFrom('E', 'P', 'A', 'U')
const anOp: fc.Arbitrary<Op> = fc.oneof(
  { weight: 6, arbitrary: fc.record({ do: fc.constant('charge' as const), subject, version: fc.integer({ min: 1, max: 4 }), method, minor }) },
  {
    weight: 5,
    arbitrary: fc.record({ do: fc.constantFrom('receive' as const, 'offset' as const, 'overpaid' as const, 'refund' as const), subject, minor }),
  },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('deposit' as const), minor }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constantFrom('give-back' as const, 'release' as const, 'settle' as const), subject }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('credit' as const), subject, on: fc.boolean() }) },
)

// Whoever loses its connection may have to be replaced whole, and that costs half a second.
const killsARun = 10

/** Kills connections in the middle of their work, some times, or until it is told to stop. */
const killing = async (signal: AbortSignal): Promise<number> => {
  let killed = 0
  while (!signal.aborted && killed < killsARun) {
    // One after another is the point: each waits for the one before.
    // oxlint-disable-next-line no-await-in-loop
    const gone = await administrator`
      select pg_terminate_backend(pid) from pg_stat_activity
      where application_name = 'duty-faults' and datname = current_database() and xact_start is not null order by random() limit 1`
    killed += gone.length
    // oxlint-disable-next-line no-await-in-loop
    await new Promise((resolve) => setTimeout(resolve, 8))
  }
  return killed
}

let runs = 0
const seen = { killed: 0, done: 0, refused: 0 }

const newWorld = async (): Promise<World> => {
  const who = await ledgerOn(administrator).opened({ deferment: 900, guarantee: 500 }, 700)
  const cash = await findAccount(administrator, 'all', `CA-${who.owner}`)
  const credit = { administration: 'XV', kind: 'credit' as const, code: `CR-${who.owner}`, owner: who.owner, currency: 'VRC', limitMinor: 600 }
  await inTransaction(administrator, (tx) => openAccounts(tx, [credit], at))
  return { who, run: ++runs, cashId: cash!.id }
}

type Sent = { op: Op; key: string }

/** Every third is sent twice, the order is drawn anew, six clients work at once, and meanwhile connections die. */
const sendAll = async (w: World, sent: readonly Sent[], chance: Iterator<number>): Promise<Map<string, Answer[]>> => {
  const all = [...sent, ...sent.filter((_, n) => n % 3 === 0)]
    .map((s) => ({ s, place: chance.next().value as number }))
    .sort((a, b) => a.place - b.place)
  const answers = new Map<string, Answer[]>()
  const stop = new AbortController()
  const killer = killing(stop.signal)
  const queue = all.values()
  const work = async (client: Client): Promise<void> => {
    for (const { s } of queue) {
      const answer = await client.send({ w, ...s })
      answers.set(s.key, [...(answers.get(s.key) ?? []), answer])
    }
  }
  await Promise.all(clients.map(work)).finally(() => stop.abort())
  seen.killed += await killer
  return answers
}

const withKey = new Set<Op['do']>(['receive', 'offset', 'refund', 'overpaid', 'deposit'])

const check = async (w: World, sent: readonly Sent[], answers: ReadonlyMap<string, Answer[]>): Promise<void> => {
  assert.deepEqual(
    [...answers.values()].flat().filter((a) => typeof a === 'object'),
    [],
  )
  assert.deepEqual(await breachesAfter(administrator, 0), [])
  const over = await administrator`
    select code, balance_minor from duty.account where balance_minor < -limit_minor or (kind in ('guarantee', 'credit') and balance_minor > 0)`
  assert.deepEqual([...over], [])
  const posted = await administrator<{ key: string; n: number }[]>`
    select key, count(*)::int as n from duty.posting where key like ${`fault/${w.run}/%`} group by key`
  const times = new Map(posted.map((p) => [p.key, p.n]))
  for (const { op, key } of sent.filter((s) => withKey.has(s.op.do))) {
    const given = answers.get(key)!
    for (const a of given) if (typeof a === 'string') seen[a] += 1
    assert.equal(times.get(key) ?? 0, given.includes('done') ? 1 : 0, `${key} ${op.do}: ${given.join()}`)
  }
  const [bare] = await administrator<{ n: number }[]>`
    select count(*)::int as n from duty.charge where subject_id like ${`fault-${w.run}-%`} and outstanding_minor = 0 and duty.sum_minor(settled) < duty.sum_minor(lines)`
  assert.equal(bare!.n, 0, 'something counts as covered that is not')
}

test('many at once, twice, in any order, with connections dying: every invariant holds and nothing acknowledged is lost', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(anOp, { minLength: 50, maxLength: 90 }), fc.infiniteStream(fc.nat(1_000_000)), async (ops, chance) => {
      const w = await newWorld()
      const sent = ops.map((op, n) => ({ op, key: `fault/${w.run}/${n}` }))
      const answers = await sendAll(w, sent, chance)
      await check(w, sent, answers)
    }),
    { numRuns: 4, seed: 20_261_125, endOnFailure: true },
  )
  assert.ok(seen.killed > 20, `only ${seen.killed} connections were killed (${died} clients died with theirs): the test would prove little`)
  assert.ok(seen.done > 40 && seen.refused > 0, JSON.stringify(seen))
})
