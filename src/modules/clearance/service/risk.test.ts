/** Selection on the road of a declaration: what is kept, taken again, found out, and who sees what of it. */
import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { after, before, test } from 'node:test'
import { createBus, type Bus } from '#platform/bus.ts'
import { createLog } from '#platform/log.ts'
import * as identity from '#modules/identity'
import * as risk from '#modules/risk'
import { chance, inventDeclaration } from '../../../simulator/declaration.ts'
import { testDatabase, type TestDatabase } from '../../../../test/database.ts'
import { type Browser, startHarness, type Harness } from '../../../../test/harness.ts'
import { signInAs } from '../../../../test/identity.ts'
import { issues, routes } from '../index.ts'
import type { DeclarationDocument } from '../schema/document.ts'
import type { Referral } from '#schema/risk'
import { statusOf } from '../declaration.ts'
import { findByMrn } from '../store.ts'
import { createClearance, type Clearance } from './clearance.ts'
import { lodge } from './lodge.ts'
import { holdForReferral, referred } from './referral-hold.ts'
import { replayDeclaration } from './replay.ts'

let db: TestDatabase
let h: Harness
let bus: Bus
let c: Clearance
let people: Record<string, Browser>
before(async () => {
  db = await testDatabase()
  await db.sql()`update risk.setting set random_rate = 0`
  const log = createLog('silent')
  bus = await createBus(db.sql(), log)
  c = await createClearance({ sql: db.sql(), bus, log, clock: () => new Date().toISOString(), config: { demo: true } })
  h = await startHarness(db.sql(), (deps) => [...identity.routes(deps), ...routes(c), ...risk.routes(c.risk)], {
    catalogue: { ...issues, ...risk.issues },
  })
  const keys = ['broker', 'officer-sea', 'examiner-sea', 'risk-analyst', 'risk-head', 'targeting', 'agency-food', 'auditor']
  people = Object.fromEntries(await Promise.all(keys.map(async (key) => [key, await signInAs(h, key)] as const)))
})
after(async () => {
  c?.close()
  await h?.close()
  await bus?.close()
  await db?.close()
})

let count = 0
/** A good import of the simulator with other goods in its first item. */
const file = async (change: Partial<DeclarationDocument['items'][number]>): Promise<string> => {
  const at = new Date().toISOString()
  const broker = (await identity.findPrincipal(db.sql(), identity.demoPerson('broker').id, at.slice(0, 10), 'web'))!
  const client = broker.represents.find((r) => r.organisationId !== broker.organisationId && r.scope !== 'export')!.registration
  for (let seed = ++count * 1000; seed < (count + 1) * 1000; seed++) {
    const document = inventDeclaration(chance(seed), { registration: broker.organisationRegistration!, client }, `RISK${seed}`)
    const sea = document.goodsLocation?.name === 'PMRQUAY1' && document.declarationType === 'IM' && document.additionalType === 'A'
    if (!sea || document.items.length !== 1 || Number(document.items[0]!.grossMassKg) < Number(document.items[0]!.netMassKg)) continue
    const lodged = await lodge(c, broker, { ...document, items: [{ ...document.items[0]!, ...change }] }, randomUUID(), { at })
    assert.ok(lodged.ok, JSON.stringify(lodged.issues))
    if (lodged.value.status !== 'rejected') return lodged.value.mrn
  }
  throw new Error('the simulator invented no such import that is accepted')
}
const get = async (who: string, url: string) => (await people[who]!.send('GET', url)).body

