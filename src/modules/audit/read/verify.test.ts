import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { connect, inTransaction, type Sql, type Tx } from '#platform/database.ts'
import { chain, insertEntries, record, type Draft } from '#platform/journal.ts'
import { anchorNow, verifyJournal } from '#modules/audit'
import { testDatabase, type TestDatabase } from '../../../../test/database.ts'
import type { Broken, Witness } from '../schema.ts'
import { lastAnchor } from '../store/anchor.ts'

let db: TestDatabase
let app: Sql
let owner: Sql
const start = Date.UTC(2026, 2, 1, 9)

const draft = (n: number): Draft => ({
  command: 'thing.change',
  commandKey: `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`,
  actor: { personId: 'p1', name: 'Ana', roles: ['officer'], channel: 'web' },
  body: { payload: { n }, facts: { rate: '1.10' }, events: [{ type: 'thing.changed', n }] },
  reply: { n },
  at: new Date(start + n * 1000).toISOString(),
})
const write = (id: string, ...numbers: number[]): Promise<unknown> =>
  inTransaction(app, (tx) => record(tx, { kind: 'thing', id }, ...numbers.map(draft)))
const verify = (witnesses: Witness[] = []) => verifyJournal(app, () => performance.now(), witnesses)
const anchor = () => anchorNow(app, new Date(start).toISOString())

/** As the database's owner, past the triggers: what only somebody with the keys of the house can do. */
const tamper = (work: (tx: Tx) => Promise<unknown>): Promise<unknown> =>
  inTransaction(owner, async (tx) => {
    await tx`set local session_replication_role = replica`
    await work(tx)
  })

const restore = (): Promise<unknown> =>
  tamper(async (tx) => {
    await tx`delete from journal.entry`
    await tx`delete from journal.anchor`
    await tx`insert into journal.entry overriding system value select * from public.entry_before`
    await tx`insert into journal.anchor select * from public.anchor_before`
  })

before(async () => {
  db = await testDatabase({ alone: true })
  app = db.sql()
  owner = connect({ url: db.url, max: 2, asOwner: true })
  await tamper(async (tx) => {
    await tx`delete from journal.entry`
    await tx`delete from journal.anchor`
  })
  await write('a', 1, 2, 3, 4)
  await write('b', 5, 6)
  await anchor()
  await write('b', 7)
  await write('c', 8, 9, 10)
  await anchor()
  await write('d', 11, 12)
  await owner`create table public.entry_before as select * from journal.entry`
  await owner`create table public.anchor_before as select * from journal.anchor`
})
after(async () => {
  await owner?.end({ timeout: 5 })
  await db?.close()
})

/** What is found after the tampering; the journal is put back afterwards. */
const foundAfter = async (work: (tx: Tx) => Promise<unknown>, witnesses: Witness[] = []): Promise<Broken[]> => {
  await tamper(work)
  try {
    const { ok, broken, brokenCount } = await verify(witnesses)
    assert.equal(ok, brokenCount === 0)
    return broken
  } finally {
    await restore()
  }
}
const places = (broken: readonly Broken[]): string[] =>
  broken.map((b) => (b.anchor === undefined ? `${b.subject!.id}/${b.version} ${b.what}` : `anchor ${b.anchor} ${b.what}`))

test('an untouched journal is whole', async () => {
  const { ms, ...result } = await verify()
  assert.deepEqual(result, { ok: true, subjects: 4, entries: 12, anchors: 2, unanchored: 2, broken: [], brokenCount: 0 })
  assert.ok(ms >= 0)
})

// column → new value, and what is found first
const columns: Record<string, [sql: string, found: string]> = {
  command: [`command = 'thing.keep'`, 'a/2 content'],
  command_key: [`command_key = '00000000-0000-4000-8000-00000000ffff'`, 'a/2 content'],
  'command_key taken away': ['command_key = null', 'a/2 content'],
  'actor, another person': [`actor = replace(actor::text, 'Ana', 'Eva')::json`, 'a/2 content'],
  'actor, one more blank': [`actor = (' ' || actor::text)::json`, 'a/2 content'],
  body: [`body = replace(body::text, '1.10', '1.11')::json`, 'a/2 content'],
  reply: [`reply = '{"n": 2}'`, 'a/2 content'],
  'reply taken away': ['reply = null', 'a/2 content'],
  'at, a second': [`at = at + interval '1 second'`, 'a/2 content'],
  'at, a microsecond': [`at = at + interval '1 microsecond'`, 'a/2 at'],
  previous_hash: [`previous_hash = decode(repeat('ab', 32), 'hex')`, 'a/2 previous_hash'],
  hash: [`hash = decode(repeat('ab', 32), 'hex')`, 'a/2 hash'],
  version: ['version = 9', 'a/3 missing'],
  subject_id: [`subject_id = 'z'`, 'a/3 missing'],
  subject_kind: [`subject_kind = 'another'`, 'z'],
  'seq, out of order': ['seq = 1000', 'a/3 seq'],
  'seq, still in order': ['seq = (select max(seq) + 1 from journal.entry)', 'a/4'],
  'written_by, of the future': [`written_by = '9000000000000'`, 'a/2 written_by'],
  'written_by, of the past': [`written_by = '1'`, 'anchor 1 anchor-entries'],
}

