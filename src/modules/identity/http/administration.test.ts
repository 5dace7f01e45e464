import assert from 'node:assert/strict'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import { fold } from '#kernel/decide.ts'
import { readEntries } from '#platform/journal.ts'
import type { Bus } from '#platform/bus.ts'
import { createServer } from '#platform/http.ts'
import { platformIssues } from '#platform/catalogue.ts'
import { addServiceRoutes } from '#platform/service-routes.ts'
import { createAuthenticate, demoOrganisations, demoPassword, demoPerson, isMandated, findParties, routes } from '#modules/identity'
import { testDatabase, type TestDatabase } from '../../../../test/database.ts'
import { openBrowser, startHarness, type Browser, type Harness } from '../../../../test/harness.ts'
import { ensureDemoIdentity, signInAs } from '../../../../test/identity.ts'
import { evolveMandate, type MandateEvent } from '../mandate.ts'
import { evolveOrganisation, type OrganisationEvent } from '../organisation.ts'
import { evolvePerson, type PersonEvent } from '../person.ts'
import type { Mandate, Organisation, Person } from '../schema.ts'
import { lockMandate } from '../store/mandate.ts'
import { readOrganisation } from '../store/organisation.ts'
import { readPerson } from '../store/person.ts'

let db: TestDatabase
let h: Harness
let admin: Browser
before(async () => {
  db = await testDatabase()
  await ensureDemoIdentity(db.sql())
  h = await startHarness(db.sql(), routes)
  admin = await signInAs(h, 'administrator', { steppedUp: true })
})
after(async () => {
  await h?.close()
  await db?.close()
})

const registrationOf = (key: string): string => demoOrganisations.find((o) => o.key === key)!.registration

test('invite, set a password, work, be given another role', async () => {
  const attempt = { 'idempotency-key': crypto.randomUUID() }
  const wanted = { name: 'Liv Okonkwo', email: 'liv@customs.example', homeOffice: 'XV000201', roles: [{ role: 'officer', office: 'XV000201' }] }
  const invited = await admin.send('POST', '/api/people', wanted, attempt)
  assert.equal(invited.status, 201, JSON.stringify(invited.body))
  const repeated = await admin.send('POST', '/api/people', wanted, attempt)
  assert.deepEqual([repeated.body.id, repeated.body.link], [invited.body.id, null])
  assert.deepEqual((await admin.send('POST', '/api/people', wanted)).issues, ['identity.email_taken'])
  const token = invited.body.link.split('#')[1]
  const guest = openBrowser(h)
  assert.equal((await guest.send('POST', '/api/invitations/look', { token })).body.name, 'Liv Okonkwo')
  assert.deepEqual((await guest.send('POST', '/api/invitations/accept', { token, password: 'short' })).issues, ['identity.password_short'])
  const welcome = await guest.send('POST', '/api/invitations/accept', { token, password: 'lanterns over water' })
  assert.deepEqual([welcome.status, welcome.body.office.code, welcome.body.roles], [200, 'XV000201', ['officer']])
  assert.deepEqual((await openBrowser(h).send('POST', '/api/invitations/accept', { token, password: 'another long one' })).issues, [
    'identity.invitation_over',
  ])
  assert.equal((await admin.send('POST', `/api/people/${invited.body.id}/roles`, { role: 'examiner', office: 'XV000101' })).status, 201)
  assert.deepEqual((await guest.send('GET', '/api/session')).body.roles, ['officer', 'examiner'])
  const view = (await admin.send('GET', `/api/people/${invited.body.id}`)).body
  assert.deepEqual([view.status, view.sessions, view.roles.length], ['active', 1, 2])
  assert.equal((await admin.send('POST', `/api/people/${invited.body.id}/roles/${view.roles[0].id}/end`, { reason: 'moved' })).status, 200)
  assert.deepEqual((await guest.send('GET', '/api/session')).body.roles, ['examiner'])
})

test('giving rights asks for step-up', async () => {
  const fresh = await signInAs(h, 'administrator')
  const person = demoPerson('examiner-air').id
  assert.deepEqual((await fresh.send('POST', `/api/people/${person}/roles`, { role: 'officer', office: 'XV000201' })).issues, [
    'identity.step_up_required',
  ])
  assert.deepEqual((await fresh.send('POST', `/api/people/${person}/reset`, { reason: 'x' })).issues, ['identity.step_up_required'])
})

