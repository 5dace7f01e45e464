/** Profiles, lists and rates through the interface, on a real database: four eyes, what each agency sees, back-tests. */
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import * as identity from '#modules/identity'
import { createBus, type Bus } from '#platform/bus.ts'
import { readEntries } from '#platform/journal.ts'
import { createLog } from '#platform/log.ts'
import { testDatabase, type TestDatabase } from '../../../../test/database.ts'
import { type Browser, startHarness, type Harness } from '../../../../test/harness.ts'
import { signInAs } from '../../../../test/identity.ts'
import { createRisk, folds, issues, routes, type Risk } from '../index.ts'
import type { ProfileEvent } from '../profile/life.ts'
import type { ProfileVersion } from '../schema/profile.ts'
import { runBacktest } from '../service/backtest.ts'
import { endProfiles } from '../service/profiles.ts'

let db: TestDatabase
let h: Harness
let bus: Bus
let r: Risk
let analyst: Browser
let head: Browser
let targeting: Browser
let food: Browser
let foodHead: Browser
let auditor: Browser
before(async () => {
  db = await testDatabase()
  const log = createLog('silent')
  bus = await createBus(db.sql(), log)
  r = await createRisk({ sql: db.sql(), bus, log, clock: () => h?.deps.clock() ?? new Date().toISOString(), config: { demo: true } })
  h = await startHarness(db.sql(), (deps) => [...identity.routes(deps), ...routes(r)], { catalogue: issues })
  const [first, ...others] = await Promise.all(
    ['risk-analyst', 'risk-head', 'targeting', 'agency-food', 'agency-food-head', 'auditor'].map((key) => signInAs(h, key)),
  )
  analyst = first!
  ;[head, targeting, food, foodHead, auditor] = others as [Browser, Browser, Browser, Browser, Browser]
})
after(async () => {
  r?.close()
  await h?.close()
  await bus?.close()
  await db?.close()
})

const draft = (code: string, change: object = {}) => ({
  code,
  administration: 'XV',
  text: `profile "${code}" scope national lane yellow percent 50\nwhen any item (hs under "8517")\ninstruct "Look."`,
  control: 'documentary',
  blocking: true,
  mandatory: false,
  secrecy: 'internal',
  ...change,
})
const at = (code: string, command: string, number = 1) => `/api/risk/profiles/${code}/versions/${number}/${command}`
const ok = async (who: Browser, url: string, body: object = {}, status = 200) => {
  const answer = await who.send('POST', url, body)
  assert.equal(answer.status, status, `${url} ${JSON.stringify(answer.body)}`)
  return answer.body
}

test('a profile from its draft to its end, by two people, and the journal gives the row', async () => {
  await ok(analyst, '/api/risk/profiles', draft('N-PHONES'), 201)
  assert.deepEqual((await analyst.send('POST', at('N-PHONES', 'submit'), {})).issues, ['risk.profile_not_possible_now'])
  assert.deepEqual((await analyst.send('POST', at('N-PHONES', 'backtest'), {})).issues, ['risk.profile_unchecked'])
  assert.equal((await ok(analyst, at('N-PHONES', 'check'))).status, 'checked')
  const asked = await ok(analyst, at('N-PHONES', 'backtest'), {}, 202)
  assert.equal(asked.status, 'queued')
  await runBacktest(r, asked.id)
  const done = (await analyst.send('GET', `/api/risk/backtests/${asked.id}`)).body
  assert.deepEqual([done.status, done.progress, done.result.evidence], ['done', 1, 'insufficient'])
  await ok(analyst, at('N-PHONES', 'submit'))
  assert.equal((await analyst.send('POST', at('N-PHONES', 'approve'), {})).status, 403)
  assert.equal((await ok(head, at('N-PHONES', 'approve'))).approver.name, 'Thandiwe Kovacs')
  assert.equal((await ok(head, at('N-PHONES', 'activate'))).status, 'active')

  await ok(analyst, '/api/risk/profiles', draft('N-PHONES', { text: draft('x').text.replace('8517', '851713') }), 201)
  const diff = (await analyst.send('GET', '/api/risk/profiles/N-PHONES/diff?from=1&to=2')).body
  assert.deepEqual([diff.sameMeaning, diff.attributes.map((c: { field: string }) => c.field)], [false, ['name']])
  assert.ok(diff.lines.some((l: { kind: string; text: string }) => l.kind === 'added' && l.text.includes('851713')))
  await ok(head, at('N-PHONES', 'suspend'), { reason: 'too many hits' })
  const last = await ok(head, at('N-PHONES', 'archive'), { reason: 'replaced' })
  const view = (await analyst.send('GET', '/api/risk/profiles/N-PHONES')).body
  assert.deepEqual(
    view.versions.map((v: { version: ProfileVersion; allowed: string[] }) => [v.version.number, v.version.status, v.allowed]),
    [
      [2, 'draft', ['check', 'archive']],
      [1, 'archived', []],
    ],
  )
  assert.ok(view.readings.some((x: { person: string }) => x.person === 'Solveig Adebayo'))
  const entries = await readEntries(h.deps.sql, { kind: 'risk-profile', id: 'N-PHONES/1' })
  const events = entries.flatMap((e) => e.body.events as ProfileEvent[])
  assert.deepEqual(events.reduce<ProfileVersion | null>(folds['risk-profile'], null), last)
})

