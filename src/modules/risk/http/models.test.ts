/** A model from history to its place and back, on a real database and in a real thread. */
import assert from 'node:assert/strict'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import * as identity from '#modules/identity'
import { createBus, type Bus } from '#platform/bus.ts'
import { inTransaction } from '#platform/database.ts'
import { createLog } from '#platform/log.ts'
import { testDatabase, type TestDatabase } from '../../../../test/database.ts'
import { type Browser, startHarness, type Harness } from '../../../../test/harness.ts'
import { signInAs } from '../../../../test/identity.ts'
import { createRisk, issues, routes, saveOutcome, type Risk } from '../index.ts'
import { seeded } from '#kernel/random.ts'
import type { Snapshot } from '../schema.ts'
import { runTraining } from '../service/retraining.ts'
import { watchDrift } from '../service/drift.ts'

let db: TestDatabase
let h: Harness
let bus: Bus
let r: Risk
let analyst: Browser
let head: Browser
const directory = mkdtempSync(join(tmpdir(), 'portcullis-models-'))
before(async () => {
  db = await testDatabase()
  const log = createLog('silent')
  bus = await createBus(db.sql(), log)
  r = await createRisk({ sql: db.sql(), bus, log, clock: () => new Date().toISOString(), config: { demo: true } }, { modelDirectory: directory })
  h = await startHarness(db.sql(), (deps) => [...identity.routes(deps), ...routes(r)], { catalogue: issues })
  analyst = await signInAs(h, 'risk-analyst')
  head = await signInAs(h, 'risk-head')
})
after(async () => {
  r?.close()
  await h?.close()
  await bus?.close()
  await db?.close()
  rmSync(directory, { recursive: true, force: true })
})

const random = seeded(5, 'registry')
/** Goods of six codes and five origins; one pairing in six is bad. */
const goods = (): { snapshot: Snapshot; bad: boolean } => {
  const code = random.below(6)
  const origin = random.below(5)
  const snapshot: Snapshot = {
    declaration: {
      'declaration.office': `XV000${1 + random.below(3)}01`,
      'declaration.date': 20_700 + random.below(60),
      'declaration.departure': `C${origin}`,
      'party.importer': `XV${random.below(40)}`,
      'party.declarant': `XVB${random.below(5)}`,
      'transport.mode': '1',
    },
    items: [
      {
        'item.hs': `8517130${code}`,
        'item.hs6': `8517${10 + code}`,
        'item.origin': `C${origin}`,
        'item.value': 100_000 + random.below(50_000),
        'item.netMass': 10 + random.below(50),
      },
    ],
  }
  return { snapshot, bad: random.next() < ((code * 5 + origin) % 6 === 0 ? 0.85 : 0.04) }
}

const asked = (snapshot: Snapshot, n: number) => ({
  snapshot,
  administration: 'XV',
  office: String(snapshot.declaration['declaration.office']),
  consignment: `goods ${n}`,
  date: '2026-09-01',
  at: new Date().toISOString(),
  trusted: false,
})

const keep = async (n: number): Promise<void> => {
  const { snapshot, bad } = goods()
  const subject = { kind: 'test', id: `goods ${n}` }
  const at = new Date().toISOString()
  await inTransaction(db.sql(), async (tx) =>
    r.keep(tx, { subject, reference: `R${n}`, regime: 'import', at, facts: await r.facts(tx, asked(snapshot, n)) }),
  )
  await inTransaction(db.sql(), (tx) =>
    saveOutcome(tx, { subject, controlId: 'k', kind: 'physical', result: bad ? 'major' : 'none', offence: '', examiner: 'p', minutes: 60, at }),
  )
}

/** What an older system examined, as a file: shoes from one origin were bad. */
const pastFile = (rows: number): string => {
  const lines = Array.from({ length: rows }, (_, n) => {
    const [origin, code] = [random.below(5), random.below(6)]
    const bad = random.next() < (origin === 2 && code < 3 ? 0.8 : 0.03)
    const day = new Date(Date.UTC(2025, 0, 1 + Math.floor((n / rows) * 300))).toISOString().slice(0, 10)
    return `P${n},${day},XV000101,6403${10 + code},C${origin},${random.below(100) + 1},${random.below(9000) + 100},Bo,${bad ? 'major' : 'none'}`
  })
  return ['Declaration ID,Date,Office ID,HS6 Code,Country of Origin,Net Mass,Item Price,Officer,Result', ...lines].join('\n')
}

