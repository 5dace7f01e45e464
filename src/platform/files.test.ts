import assert from 'node:assert/strict'
import { chmodSync, mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { directoryStore, sha256Of } from './files.ts'

const root = mkdtempSync(join(tmpdir(), 'portcullis-files-'))
after(() => rmSync(root, { recursive: true, force: true }))
const bytes = (text: string): Uint8Array => new TextEncoder().encode(text)
const filesIn = (directory: string): string[] =>
  (readdirSync(directory, { recursive: true }) as string[]).filter((name) => statSync(join(directory, name)).isFile())

test('what is put comes back under its hash, and is stored once however often it is put at the same time', async () => {
  const store = directoryStore(join(root, 'a'))
  const hashes = await Promise.all(Array.from({ length: 20 }, () => store.put(bytes('a scan'))))
  assert.deepEqual(new Set(hashes), new Set([sha256Of(bytes('a scan'))]))
  assert.equal((await store.read(hashes[0]!))?.toString(), 'a scan')
  assert.equal(filesIn(join(root, 'a')).length, 1, 'no half-written file is left beside')
  assert.equal(await store.read('0'.repeat(64)), null)
})

test('a file that was altered on disk is not handed out, nor taken for stored', async () => {
  const store = directoryStore(join(root, 'b'))
  const hash = await store.put(bytes('the original'))
  const path = join(root, 'b', hash.slice(0, 2), hash)
  assert.equal(statSync(path).mode & 0o222, 0, 'nobody may write on it')
  chmodSync(path, 0o644)
  writeFileSync(path, 'the forgery')
  await assert.rejects(store.read(hash), /altered/)
  await assert.rejects(store.put(bytes('the original')), /altered/)
})

test('what is made of a file is made once, and again where it is gone', async () => {
  const store = directoryStore(join(root, 'c'))
  const hash = await store.put(bytes('the original'))
  let made = 0
  const preview = () => store.derive(hash, '320.jpg', async () => Buffer.from(`made ${++made}`))
  assert.equal((await preview()).toString(), 'made 1')
  assert.equal((await preview()).toString(), 'made 1')
  rmSync(join(root, 'c', hash.slice(0, 2), `${hash}.320.jpg`))
  assert.equal((await preview()).toString(), 'made 2')
  assert.equal((await store.read(hash))?.toString(), 'the original')
})