test('the database itself refuses an author who approves, and a version that is written again', async () => {
  await assert.rejects(h.deps.sql`update risk.profile_life set approver = author where code = 'N-PHONES'`, /profile_life_four_eyes/)
  await assert.rejects(h.deps.sql`update risk.profile_version set hash = repeat('0', 64)`, /permission denied/)
})

test('an emergency profile binds at once, by one person, for a day; ratified it stays', async () => {
  for (const code of ['E-ONE', 'E-TWO']) {
    await ok(targeting, '/api/risk/profiles', draft(code), 201)
    await ok(targeting, at(code, 'check'))
    assert.equal((await analyst.send('POST', at(code, 'activate-emergency'), { reason: 'x' })).status, 403)
    assert.deepEqual((await targeting.send('POST', at(code, 'activate-emergency'), { reason: ' ' })).issues, ['risk.reason_missing'])
    assert.ok((await ok(targeting, at(code, 'activate-emergency'), { reason: 'a call from the neighbour' })).emergencyUntil)
  }
  await ok(head, at('E-ONE', 'ratify'))
  assert.deepEqual((await head.send('POST', at('E-ONE', 'ratify'), {})).issues, ['risk.nothing_to_ratify'])
  assert.equal(await endProfiles(r), 0)
  h.pass(24 * 3_600_000)
  assert.equal(await endProfiles(r), 1)
  h.pass(-24 * 3_600_000)
  const statusOf = async (code: string) => (await targeting.send('GET', `/api/risk/profiles/${code}`)).body.versions[0].version.status
  assert.deepEqual([await statusOf('E-ONE'), await statusOf('E-TWO')], ['active', 'expired'])
})

test('a text is checked as it is typed: places of errors, and what it says', async () => {
  const check = async (text: string) => (await analyst.send('POST', '/api/risk/profiles/check', { text })).body
  const wrong = await check('profile "A" lane red\nwhen importr = "x" and hs under "24" and importer in list "nothing"')
  assert.equal(wrong.valid, false)
  assert.deepEqual(
    wrong.issues.map((i: { code: string; line: number; column: number }) => [i.code, i.line, i.column]),
    [
      ['risk.list_unknown', 2, 51],
      ['risk.profile_field_unknown', 2, 6],
    ],
  )
  const right = await check('profile "A" lane red when importer in list "watched-firms"')
  assert.deepEqual([right.valid, right.summary.lane, right.summary.lists, right.summary.fields], [true, 'red', ['watched-firms'], ['party.importer']])
  const { fields, keywords, lists } = (await analyst.send('GET', '/api/risk/vocabulary')).body
  assert.ok(fields.some((f: { name: string; short: string[] }) => f.name === 'item.hs' && f.short.includes('hs')) && keywords.length > 15)
  assert.ok(lists.some((l: { name: string }) => l.name === 'watched-firms'))
})