for (const [name, [assignment, expected]] of Object.entries(columns)) {
  test(`an altered column is found: ${name}`, async () => {
    const version = name === 'seq, still in order' ? 4 : 2
    const alter = async (tx: Tx): Promise<void> => {
      await tx`alter table journal.entry alter column seq set generated by default`
      await tx.unsafe(`update journal.entry set ${assignment} where subject_id = 'a' and version = ${version}`)
      await tx`alter table journal.entry alter column seq set generated always`
    }
    const found = places(await foundAfter(alter))
    if (name === 'subject_kind') assert.ok(found.includes('a/2 missing') && found.includes('a/3 missing'), found.join())
    else if (name === 'seq, still in order') assert.deepEqual(found, ['anchor 1 anchor-entries'])
    else assert.equal(found[0], expected, found.join())
  })
}

test('the list above names every column of the journal', async () => {
  const rows = await owner<
    { name: string }[]
  >`select column_name as name from information_schema.columns where table_schema = 'journal' and table_name = 'entry' order by 1`
  const named = new Set(Object.keys(columns).map((c) => c.split(/[ ,]/)[0]!))
  assert.deepEqual(
    rows.map((r) => r.name),
    [...named].sort(),
  )
})

test('the last entry of a chain: altered content or an altered hash is found', async () => {
  assert.deepEqual(places(await foundAfter((tx) => tx`update journal.entry set reply = null where subject_id = 'd' and version = 2`)), [
    'd/2 content-or-hash',
  ])
})

test('entries that change places are found', async () => {
  const found = await foundAfter(async (tx) => {
    await tx`update journal.entry set version = 99 where subject_id = 'a' and version = 2`
    await tx`update journal.entry set version = 2 where subject_id = 'a' and version = 3`
    await tx`update journal.entry set version = 3 where subject_id = 'a' and version = 99`
  })
  assert.ok(places(found).includes('a/2 link'), places(found).join())
})

test('an entry taken out is found, first, in the middle and last', async () => {
  assert.equal(places(await foundAfter((tx) => tx`delete from journal.entry where subject_id = 'a' and version = 1`))[0], 'a/2 missing')
  assert.equal(places(await foundAfter((tx) => tx`delete from journal.entry where subject_id = 'a' and version = 3`))[0], 'a/4 missing')
  assert.deepEqual(places(await foundAfter((tx) => tx`delete from journal.entry where subject_id = 'a' and version = 4`)), [
    'anchor 1 anchor-entries',
  ])
})

test('a whole subject taken out is found', async () => {
  assert.deepEqual(places(await foundAfter((tx) => tx`delete from journal.entry where subject_id = 'c'`)), ['anchor 2 anchor-entries'])
})

/** A chain computed anew: every hash in it is right. */
const forge = async (tx: Tx, id: string, numbers: readonly number[], change: (d: Draft) => Draft): Promise<void> => {
  const { rows } = chain(
    { kind: 'thing', id },
    null,
    numbers.map((n) => change(draft(n))),
  )
  for (const r of rows) {
    await tx`update journal.entry set body = ${r.body}::text::json, previous_hash = decode(${r.previous_hash}, 'hex'), hash = decode(${r.hash}, 'hex') where subject_id = ${id} and version = ${r.version}`
  }
}

test('a chain rewritten with all its hashes is sound in itself, and contradicts the anchor', async () => {
  const bribed = (d: Draft): Draft => ({ ...d, body: { ...d.body, facts: { rate: '0.10' } } })
  assert.deepEqual(places(await foundAfter((tx) => forge(tx, 'a', [1, 2, 3, 4], bribed))), ['anchor 1 anchor-entries'])
})

test('an entry put in is found: between others, at the end, and as a subject that never was', async () => {
  const insertAt = (tx: Tx, id: string, version: number) =>
    tx`insert into journal.entry overriding system value select (select max(seq) + 1 from journal.entry), subject_kind, ${id}, ${version}, command, null, actor, body, reply, at, previous_hash, hash, written_by
      from journal.entry where subject_id = 'a' and version = 2`
  const between = await foundAfter(async (tx) => {
    await tx`update journal.entry set version = version + 100 where subject_id = 'a' and version > 2`
    await insertAt(tx, 'a', 3)
    await tx`update journal.entry set version = version - 99 where subject_id = 'a' and version > 100`
  })
  assert.equal(places(between)[0], 'a/3 link')
  assert.equal(places(await foundAfter((tx) => insertAt(tx, 'a', 5)))[0], 'a/5 link')
  const sound = await foundAfter(async (tx) => {
    await insertEntries(tx, chain({ kind: 'thing', id: 'late' }, null, [draft(77)]).rows)
    await tx`update journal.entry set written_by = (select written_by from journal.entry where subject_id = 'a' and version = 1) where subject_id = 'late'`
  })
  assert.deepEqual(places(sound), ['anchor 1 anchor-entries'])
})