test('a reset ends everything the person had and lets them in by a new link', async () => {
  const person = demoPerson('examiner-air')
  const browser = await signInAs(h, 'examiner-air')
  const reset = await admin.send('POST', `/api/people/${person.id}/reset`, { reason: 'lost the phone' })
  assert.equal((await browser.send('GET', '/api/session')).status, 401)
  assert.equal((await openBrowser(h).send('POST', '/api/session', { email: person.email, password: demoPassword })).status, 401)
  const token = reset.body.link.split('#')[1]
  assert.equal((await openBrowser(h).send('POST', '/api/invitations/accept', { token, password: 'copper kettle rain' })).status, 200)
})

test('a leaver’s next request is refused: here, in another process, and where the news was lost', async () => {
  const other = await startHarness(db.sql(), routes)
  const deafBus: Bus = { announce: () => undefined, listen: () => () => undefined, close: async () => undefined }
  const deafDeps = { ...other.deps, bus: deafBus }
  const deafAuthenticate = createAuthenticate(deafDeps)
  const deaf = await createServer({
    routes: routes(deafDeps),
    catalogue: platformIssues,
    authenticate: deafAuthenticate,
    log: h.deps.log,
    clock: h.deps.clock,
    version: 'test',
  })
  try {
    const here = await signInAs(h, 'examiner-sea')
    const there = openBrowser(other)
    const lost = openBrowser({ server: deaf })
    for (const browser of [there, lost]) for (const [name, value] of here.cookies) browser.cookies.set(name, value)
    for (const browser of [here, there, lost]) assert.equal((await browser.send('GET', '/api/session/devices')).status, 200)
    const ended = await admin.send('POST', `/api/people/${demoPerson('examiner-sea').id}/end`, { reason: 'retired' })
    assert.deepEqual([ended.status, ended.body.status], [200, 'ended'])
    assert.equal((await here.send('GET', '/api/session/devices')).status, 401)
    await sleep(400)
    assert.equal((await there.send('GET', '/api/session/devices')).status, 401)
    await sleep(650)
    assert.equal((await lost.send('GET', '/api/session/devices')).status, 401)
    assert.equal((await openBrowser(h).send('POST', '/api/demo/sign-in', { personId: demoPerson('examiner-sea').id })).status, 404)
    assert.ok(
      !(await openBrowser(h).send('GET', '/api/demo/sign-ins')).body.some((r: { personId: string }) => r.personId === demoPerson('examiner-sea').id),
    )
  } finally {
    await deaf.close()
    deafAuthenticate.close()
    await other.close()
  }
})

test('a listener that asks after the news sees a leaver gone already', async () => {
  const browser = await signInAs(h, 'officer-air')
  const heard: Promise<number>[] = []
  const stop = h.bus.listen((news) => {
    if (news.topic === 'session' && news.id === demoPerson('officer-air').id)
      heard.push(browser.send('GET', '/api/session/devices').then((a) => a.status))
  })
  try {
    assert.equal((await browser.send('GET', '/api/session/devices')).status, 200)
    await admin.send('POST', `/api/people/${demoPerson('officer-air').id}/end`, { reason: 'left' })
    assert.deepEqual(await Promise.all(heard), [401])
  } finally {
    stop()
  }
})

test('a leaver’s live stream is hung up, also the one that another process serves', async () => {
  const other = await startHarness(db.sql(), routes)
  const webRoot = join(import.meta.dirname, 'none')
  await addServiceRoutes(other.server, { sql: db.sql(), bus: other.bus, authenticate: other.authenticate, webRoot, topics: {} })
  try {
    const address = await other.server.listen({ port: 0, host: '127.0.0.1' })
    const browser = await signInAs(h, 'officer-inland')
    const cookie = [...browser.cookies].map(([name, value]) => `${name}=${value}`).join('; ')
    const stream = await fetch(`${address}/api/events`, { headers: { cookie, 'user-agent': 'Test Browser/1.0' }, signal: AbortSignal.timeout(5000) })
    assert.equal(stream.status, 200)
    await admin.send('POST', `/api/people/${demoPerson('officer-inland').id}/end`, { reason: 'left' })
    assert.match(await stream.text(), /^retry: /, 'the text is complete, because the stream has ended')
    const again = await fetch(`${address}/api/events`, { headers: { cookie, 'user-agent': 'Test Browser/1.0' } })
    assert.equal(again.status, 401)
  } finally {
    await other.close()
  }
})

test('nobody ends themselves', async () => {
  assert.deepEqual((await admin.send('POST', `/api/people/${demoPerson('administrator').id}/end`, { reason: 'x' })).issues, ['identity.person_own'])
})