test('each agency keeps its criteria from the other; a secret one is for few; auditors read everything', async () => {
  const codes = async (who: Browser): Promise<string[]> =>
    (await who.send('GET', '/api/risk/profiles?size=500')).body.rows.map((p: { code: string }) => p.code)
  await ok(food, '/api/risk/profiles', draft('FSA-NUTS'), 201)
  assert.deepEqual(await codes(food), ['FSA-NUTS', 'FSA-SEAFOOD'])
  for (const who of [analyst, head, targeting]) assert.ok(!(await codes(who)).some((c) => c.startsWith('FSA')))
  for (const url of ['', '/diff?from=1&to=1']) {
    assert.equal((await head.send('GET', `/api/risk/profiles/FSA-SEAFOOD${url}`)).status, 404)
    assert.equal((await food.send('GET', `/api/risk/profiles/N-TOBACCO${url}`)).status, 404)
  }
  assert.equal((await foodHead.send('POST', at('N-PHONES-LIGHT', 'approve'), {})).status, 404)
  assert.deepEqual((await food.send('POST', '/api/risk/profiles', draft('N-TOBACCO'))).issues, ['risk.profile_code_taken'])
  assert.equal((await food.send('GET', '/api/risk/lists/watched-firms')).status, 404)
  assert.deepEqual((await food.send('GET', '/api/risk/lists')).body, [])
  // written by the analyst, so the targeting officer does not see it
  assert.ok((await codes(analyst)).includes('N-WATCHED-FIRMS'))
  assert.ok(!(await codes(targeting)).includes('N-WATCHED-FIRMS'))
  assert.equal((await targeting.send('GET', '/api/risk/profiles/N-WATCHED-FIRMS')).status, 404)
  const all = await codes(auditor)
  assert.ok(['N-WATCHED-FIRMS', 'FSA-SEAFOOD', 'FSA-NUTS'].every((c) => all.includes(c)))
  for (const key of ['officer-sea', 'examiner-sea', 'supervisor-sea', 'broker', 'administrator']) {
    const other = await signInAs(h, key)
    for (const path of ['profiles', 'profiles/N-TOBACCO', 'lists', 'settings', 'vocabulary', 'proposals'])
      assert.equal((await other.send('GET', `/api/risk/${path}`)).status, 403, `${key} ${path}`)
  }
})

test('lists and rates change when a second person agrees, and not before', async () => {
  const list = { kind: 'list', reason: 'a new case', content: { name: 'watched-firms', about: 'Operators', entries: ['XV2', 'XV1', 'XV1'] } }
  const { id } = await ok(analyst, '/api/risk/proposals', list, 201)
  assert.equal((await analyst.send('POST', `/api/risk/proposals/${id}/approve`, { remark: '' })).status, 403)
  assert.deepEqual((await foodHead.send('POST', `/api/risk/proposals/${id}/approve`, { remark: '' })).issues, ['risk.proposal_unknown'])
  assert.notDeepEqual((await analyst.send('GET', '/api/risk/lists/watched-firms')).body.values, ['XV1', 'XV2'])
  await ok(head, `/api/risk/proposals/${id}/approve`, { remark: '' })
  const now = (await analyst.send('GET', '/api/risk/lists/watched-firms')).body
  assert.deepEqual([now.number, now.values, now.usedBy, now.versions.length], [2, ['XV1', 'XV2'], ['N-WATCHED-FIRMS'], 2])
  assert.deepEqual((await head.send('POST', `/api/risk/proposals/${id}/reject`, { remark: 'x' })).issues, ['risk.proposal_decided'])

  const [before1] = (await head.send('GET', '/api/risk/settings')).body.filter((s: { administration: string }) => s.administration === 'XV')
  const { version: _version, ...setting } = before1
  const own = await ok(head, '/api/risk/proposals', { kind: 'setting', reason: 'holiday', content: { ...setting, capacityMinutes: 900 } }, 201)
  assert.deepEqual((await head.send('POST', `/api/risk/proposals/${own.id}/approve`, { remark: '' })).issues, ['risk.second_person_needed'])
  await ok(head, `/api/risk/proposals/${own.id}/withdraw`, { remark: '' })
  const again = await ok(analyst, '/api/risk/proposals', { kind: 'setting', reason: 'holiday', content: { ...setting, capacityMinutes: 900 } }, 201)
  await ok(head, `/api/risk/proposals/${again.id}/approve`, { remark: '' })
  const after1 = (await head.send('GET', '/api/risk/settings')).body.find((s: { administration: string }) => s.administration === 'XV')
  assert.deepEqual([after1.capacityMinutes, after1.version], [900, before1.version + 1])
})