const train = async (seed: number): Promise<string> => {
  const answer = await analyst.send('POST', '/api/risk/trainings', { name: `Seed ${seed}`, seed })
  assert.equal(answer.status, 202, JSON.stringify(answer.body))
  await runTraining(r, answer.body.id)
  const done = (await analyst.send('GET', `/api/risk/trainings/${answer.body.id}`)).body
  assert.equal(done.status, 'done', JSON.stringify(done))
  return done.model
}

const place = async (hash: string, as: string): Promise<void> => {
  const asked1 = await analyst.send('POST', '/api/risk/proposals', { kind: 'model', reason: 'better', content: { hash, as } })
  assert.equal(asked1.status, 201, JSON.stringify(asked1.body))
  assert.equal((await head.send('POST', `/api/risk/proposals/${asked1.body.id}/approve`, { remark: '' })).status, 200)
  await r.reload()
}

test('without enough examined rows there is no model, and the reasons are told', async () => {
  const answer = await analyst.send('POST', '/api/risk/trainings', { name: 'Too early' })
  await runTraining(r, answer.body.id)
  const done = (await analyst.send('GET', `/api/risk/trainings/${answer.body.id}`)).body
  assert.deepEqual([done.status, done.model, done.issues[0].code], ['failed', null, 'risk.label_rare'])
})

test('learned from examinations, approved by a second person, it scores live in words; the challenger in shadow; one step back', async () => {
  // chance for all, so that every propensity is above nought
  await db.sql()`update risk.setting set random_rate = 0.5`
  await r.reload()
  for (let n = 0; n < 500; n++) await keep(n)
  const first = await train(1)
  const second = await train(2)
  assert.notEqual(first, second)
  const { snapshot } = goods()
  assert.equal((await r.facts(db.sql(), asked(snapshot, 9001))).score, null, 'a candidate scores nothing')
  assert.deepEqual((await head.send('POST', '/api/risk/models/rollback', { reason: 'x' })).issues, ['risk.nothing_before'])

  await place(first, 'champion')
  await place(second, 'challenger')
  const facts = await r.facts(db.sql(), asked(snapshot, 9002))
  assert.equal(facts.score?.model, first)
  assert.ok(
    facts.score!.raises.length + facts.score!.lowers.length > 0 && [...facts.score!.raises, ...facts.score!.lowers].every((x) => x.text.length > 5),
  )
  assert.equal(facts.shadow?.model, second)
  assert.equal(facts.snapshot.declaration['model.score'], facts.score!.margin, 'bands of the score are profiles like any other')
  const bad: Snapshot = {
    ...snapshot,
    declaration: { ...snapshot.declaration, 'declaration.departure': 'C0' },
    items: [{ ...snapshot.items[0]!, 'item.hs6': '851710', 'item.origin': 'C0' }],
  }
  const good: Snapshot = { ...bad, items: [{ ...bad.items[0]!, 'item.origin': 'C1' }] }
  assert.ok((await r.facts(db.sql(), asked(bad, 1))).score!.margin > (await r.facts(db.sql(), asked(good, 1))).score!.margin + 1)

  await place(second, 'champion')
  const list = (await analyst.send('GET', '/api/risk/models')).body
  assert.deepEqual(
    list.slice(0, 2).map((m: { hash: string; status: string }) => [m.hash, m.status]),
    [
      [second, 'champion'],
      [first, 'retired'],
    ],
  )
  assert.equal((await analyst.send('POST', '/api/risk/models/rollback', { reason: 'x' })).status, 403)
  assert.deepEqual((await head.send('POST', '/api/risk/models/rollback', { reason: 'odd scores' })).body, { from: second, to: first })
  await r.reload()
  assert.equal((await r.facts(db.sql(), asked(snapshot, 9003))).score?.model, first)
  await keep(9100)
  const [{ rank }] = (await analyst.send('GET', '/api/risk/decisions?q=R9100')).body.rows
  assert.ok(rank >= 0 && rank <= 1, `${rank}: a share of earlier ones, not log odds`)
  const { card, reigns } = (await analyst.send('GET', `/api/risk/models/${first}`)).body
  assert.deepEqual([card.hash, reigns.map((x: { how: string }) => x.how)], [first, ['rollback', 'promotion']])
})