test('a key answers its own command and person only; at the same moment it acts once', async () => {
  const attempt = { 'idempotency-key': crypto.randomUUID() }
  const wanted = { name: 'Fjord Salmon', kinds: ['trader'], country: 'XV' }
  const both = await Promise.all([
    admin.send('POST', '/api/organisations', wanted, attempt),
    admin.send('POST', '/api/organisations', wanted, attempt),
  ])
  assert.deepEqual(
    both.map((a) => a.status),
    [201, 201],
  )
  assert.equal(both[0]!.body.id, both[1]!.body.id)
  assert.deepEqual((await admin.send('POST', `/api/organisations/${both[0]!.body.id}/suspend`, { reason: 'x' }, attempt)).issues, [
    'request.key_reused',
  ])
  assert.equal((await admin.send('GET', '/api/organisations?q=fjord%20salmon')).body.total, 1)
  const other = { 'idempotency-key': crypto.randomUUID() }
  assert.equal((await admin.send('POST', `/api/organisations/${both[0]!.body.id}/suspend`, { reason: 'x' }, other)).status, 200)
  const elsewhere = (await admin.send('GET', '/api/organisations?q=anvil')).body.rows[0].id
  assert.deepEqual((await admin.send('POST', `/api/organisations/${elsewhere}/suspend`, { reason: 'x' }, other)).issues, ['request.key_reused'])
})

test('the register: next number, foreign number, wrong number, taken number', async () => {
  const wanted = { name: 'Kite & Sons', kinds: ['trader', 'carrier'], country: 'XV' }
  const given = (await admin.send('POST', '/api/organisations', wanted)).body.registration
  const next = (await admin.send('POST', '/api/organisations', { ...wanted, name: 'Kite & Daughters' })).body.registration
  assert.equal(BigInt(next.slice(2, 13)) - BigInt(given.slice(2, 13)), 1n)
  assert.equal((await admin.send('POST', '/api/organisations', { ...wanted, registration: 'GB123456789000', country: 'GB' })).status, 201)
  assert.deepEqual((await admin.send('POST', '/api/organisations', { ...wanted, registration: 'XV123456789012' })).issues, [
    'identity.registration_check',
  ])
  assert.deepEqual((await admin.send('POST', '/api/organisations', { ...wanted, registration: given })).issues, ['identity.registration_taken'])
  const found = (await admin.send('GET', `/api/organisations/search?q=${given.toLowerCase()}`)).body
  assert.equal(found[0].registration, given)
})

test('lists page, sort, filter and leave as csv', async () => {
  const first = (await admin.send('GET', '/api/organisations?size=10&sort=-registration&kind=trader')).body
  const second = (await admin.send('GET', '/api/organisations?size=10&page=2&sort=-registration&kind=trader')).body
  const numbers = [...first.rows, ...second.rows].map((r: { registration: string }) => r.registration)
  assert.equal(new Set(numbers).size, 20)
  assert.deepEqual(numbers, [...numbers].sort().toReversed())
  assert.equal((await admin.send('GET', '/api/organisations?sort=password')).status, 400)
  const csv = (await admin.send('GET', '/api/organisations?format=csv&q=quay%20customs')).body
  assert.match(csv, /Halberd & Quay Customs Brokers/)
  assert.equal(csv.trim().split('\r\n').length, 2)
  const people = (await admin.send('GET', '/api/people?role=supervisor&sort=name')).body
  assert.deepEqual(
    people.rows.map((r: { name: string }) => r.name),
    ['Viktor Amadi', 'Zainab Eriksen'],
  )
  assert.equal((await admin.send('GET', '/api/people?q=%25')).body.total, 0)
})