test('a duplicate version is found, should the constraint have been taken away', async () => {
  try {
    const found = await foundAfter(async (tx) => {
      await tx`alter table journal.entry drop constraint entry_subject_version`
      await tx`insert into journal.entry overriding system value select 5000, subject_kind, subject_id, version, command, null, actor, body, reply, at, previous_hash, hash, written_by from journal.entry where subject_id = 'a' and version = 2`
    })
    assert.equal(places(found)[0], 'a/2 duplicate')
  } finally {
    await owner`alter table journal.entry add constraint entry_subject_version unique (subject_kind, subject_id, version)`
  }
})

const anchorColumns: Record<string, [assignment: string, found: string]> = {
  number: ['number = 7', 'anchor 2 anchor-missing'],
  from_xid: [`from_xid = '1'`, 'anchor 1 anchor-range'],
  to_xid: [`to_xid = (to_xid::text::bigint + 1)::text::xid8`, 'anchor 1 anchor-hash'],
  entries: ['entries = entries - 1', 'anchor 1 anchor-hash'],
  root: [`root = decode(repeat('ab', 32), 'hex')`, 'anchor 1 anchor-hash'],
  previous_hash: [`previous_hash = decode(repeat('ab', 32), 'hex')`, 'anchor 1 anchor-link'],
  hash: [`hash = decode(repeat('ab', 32), 'hex')`, 'anchor 1 anchor-hash'],
  at: [`at = at + interval '1 microsecond'`, 'anchor 1 anchor-hash'],
}

for (const [name, [assignment, expected]] of Object.entries(anchorColumns)) {
  test(`an altered anchor is found: ${name}`, async () => {
    const found = await foundAfter((tx) => tx.unsafe(`update journal.anchor set ${assignment} where number = 1`))
    assert.equal(places(found)[0], expected, places(found).join())
  })
}

test('a tail cut off together with its anchors is found by an anchor kept elsewhere', async () => {
  const { number, hash } = (await lastAnchor(app))!
  const cut = async (tx: Tx): Promise<void> => {
    await tx`delete from journal.entry where subject_id in ('c', 'd') or (subject_id = 'b' and version = 3)`
    await tx`delete from journal.anchor where number = 2`
  }
  assert.deepEqual(places(await foundAfter(cut)), [], 'inside the database nothing is left that could tell')
  assert.deepEqual(places(await foundAfter(cut, [{ number, hash }])), ['anchor 2 witness'])
  assert.deepEqual((await verify([{ number, hash }])).ok, true)
  assert.deepEqual(places((await verify([{ number, hash: 'ab'.repeat(32) }])).broken), ['anchor 2 witness'])
})

test('the application’s role can add to the journal and change nothing in it', async () => {
  const refused = (code: string) => (fault: unknown) => (fault as { code?: string }).code === code
  for (const table of ['entry', 'anchor']) {
    for (const statement of [`update journal.${table} set at = now()`, `delete from journal.${table}`, `truncate journal.${table}`])
      await assert.rejects(app.unsafe(statement), refused('42501'), statement)
    await assert.rejects(app.unsafe(`alter table journal.${table} disable trigger user`), refused('42501'))
    await assert.rejects(app.unsafe(`drop table journal.${table}`), refused('42501'))
    for (const statement of [`update journal.${table} set at = now()`, `delete from journal.${table}`, `truncate journal.${table}`])
      await assert.rejects(owner.unsafe(statement), /append-only/, `owner: ${statement}`)
  }
  assert.equal((await verify()).ok, true)
})

test('an entry of a transaction that was still running is left to the next anchor, whatever its number', async () => {
  let letGo = (): void => undefined
  const held = new Promise<void>((resolve) => {
    letGo = resolve
  })
  let wrote = (): void => undefined
  const written = new Promise<void>((resolve) => {
    wrote = resolve
  })
  const slow = inTransaction(app, async (tx) => {
    await record(tx, { kind: 'thing', id: 'slow' }, draft(90))
    wrote()
    await held
  })
  await written
  await write('fast', 91)
  const first = await anchor()
  assert.equal(first?.entries, 2, 'the two of d; neither slow, which runs, nor fast, which began after it')
  assert.equal((await verify()).ok, true)
  letGo()
  await slow
  assert.equal((await anchor())?.entries, 2)
  const { ok, unanchored } = await verify()
  assert.deepEqual([ok, unanchored], [true, 0])
  await restore()
})

test('processes that anchor at the same moment make one anchor', async () => {
  await write('e', 95)
  const made = await Promise.all([anchor(), anchor(), anchor()])
  assert.equal(made.filter((a) => a !== null).length, 1)
  assert.equal((await verify()).ok, true)
  assert.equal(await anchor(), null)
  await restore()
})