test('a head of office sees its own day and proposes for it alone; rates and models are customs’ own', async () => {
  const supervisor = await signInAs(h, 'supervisor-sea')
  const own = (await supervisor.send('GET', '/api/risk/capacity')).body
  const all = (await head.send('GET', '/api/risk/capacity')).body
  assert.deepEqual(
    own.offices.map((o: { office: string }) => o.office),
    ['XV000101'],
  )
  assert.ok(all.offices.length > 1 && own.offices[0].random === null && all.offices[0].random >= 0)

  const { version: _version, ...national } = all.national
  const content = { ...national, office: 'XV000101', capacityMinutes: 600, expectedRate: { red: 0.05, yellow: 0.1, blue: 0 } }
  const asked = await ok(supervisor, '/api/risk/settings', { reason: 'Two inspectors are away', content }, 201)
  assert.deepEqual(
    (await head.send('GET', '/api/risk/capacity')).body.waiting.map((p: { id: string }) => p.id),
    [asked.id],
  )
  const refusal = async (who: Browser, change: object) =>
    (await who.send('POST', '/api/risk/settings', { reason: 'x', content: { ...content, ...change } })).issues
  assert.deepEqual(await refusal(supervisor, { office: 'XV000201' }), ['risk.setting_foreign'])
  assert.deepEqual(await refusal(supervisor, { office: '' }), ['risk.setting_foreign'])
  assert.deepEqual(await refusal(supervisor, { minimumRandomRate: 0 }), ['risk.setting_below_national'])
  for (const proposal of [
    { kind: 'setting', reason: 'x', content: { ...national, minimumRandomRate: 1 } },
    { kind: 'model', reason: 'x', content: { hash: '0'.repeat(64), as: 'champion' } },
  ])
    assert.equal((await food.send('POST', '/api/risk/proposals', proposal)).status, 403)

  await ok(head, `/api/risk/proposals/${asked.id}/approve`, { remark: '' })
  const [day] = (await supervisor.send('GET', '/api/risk/capacity')).body.offices
  assert.deepEqual([day.setting.office, day.setting.capacityMinutes, day.usedMinutes + day.remainingMinutes], ['XV000101', 600, 600])
})

test('a day of capacity counts from the administration’s midnight, with lanes, minutes and what was given up', async () => {
  const decide = async (id: string, at: string, lane: string, minutes: number, by: string, demoted: string | null = null) =>
    db.sql()`insert into risk.decision (subject_kind, subject_id, reference, administration, office, regime, decided_at, lane, chosen_by, propensity, random_share,
      minutes, hits, selecting, unselected, demoted_from, demoted_minutes, snapshot, record)
      values ('declaration', ${id}, ${id}, 'XV', 'XV000301', 'import', ${at}, ${lane}, ${by}, 1, 0, ${minutes}, '{}', '{}', '{}', ${demoted}, ${demoted ? 90 : 0}, '{}', '{}')`
  // 2026-02-10 of Verania begins at 22:00 UTC of the day before.
  await decide('before', '2026-02-09T21:59:59Z', 'red', 90, 'criterion')
  await decide('first', '2026-02-09T22:00:00Z', 'red', 110, 'random')
  await decide('second', '2026-02-10T12:00:00Z', 'yellow', 20, 'fill')
  await decide('third', '2026-02-10T21:59:59Z', 'blue', 0, 'criterion', 'red')
  await decide('after', '2026-02-10T22:00:00Z', 'red', 90, 'criterion')
  const board = (await head.send('GET', '/api/risk/capacity?date=2026-02-10')).body
  const day = board.offices.find((o: { office: string }) => o.office === 'XV000301')
  const { office: _office, name: _name, setting: _setting, ...figures } = day
  assert.deepEqual(figures, {
    registered: 3,
    red: { selected: 1, minutes: 110 },
    yellow: { selected: 1, minutes: 20 },
    blue: { selected: 1, minutes: 0 },
    random: 1,
    filled: 1,
    demoted: { selected: 1, minutes: 90 },
    usedMinutes: 130,
    remainingMinutes: 770,
  })
})