test('a selection is kept with what it used, comes out alike when it is taken again, and learns what was found', async () => {
  const mrn = await file({ hsCode: '24022000' })
  const d = await get('risk-analyst', `/api/risk/decisions/${mrn}`)
  assert.deepEqual([d.lane, d.chosenBy, d.propensity, d.minutes], ['red', 'mandatory', 1, 110])
  assert.ok(d.hitList.some((x: { profile: string; selected: boolean }) => x.profile === 'N-TOBACCO' && x.selected))
  assert.equal(d.snapshot.items[0]['item.hs6'], '240220')
  const again = await get('auditor', `/api/risk/decisions/${mrn}/replay`)
  assert.deepEqual([again.alike, again.hitsApart], [true, []])
  const replayed = await replayDeclaration(db.sql(), mrn)
  assert.ok(replayed!.row && replayed!.decisions.every((x) => x.alike), JSON.stringify(replayed))

  const { state } = (await findByMrn(db.sql(), mrn))!
  const physical = state.controls.find((k) => k.kind === 'physical')!
  const finding = { path: '/items/0/netMassKg', found: 'twice the mass' }
  const answer = await people['officer-sea']!.send('POST', `/api/declarations/${mrn}/controls/${physical.id}/result`, {
    conform: false,
    remarks: 'weighed',
    findings: [finding],
  })
  assert.equal(answer.status, 200, JSON.stringify(answer.body))
  const after1 = await get('risk-analyst', `/api/risk/decisions/${mrn}`)
  assert.deepEqual(
    after1.outcomes.map((o: { kind: string; result: string; offence: string }) => [o.kind, o.result, o.offence]),
    [['physical', 'major', 'netMassKg']],
  )
})

test('figures of the past are those known at registration, by the code of the back-tests', async () => {
  const preferred = {
    hsCode: '61091000',
    taxes: [
      { type: 'A00', preference: '300', method: 'E' },
      { type: 'B00', method: 'E' },
    ],
  }
  await file({ ...preferred, origin: 'TR', preferentialOrigin: 'TR' })
  const mrn = await file({ ...preferred, origin: 'EG', preferentialOrigin: 'EG' })
  const d = await get('risk-analyst', `/api/risk/decisions/${mrn}`)
  assert.ok(
    d.hitList.some((x: { profile: string }) => x.profile === 'N-ORIGIN-SWITCH'),
    JSON.stringify(d.hitList),
  )
  assert.deepEqual((await get('auditor', `/api/risk/decisions/${mrn}/replay`)).hitsApart, [])
})

test('traders, officers and examiners learn neither criterion nor chance; another agency only the joint result', async () => {
  await db.sql()`update risk.setting set random_rate = 1 where administration = 'XV'`
  await c.risk.reload()
  // Without a preference, which a criterion draws for its proof: chance of another kind.
  const taxes = [
    { type: 'A00', preference: '100', method: 'E' },
    { type: 'B00', method: 'E' },
  ]
  const random = await file({ hsCode: '49019900', taxes })
  const criterion = await file({ hsCode: '24022000' })
  await db.sql()`update risk.setting set random_rate = 0`
  await c.risk.reload()
  assert.equal((await get('risk-analyst', `/api/risk/decisions/${random}`)).chosenBy, 'random')
  for (const who of ['broker', 'officer-sea', 'examiner-sea'])
    for (const mrn of [random, criterion]) {
      const seen = JSON.stringify([await get(who, `/api/declarations/${mrn}`), await get(who, `/api/declarations/${mrn}/timeline`)])
      assert.doesNotMatch(seen, /N-TOBACCO|risk\.random|"random"|propensity|chosenBy/, `${who} ${mrn}`)
      assert.equal((await people[who]!.send('GET', `/api/risk/decisions/${mrn}`)).status, 403)
    }
  const joint = await get('agency-food', `/api/risk/decisions/${criterion}`)
  assert.deepEqual([joint.lane, joint.chosenBy, joint.score, joint.propensity], ['red', null, null, null])
  assert.ok(
    joint.hitList.length > 0 && joint.hitList.every((x: { profile: string | null; name: string | null }) => x.profile === null && x.name === null),
  )
  assert.doesNotMatch(JSON.stringify(joint), /N-TOBACCO|Tobacco products/)
  const filtered = await get('agency-food', '/api/risk/decisions?profile=N-TOBACCO&size=500')
  assert.equal(filtered.total, (await get('agency-food', '/api/risk/decisions?size=500')).total, 'a filter must not tell what a view hides')
})

