import assert from 'node:assert/strict'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { runCommand, tool } from './process.ts'
import { runTestFiles } from './test-files.ts'

const folder = mkdtempSync(join(tmpdir(), 'portcullis-runner-'))
after(() => rmSync(folder, { recursive: true, force: true }))

const file = (name: string, content: string): string => {
  const path = join(folder, name)
  writeFileSync(path, `import { test, before } from 'node:test'\nvoid [test, before]\n${content}\n`)
  return path
}
const passing = file('passing.test.mjs', "test('fine', () => undefined); test('later', { skip: 'not here' }, () => undefined)")
const failing = file('failing.test.mjs', "test('planted failure', () => { throw new Error('planted') })")
const empty = file('empty.test.mjs', '')
const leaving = file('leaving.test.mjs', "test('leaves', () => process.exit(0))")
const brokenHook = file('hook.test.mjs', "before(() => { throw new Error('hook') }); test('never begins', () => undefined)")
const rejecting = file(
  'rejecting.test.mjs',
  "test('seems fine', () => { setTimeout(() => Promise.reject(new Error('stray')), 5); return new Promise((r) => setTimeout(r, 30)) })",
)
const endless = file('endless.test.mjs', "test('never ends', () => new Promise(() => setInterval(() => 0, 1000)))")

const leaky = file(
  'leaky.test.mjs',
  "test('leaves a server open', async () => { const { createServer } = await import('node:net'); createServer().listen(0) })",
)
const paused = file(
  'paused.test.mjs',
  "test('before', () => undefined); await new Promise((r) => setTimeout(r, 300)); test('later', () => undefined)",
)

const how = (isolated: boolean) => ({ isolated, concurrency: 1, testTimeoutMs: 20_000, timeoutMs: 30_000 })
const silence = (): void => undefined

for (const isolated of [true, false]) {
  const kind = isolated ? 'isolated' : 'in one process'
  test(`passed and skipped tests are counted (${kind})`, async () => {
    const { passed, failed, skipped } = await runTestFiles([passing], how(isolated), silence)
    assert.deepEqual({ passed, failed, skipped }, { passed: 1, failed: 0, skipped: 1 })
  })
  test(`a failing test fails beside a passing one, and is named (${kind})`, async () => {
    const tally = await runTestFiles([passing, failing], how(isolated), silence)
    assert.equal(tally.passed, 1)
    assert.equal(tally.failed, 1)
    assert.match(tally.said, /planted failure/)
  })
  for (const [what, path] of Object.entries({
    'without tests': empty,
    'that leaves the process': leaving,
    'whose hook fails': brokenHook,
    'that loses a promise': rejecting,
  })) {
    test(`a file ${what} counts as failed (${kind})`, async () => {
      const { failed } = await runTestFiles([passing, path], how(isolated), silence)
      assert.ok(failed > 0)
    })
  }
}

test('tests that a file declares after a pause are counted', async () => {
  const { passed, failed } = await runTestFiles([paused], how(true), silence)
  assert.deepEqual({ passed, failed }, { passed: 2, failed: 0 })
})

test('a file that leaves something open is ended and counts as failed', async () => {
  const { passed, failed } = await runTestFiles([leaky, passing], { ...how(true), env: { TEST_PATIENCE_MS: '500' } }, silence)
  assert.ok(failed > 0)
  assert.ok(passed > 0)
})

test('a test that never ends is ended and counts as failed', async () => {
  const { failed } = await runTestFiles([endless], { ...how(true), timeoutMs: 1500 }, silence)
  assert.ok(failed > 0)
})

test('no file at all counts as failed', async () => {
  const { failed } = await runTestFiles([], how(true), silence)
  assert.equal(failed, 1)
})

const check = (...words: string[]) => runCommand([...tool('scripts/check.ts'), ...words], { env: { NODE_TEST_CONTEXT: undefined } })
const lastLine = (output: string): string => output.trimEnd().split('\n').at(-1) ?? ''

test('the whole check ends with one closing line and an exit code', async () => {
  const bad = await check('--files', passing, failing)
  assert.deepEqual([bad.code, lastLine(bad.output)], [1, '1 passed, 1 failed, 1 skipped'])
  const good = await check('--files', passing)
  assert.deepEqual([good.code, lastLine(good.output)], [0, '1 passed, 0 failed, 1 skipped'])
})