test('a mandate: given by the represented side, used by the broker at once, ended by the represented side at once', async () => {
  const trader = await signInAs(h, 'trader-cobalt')
  const broker = await signInAs(h, 'broker')
  const cobalt = registrationOf('cobalt')
  const halberd = registrationOf('halberd')
  const acts = async () =>
    (await broker.send('GET', '/api/session')).body.represents.find((r: { registration: string }) => r.registration === cobalt)?.scope
  assert.equal(await acts(), undefined)
  const today = h.deps.clock().slice(0, 10)
  assert.equal(await isMandated(db.sql(), cobalt, halberd, 'import', today), false)
  const given = await trader.send('POST', '/api/mandates', { to: halberd, scope: 'import' })
  assert.equal(given.status, 201, JSON.stringify(given.body))
  assert.equal(await acts(), 'import')
  assert.deepEqual(
    [await isMandated(db.sql(), cobalt, halberd, 'import', today), await isMandated(db.sql(), cobalt, halberd, 'export', today)],
    [true, false],
  )
  assert.deepEqual((await trader.send('POST', '/api/mandates', { to: halberd, scope: 'all' })).issues, ['identity.mandate_overlaps'])
  assert.deepEqual((await trader.send('POST', '/api/mandates', { to: registrationOf('anvil'), scope: 'all' })).issues, [
    'identity.mandate_not_broker',
  ])
  const stranger = await signInAs(h, 'trader-northlight')
  assert.deepEqual((await stranger.send('POST', `/api/mandates/${given.body.id}/end`, {})).issues, ['identity.mandate_unknown'])
  assert.equal((await trader.send('GET', '/api/mandates')).body[0].status, 'in-force')
  assert.equal((await trader.send('POST', `/api/mandates/${given.body.id}/end`, { reason: 'files itself' })).status, 200)
  assert.equal(await acts(), undefined)
  assert.deepEqual((await trader.send('POST', `/api/mandates/${given.body.id}/end`, {})).issues, ['identity.mandate_over'])
  assert.equal((await trader.send('GET', '/api/mandates')).body[0].status, 'over')
})

test('two mandates given at the same moment are one', async () => {
  const trader = await signInAs(h, 'trader-meridian')
  const give = () => trader.send('POST', '/api/mandates', { to: registrationOf('lantern'), scope: 'export' })
  const statuses = (await Promise.all([give(), give(), give()])).map((a) => a.status)
  assert.deepEqual(statuses.sort(), [201, 409, 409])
})

test('an organisation suspended stays known; ended, its people act for it no more', async () => {
  const registration = registrationOf('castellane')
  const id = (await readOrganisation(db.sql(), { registration }))!.id
  const trader = await signInAs(h, 'trader-castellane')
  assert.equal((await admin.send('POST', `/api/organisations/${id}/suspend`, { reason: 'debts' })).body.status, 'suspended')
  assert.deepEqual((await findParties(db.sql(), [registration, 'XV0'])).get(registration)?.suspended, true)
  assert.equal((await trader.send('GET', '/api/session')).body.organisation.status, 'suspended')
  assert.deepEqual((await admin.send('POST', `/api/organisations/${id}/suspend`, { reason: 'again' })).issues, ['identity.organisation_status'])
  assert.equal((await admin.send('POST', `/api/organisations/${id}/end`, { reason: 'dissolved' })).body.status, 'ended')
  assert.deepEqual((await trader.send('GET', '/api/session')).body.permissions, [])
  assert.equal((await findParties(db.sql(), [registration])).size, 0)
  assert.deepEqual((await trader.send('GET', '/api/mandates')).issues, ['access.denied'])
})

test('one’s own entry: the address may be changed, the name not', async () => {
  const trader = await signInAs(h, 'trader-northlight')
  const address = { street: 'Loom Street 1', city: 'Lindal', postcode: '50118', email: '' }
  assert.equal((await trader.send('PUT', '/api/organisations/own', { ...address, name: 'Other' })).status, 400)
  assert.equal((await trader.send('PUT', '/api/organisations/own', address)).body.street, 'Loom Street 1')
  assert.deepEqual(
    (await trader.send('GET', '/api/organisations/own')).body.people.map((p: { name: string }) => p.name),
    ['Saoirse Tanaka'],
  )
})

test('the journal folded gives the row, for every person, organisation and mandate', async () => {
  const sql = db.sql()
  const subjects = await sql<
    { kind: string; id: string }[]
  >`select distinct subject_kind as kind, subject_id as id from journal.entry where subject_kind in ('person', 'organisation', 'mandate')`
  assert.ok(subjects.length > 100)
  for (const subject of subjects) {
    const events = (await readEntries(sql, subject)).flatMap((e) => e.body.events)
    if (subject.kind === 'person') {
      const row = (await readPerson(sql, subject.id))!
      const folded = fold<Person | null, PersonEvent>(evolvePerson, null, events as PersonEvent[])!
      assert.deepEqual({ ...folded, roles: folded.roles.toSorted((a, b) => (a.id < b.id ? -1 : 1)) }, row)
    }
    if (subject.kind === 'organisation')
      assert.deepEqual(
        fold<Organisation | null, OrganisationEvent>(evolveOrganisation, null, events as OrganisationEvent[]),
        await readOrganisation(sql, { id: subject.id }),
      )
    if (subject.kind === 'mandate')
      assert.deepEqual(
        fold<Mandate | null, MandateEvent>(evolveMandate, null, events as MandateEvent[]),
        await sql.begin((tx) => lockMandate(tx as never, subject.id)),
      )
  }
})
