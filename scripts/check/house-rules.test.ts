import assert from 'node:assert/strict'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { after, test } from 'node:test'
import { findBreaches } from './house-rules.ts'

const root = mkdtempSync(join(tmpdir(), 'portcullis-house-'))
after(() => rmSync(root, { recursive: true, force: true }))

const plant = (name: string, files: Record<string, string>): string => {
  for (const [file, content] of Object.entries({ 'src/modules/duty/index.ts': '', 'src/modules/trade/index.ts': '', ...files })) {
    mkdirSync(dirname(join(root, name, file)), { recursive: true })
    writeFileSync(join(root, name, file), content)
  }
  return join(root, name)
}

const planted: Record<string, Record<string, string>> = {
  'a file of 501 lines': { 'src/a.ts': '\n'.repeat(500) },
  'an unfinished mark': { 'src/a.ts': `// ${'TO'}${'DO'}: later\n` },
  'a path of a machine': { 'docs/a.md': `see /${'home'}/somebody/x\n` },
  'a registry of one machine': { 'package-lock.json': '{ "resolved": "http://registry.example/a.tgz" }' },
  'a test that runs alone': { 'src/a.test.ts': `test${'.only'}('x', () => undefined)\n` },
  "SQL in another module's schema": { 'src/modules/duty/store.ts': 'export const q = `select 1 from trade.measure`\n' },
}

for (const [what, files] of Object.entries(planted)) {
  test(`${what} is found`, () => {
    assert.equal(findBreaches(plant(what, files)).breaches.length, 1)
  })
}

test('a clean tree has no breach', () => {
  const directory = plant('clean', { 'src/a.ts': '\n'.repeat(400), 'src/modules/duty/store.ts': 'export const q = `select 1 from duty.measure`\n' })
  assert.deepEqual(findBreaches(directory), { breaches: [], seen: 4 })
})
