// Starts the command line as people do, on a database of its own: imports embedded-postgres.ts by way of `serve`.
import assert from 'node:assert/strict'
import { spawn, spawnSync } from 'node:child_process'
import { chmodSync, mkdtempSync, rmSync, symlinkSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { discardData, runningOn } from '#platform/embedded-postgres.ts'

const root = mkdtempSync(join(tmpdir(), 'portcullis-command-'))
chmodSync(root, 0o755)
after(() => {
  for (const name of ['taken', 'empty', 'served']) discardData(join(root, name))
  rmSync(root, { recursive: true, force: true })
})

const program = join(import.meta.dirname, '../../bin/portcullis')
const quiet = { ...process.env, LOG_LEVEL: 'silent', DATABASE_URL: '', NODE_TEST_CONTEXT: '' }

const run = (args: string[], env: NodeJS.ProcessEnv = {}, command = program) => {
  const { status, stdout, stderr } = spawnSync(command, args, { env: { ...quiet, ...env }, encoding: 'utf8', timeout: 60_000, cwd: root })
  return { status, stdout, stderr }
}

test('help lists every verb with an example; stdout is JSON lines', () => {
  const { status, stdout } = run(['help'])
  assert.equal(status, 0)
  const verbs = stdout
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as { verb: string; example: string })
  assert.ok(
    ['serve', 'worker', 'reset', 'help'].every((verb) => verbs.some((about) => about.verb === verb && about.example.includes(`portcullis ${verb}`))),
  )
})

test('it is found through a link, also one with a blank in its path, from any directory', () => {
  const link = join(root, 'a link')
  symlinkSync(program, link)
  assert.equal(run(['help', 'help'], {}, link).status, 0)
})

const refusals: { what: string; args: string[]; env?: NodeJS.ProcessEnv; says: RegExp }[] = [
  { what: 'an unknown verb', args: ['dance'], says: /There is no verb "dance"/ },
  { what: 'an unknown flag', args: ['serve', '--dance'], says: /--dance.*Its flags: --demo/ },
  { what: 'a port that is no number', args: ['serve'], env: { PORT: 'eighty' }, says: /^PORT must be/ },
  { what: 'a worker without a database', args: ['worker'], env: { PORTCULLIS_DATA: join(root, 'none') }, says: /set DATABASE_URL/ },
  {
    what: 'a database that cannot be reached',
    args: ['worker'],
    env: { DATABASE_URL: 'postgres://u:secret@127.0.0.1:1/d' },
    says: /DATABASE_URL \(127.0.0.1:1\/d\) cannot be used/,
  },
  { what: 'a reset of a database that is not ours', args: ['reset'], env: { DATABASE_URL: 'postgres://u@127.0.0.1:1/d' }, says: /reset --yes/ },
]

for (const { what, args, env, says } of refusals) {
  test(`${what} ends with code 2 and one sentence`, () => {
    const { status, stdout, stderr } = run(args, env)
    assert.deepEqual([status, stdout], [2, ''])
    assert.match(stderr, says)
    assert.equal(stderr.trim().split('\n').length, 1)
  })
}

test('a taken port ends with code 2 and a sentence that names it, before anything is started', async () => {
  const holder = createServer()
  await new Promise<void>((resolve) => holder.listen(0, '127.0.0.1', resolve))
  const { port } = holder.address() as { port: number }
  const dataDir = join(root, 'taken')
  const { status, stderr } = run(['serve'], { PORT: String(port), PORTCULLIS_DATA: dataDir })
  holder.close()
  assert.equal(status, 2)
  assert.match(stderr, new RegExp(`^Port ${port} .* PORT=${port + 1}`))
  assert.equal(runningOn(dataDir), undefined)
})

test('an empty database without --demo ends with code 2 and one sentence', () => {
  const { status, stderr } = run(['serve'], { PORT: '0', PORTCULLIS_DATA: join(root, 'empty') })
  assert.equal(status, 2)
  assert.match(stderr, /holds no country yet/)
})

test('a reader that goes away does not crash it', () => {
  const { status, stderr } = run(
    ['-c', `"${program}" help 2>/dev/null | true; "${program}" help 2>/dev/null | head -1 >/dev/null; echo done >&2`],
    {},
    '/bin/sh',
  )
  assert.deepEqual([status, stderr], [0, 'done\n'])
})

/** Starts `serve` on a free port and answers once it has printed its address. */
const serve = async (dataDir: string) => {
  const child = spawn(program, ['serve', '--demo', '--no-worker'], {
    env: { ...quiet, PORT: '0', PORTCULLIS_DATA: dataDir },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const ended = new Promise<number | null>((resolve) => child.once('exit', resolve))
  let errors = ''
  child.stderr.on('data', (part: Buffer) => (errors += part.toString()))
  const first = await Promise.race([
    new Promise<string>((resolve) => child.stdout.once('data', (part: Buffer) => resolve(part.toString()))),
    ended.then(() => ''),
  ])
  assert.ok(first, `serve ended: ${errors}`)
  return { child, ended, address: (JSON.parse(first) as { address: string }).address }
}

test('serve listens, is found by others, keeps a second one out, ends in order at SIGTERM, and starts again after SIGKILL', async () => {
  const dataDir = join(root, 'served')
  const first = await serve(dataDir)
  assert.ok((await fetch(first.address)).status < 500)
  assert.equal(runningOn(dataDir)?.address, first.address)
  const second = run(['serve'], { PORT: '0', PORTCULLIS_DATA: dataDir })
  assert.equal(second.status, 2)
  assert.match(second.stderr, /already runs on/)
  first.child.kill('SIGKILL')
  await first.ended
  const again = await serve(dataDir)
  assert.ok((await fetch(again.address)).status < 500)
  again.child.kill('SIGTERM')
  assert.equal(await again.ended, 0)
  assert.equal(runningOn(dataDir), undefined)
})