test('drift is told by column; results weigh what chance found', async () => {
  const [champion] = (await analyst.send('GET', '/api/risk/models')).body
  const drift = (await analyst.send('GET', `/api/risk/models/${champion.hash}/drift`)).body
  // The demo's own trade of the last days, which the model never saw, comes from elsewhere; offices are the same.
  const stateOf = (column: string) => drift.find((d: { column: string }) => d.column === column)
  assert.equal(stateOf('Country of Origin').state, 'act', JSON.stringify(drift))
  assert.ok(stateOf('Country of Origin').unseen > 0.05 && stateOf('Country of Origin').psi > stateOf('Office ID').psi)
  assert.ok((await watchDrift(r)) > 0)
  assert.ok(
    (await analyst.send('GET', '/api/risk/alarms?open=true')).body.some(
      (a: { kind: string; subject: string }) => a.kind === 'drift' && a.subject.endsWith('Country of Origin'),
    ),
  )
  const results = (await analyst.send('GET', '/api/risk/results')).body
  assert.ok(
    results.estimates.examined >= 500 && results.estimates.prevalence > 0.1 && results.estimates.prevalence < 0.35,
    JSON.stringify(results.estimates),
  )
  assert.equal(results.league.find((l: { code: string }) => l.code === 'N-WATCHED-FIRMS').retire, 'no-hits')
})

test('a model whose files were touched is an alarm, and selection goes on without it', async () => {
  const [champion] = (await analyst.send('GET', '/api/risk/models')).body
  writeFileSync(join(directory, champion.hash, 'model.json'), '{}')
  await r.reload()
  const facts = await r.facts(db.sql(), asked(goods().snapshot, 9004))
  assert.equal(facts.score, null)
  const alarms = (await analyst.send('GET', '/api/risk/alarms?open=true')).body
  const alarm = alarms.find((a: { kind: string }) => a.kind === 'model-unreadable')
  assert.equal(alarm.subject, champion.hash)
  const answer = async (name: string, remark: string) => analyst.send('POST', `/api/risk/alarms/${alarm.id}/${name}`, { remark })
  assert.equal((await answer('acknowledge', 'Copying it back')).body.acknowledged.remark, 'Copying it back')
  assert.deepEqual((await answer('acknowledge', 'me too')).issues, ['risk.alarm_answered'])
  const closed = (await answer('close', 'restored')).body
  assert.deepEqual([closed.acknowledged.by, closed.closed.by, closed.closed.remark], ['Solveig Adebayo', 'Solveig Adebayo', 'restored'])
  assert.equal((await analyst.send('GET', '/api/risk/alarms?open=true')).body.length, alarms.length - 1)
})

test('examinations of an older system are imported, whole or not at all, and learned from with a warning', async () => {
  const send = (who: Browser, content: string) =>
    who.send('POST', '/api/risk/past-examinations', { administration: 'XV', source: 'before.csv', content })
  const content = pastFile(900)
  assert.deepEqual((await send(analyst, `${content}\nX,soon,XV000101,640310,C1,1,1,Bo,none`)).issues, ['risk.past_date'])
  assert.equal((await head.send('GET', '/api/risk/past-examinations')).body.rows, 0)
  assert.equal((await send(head, content)).status, 403)
  const taken = await send(analyst, content)
  assert.deepEqual([taken.status, taken.body.rows, taken.body.ignored], [201, 900, ['Officer']])
  assert.equal((await send(analyst, content)).status, 201)
  const summary = (await head.send('GET', '/api/risk/past-examinations')).body
  assert.deepEqual([summary.rows, summary.withFinding, summary.from], [900, taken.body.withFinding, '2025-01-01'], 'said again, it replaces')
  const before = (await head.send('GET', '/api/risk/results')).body.estimates.examined
  const hash = await train(11)
  const { card } = (await head.send('GET', `/api/risk/models/${hash}`)).body
  assert.ok(
    card.warnings.some((w: string) => w.startsWith(`900 of ${card.trainedOn.rows} rows`)),
    card.warnings.join(' '),
  )
  assert.equal((await head.send('GET', '/api/risk/results')).body.estimates.examined, before, 'no estimate rests on them')
})