test('goods wait for the answer to a referral, and an order not to load for another person who lifts it', async () => {
  const waiting: Parameters<typeof holdForReferral>[1][] = []
  risk.onReferral(async (tx, r) => {
    await referred(tx, r)
    if (r.status !== 'answered')
      waiting.push({ mrn: r.reference, id: r.id, kind: r.kind, open: r.status === 'issued', conclusion: r.conclusion ?? '' })
  })
  const work = async (): Promise<void> => {
    for (const p of waiting.splice(0)) await holdForReferral(c, p)
  }
  // under control, so that it is still there to be held
  const mrn = await file({ hsCode: '24022000' })
  const send = async (who: string, path: string, body: object) => people[who]!.send('POST', `/api/risk/referrals${path}`, body)
  const requirements = async () => (await findByMrn(db.sql(), mrn))!.state.requirements.map((x) => [x.reference, x.status])
  assert.equal((await send('officer-sea', '', { kind: 'DNL', reference: mrn, question: 'x' })).status, 403)
  const asked = await send('targeting', '', { kind: 'RfI', reference: mrn, question: 'Who bottled it?', hours: 4 })
  assert.equal(asked.status, 201, JSON.stringify(asked.body))
  await work()
  assert.deepEqual(await requirements(), [['RfI', 'unfulfilled']])
  assert.equal(statusOf((await findByMrn(db.sql(), mrn))!.state), 'under-control')
  const mine = await get('broker', '/api/risk/own-referrals')
  assert.deepEqual(
    mine.rows.map((x: Referral) => [x.question, x.issuedBy.name]),
    [['Who bottled it?', '']],
  )
  const answered = await send('broker', `/${asked.body.id}/answer`, { text: 'The distillery.' })
  assert.deepEqual([answered.status, answered.body.issuedBy.name], [200, ''], 'who asked stays inside')
  const open = async (who: string) => (await get(who, '/api/risk/referrals?open=true')).rows.map((x: Referral) => x.id)
  assert.deepEqual([await open('targeting'), await open('agency-food')], [[asked.body.id], []], 'agencies keep their referrals apart')
  assert.equal((await send('agency-food', `/${asked.body.id}/resolve`, { conclusion: 'x' })).status, 403)
  assert.equal((await send('targeting', `/${asked.body.id}/resolve`, { conclusion: 'plausible' })).status, 200)
  assert.deepEqual(await open('targeting'), [])
  const order = await send('targeting', '', { kind: 'DNL', reference: mrn, question: 'Threat' })
  const told = (await get('broker', '/api/risk/own-referrals?open=true')).rows.map((x: Referral) => [x.kind, x.question])
  assert.deepEqual(told, [['DNL', '']], 'what an order rests on stays inside')
  assert.deepEqual((await send('targeting', `/${order.body.id}/lift`, { conclusion: 'x' })).issues, ['risk.second_person_needed'])
  await work()
  assert.deepEqual(await requirements(), [
    ['RfI', 'fulfilled'],
    ['DNL', 'unfulfilled'],
  ])
  assert.equal((await send('risk-head', `/${order.body.id}/lift`, { conclusion: 'screened' })).status, 200)
  await work()
  assert.deepEqual(await requirements(), [
    ['RfI', 'fulfilled'],
    ['DNL', 'fulfilled'],
  ])
})

test('a firm and what it shares: brokers, vehicles, addresses of the register and ties that analysts noted', async () => {
  const [client] = await db.sql()<
    { importer: string }[]
  >`select importer from risk.decision where importer is not null order by decided_at desc limit 1`
  const id = client!.importer
  const note = (registration: string) =>
    people['risk-analyst']!.send('POST', '/api/risk/ties', { kind: 'phone', value: '+999 555 0101', registration, source: 'business card' })
  for (const registration of [id, 'XV777']) assert.equal((await note(registration)).body.added, true)
  assert.equal((await note(id)).body.added, false)
  const entity = await get('risk-analyst', `/api/risk/entities/${id}`)
  assert.ok(entity.facts.declarations > 0 && entity.name.length > 3)
  const kinds = new Set(entity.nodes.map((n: { kind: string }) => n.kind))
  for (const kind of ['firm', 'broker', 'vehicle', 'address', 'phone']) assert.ok(kinds.has(kind), `${kind} of ${[...kinds].join(' ')}`)
  const known = new Set(entity.nodes.map((n: { id: string }) => n.id))
  assert.ok(entity.edges.every((e: { from: string; to: string }) => known.has(e.from) && known.has(e.to)))
  assert.ok(entity.edges.some((e: { from: string; kind: string }) => e.from === 'XV777' && e.kind === 'phone'))
  assert.equal((await people['risk-analyst']!.send('GET', '/api/risk/entities/XV0')).status, 404)
  assert.equal((await people['agency-food']!.send('GET', `/api/risk/entities/${id}`)).status, 403)
})
