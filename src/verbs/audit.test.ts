import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { connect, inTransaction } from '#platform/database.ts'
import { record, type Draft } from '#platform/journal.ts'
import { anchorNow } from '#modules/audit'
import { demoPerson } from '#modules/identity'
import { testDatabase, type TestDatabase } from '../../test/database.ts'
import { ensureDemoIdentity } from '../../test/identity.ts'

let db: TestDatabase
let folder: string
const draft = (n: number): Draft => ({
  command: 'crate.weigh',
  actor: { personId: 'p1', name: 'Ana', roles: ['officer'], channel: 'web' },
  body: { payload: {}, facts: {}, events: [{ type: 'crate.weighed', massKg: String(n) }] },
  at: '2026-03-01T09:00:00.000Z',
})

before(async () => {
  folder = mkdtempSync(join(tmpdir(), 'portcullis-audit-'))
  db = await testDatabase({ alone: true })
  await ensureDemoIdentity(db.sql())
  await inTransaction(db.sql(), (tx) => record(tx, { kind: 'crate', id: '7' }, draft(1), draft(2), draft(3)))
  await anchorNow(db.sql(), '2026-03-01T10:00:00.000Z')
})
after(async () => {
  await db?.close()
  rmSync(folder, { recursive: true, force: true })
})

type Ran = { code: number | null; lines: Record<string, unknown>[]; said: string }
const run = (args: string[], env: NodeJS.ProcessEnv = {}): Promise<Ran> =>
  new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [join(import.meta.dirname, '../main.ts'), 'audit', ...args], {
      env: { ...process.env, NODE_TEST_CONTEXT: '', DATABASE_URL: db.url, PORTCULLIS_DATA: join(folder, 'none'), ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    let out = ''
    let said = ''
    child.stdout.on('data', (part: Buffer) => (out += part.toString()))
    child.stderr.on('data', (part: Buffer) => (said += part.toString()))
    child.on('error', reject)
    child.on('close', (code) => {
      const lines = out.split('\n').filter((line) => line !== '')
      resolve({ code, said, lines: lines.map((line) => JSON.parse(line) as Record<string, unknown>) })
    })
  })

test('verify proves the journal with one line, also against anchors that were kept elsewhere', async () => {
  const { code, lines } = await run(['verify'])
  const { ms, subjects, entries, ...rest } = lines[0]!
  assert.deepEqual([code, rest], [0, { ok: true, anchors: 1, unanchored: 0, broken: [], brokenCount: 0 }])
  assert.ok(Number(entries) > Number(subjects) && Number(ms) >= 0)
  const kept = await run(['anchors'])
  const file = join(folder, 'witness.jsonl')
  writeFileSync(file, kept.lines.map((line) => JSON.stringify(line)).join('\n') + '\n')
  assert.equal((await run(['verify', '--witness', file])).code, 0)
  writeFileSync(file, JSON.stringify({ number: 2, hash: 'ab'.repeat(32) }))
  assert.equal((await run(['verify', '--witness', file])).code, 1)
  writeFileSync(file, '{"number": "one"}')
  const bad = await run(['verify', '--witness', file])
  assert.deepEqual([bad.code, bad.lines.length], [2, 0])
  assert.match(bad.said, /^Line 1 of .* is no anchor/)
})

test('what was altered is named, and the exit code says so', async () => {
  const owner = connect({ url: db.url, max: 1, asOwner: true })
  const set = (from: string, to: string) =>
    owner.begin(async (tx) => {
      await tx`set local session_replication_role = replica`
      await tx`update journal.entry set body = replace(body::text, ${from}::text, ${to}::text)::json where subject_kind = 'crate' and version = 2`
    })
  try {
    await set('"massKg":"2"', '"massKg":"9"')
    const { code, lines } = await run(['verify'])
    assert.equal(code, 1)
    assert.equal(lines[0]!['ok'], false)
    const [broken] = lines[0]!['broken'] as { what: string; subject: unknown; version: number }[]
    assert.deepEqual([broken!.what, broken!.subject, broken!.version], ['content', { kind: 'crate', id: '7' }, 2])
  } finally {
    await set('"massKg":"9"', '"massKg":"2"')
    await owner.end({ timeout: 5 })
  }
})

test('log tells what happened to a subject; an unknown one is a line of its own', async () => {
  const { code, lines } = await run(['log', 'crate/7', `person/${demoPerson('auditor').id}`, 'crate/8'])
  assert.equal(code, 1)
  assert.deepEqual(
    lines.slice(0, 3).map((line) => [line['version'], line['person'], line['changes']]),
    [
      [1, 'Ana', [{ path: '/massKg', new: '1' }]],
      [2, 'Ana', [{ path: '/massKg', old: '1', new: '2' }]],
      [3, 'Ana', [{ path: '/massKg', old: '2', new: '3' }]],
    ],
  )
  assert.equal(lines[3]!['command'], 'person.invite')
  assert.deepEqual(lines.at(-1), { subject: 'crate/8', ok: false, issues: [{ code: 'audit.subject_unknown', severity: 'error', path: '' }] })
  assert.equal((await run(['replay', '26XV0000000000000X'])).code, 1)
})

test('where there is no journal it says so in one sentence', async () => {
  const nowhere = await run(['verify'], { DATABASE_URL: '' })
  assert.deepEqual([nowhere.code, nowhere.lines.length], [2, 0])
  assert.match(nowhere.said, /^There is no journal in /)
  const foreign = await run(['verify'], { DATABASE_URL: Object.assign(new URL(db.url), { pathname: '/postgres' }).href })
  assert.deepEqual([foreign.code, foreign.lines.length], [2, 0])
  assert.match(foreign.said, /^That database holds no journal of ours/)
  for (const words of [[], ['dance'], ['verify', '--dance'], ['log'], ['replay']]) assert.equal((await run(words)).code, 2, words.join(' '))
})
