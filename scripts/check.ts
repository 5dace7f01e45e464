/**
 * `npm test`: everything that must hold, stage by stage. Progress is told on stderr; the last line on stdout counts all of it.
 *   npm test                       all stages
 *   npm test -- types unit         these stages
 *   npm test -- pictures           the image workstation and the map in the browser: not among all, because it takes minutes
 *   npm test -- --files FILE…      these test files
 */
import { chmodSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { endChildren, endProcessesIn, runCommand, tool } from './check/process.ts'
import { findTestFiles, runInShards, runTestFiles } from './check/test-files.ts'
import { add, inWords, nothing, oneCheck, type Tally } from './check/tally.ts'
import { startTestServer, type TestServer } from '../test/database.ts'

const limitMs = 20 * 60_000
const tell = (text: string): void => void process.stderr.write(text + '\n')

const command =
  (words: string[], env: NodeJS.ProcessEnv = {}) =>
  async (): Promise<Tally> => {
    const { code, output } = await runCommand(words, { env })
    return oneCheck(code === 0, output)
  }

let server: Promise<TestServer> | undefined

/** One PostgreSQL for all stages that need one, started with the first of them. */
const withDatabase = async (work: (env: NodeJS.ProcessEnv) => Promise<Tally>): Promise<Tally> =>
  work({ TEST_DATABASE_URL: (await (server ??= startTestServer())).url })

const pure = { isolated: false, concurrency: 1, testTimeoutMs: 120_000, timeoutMs: 300_000 }
const onDatabase = { isolated: true, concurrency: 2, testTimeoutMs: 180_000, timeoutMs: 600_000 }
const inBrowser = { isolated: true, concurrency: 3, testTimeoutMs: 300_000, timeoutMs: 900_000 }

type Stage = {
  name: string
  /** stages of one group run two at a time */
  group: number
  /** runs only when it is named */
  onRequest?: boolean
  run: () => Promise<Tally>
}

const stages: Stage[] = [
  { name: 'types', group: 1, run: command([...tool('node_modules/typescript7/bin/tsc'), '--noEmit', '-p', 'tsconfig.json']) },
  { name: 'types-web', group: 1, run: command([...tool('node_modules/typescript7/bin/tsc'), '--noEmit', '-p', 'tsconfig.web.json']) },
  { name: 'lint', group: 1, run: command([...tool('node_modules/oxlint/bin/oxlint'), '--deny-warnings', '--format=unix']) },
  { name: 'format', group: 1, run: command([...tool('node_modules/oxfmt/bin/oxfmt'), '--check']) },
  { name: 'boundaries', group: 1, run: command(tool('scripts/check/boundaries.ts')) },
  { name: 'house-rules', group: 1, run: command(tool('scripts/check/house-rules.ts')) },
  { name: 'promises', group: 1, run: command(tool('scripts/check/promises.ts')) },
  { name: 'dead-code', group: 1, run: command([...tool('node_modules/knip/bin/knip.js'), '--no-progress']) },
  { name: 'build', group: 1, run: command(tool('scripts/build-web.ts')) },
  { name: 'unit', group: 2, run: () => runInShards(findTestFiles().unit, 2, pure, tell) },
  { name: 'database', group: 3, run: () => withDatabase((env) => runTestFiles(findTestFiles().database, { ...onDatabase, env }, tell)) },
  { name: 'browser', group: 4, run: () => withDatabase((env) => runTestFiles(findTestFiles().browser, { ...inBrowser, env }, tell)) },
  {
    name: 'pictures',
    group: 5,
    onRequest: true,
    run: () => withDatabase((env) => runTestFiles(findTestFiles().pictures, { ...inBrowser, env }, tell)),
  },
]

/** One stage, with its time and its faults told; a stage that throws has failed. */
const runStage = async ({ name, run }: Pick<Stage, 'name' | 'run'>): Promise<Tally> => {
  const began = performance.now()
  const tally = await run().catch((fault: unknown): Tally => oneCheck(false, fault instanceof Error ? (fault.stack ?? fault.message) : String(fault)))
  if (tally.failed > 0) tell(tally.said)
  tell(`${tally.failed > 0 ? '✖' : '✔'} ${name.padEnd(12)} ${((performance.now() - began) / 1000).toFixed(1).padStart(6)} s   ${inWords(tally)}`)
  return tally
}

const runGroup = async (group: Stage[]): Promise<Tally> => {
  const queue = [...group]
  const lane = async (): Promise<Tally> => {
    let sum = nothing
    for (let next = queue.shift(); next; next = queue.shift()) sum = add(sum, await runStage(next))
    return sum
  }
  return (await Promise.all([lane(), lane()])).reduce(add, nothing)
}

const chosenStages = (words: string[]): Stage[] => {
  const unknown = words.filter((word) => !stages.some((stage) => stage.name === word))
  if (unknown.length > 0) {
    tell(`There is no stage "${unknown[0]}"; there are: ${stages.map((stage) => stage.name).join(' ')}`)
    process.exit(2)
  }
  return stages.filter((stage) => (words.length === 0 ? !stage.onRequest : words.includes(stage.name)))
}

const runAll = async (words: string[]): Promise<Tally> => {
  if (words[0] === '--files')
    return runStage({
      name: 'files',
      run: () =>
        runTestFiles(
          words.slice(1).map((file) => resolve(file)),
          { ...onDatabase, concurrency: 1 },
          tell,
        ),
    })
  const chosen = chosenStages(words)
  let sum = nothing
  for (const group of new Set(chosen.map((stage) => stage.group))) sum = add(sum, await runGroup(chosen.filter((stage) => stage.group === group)))
  return sum
}

const conclude = async (sum: Tally, folder: string): Promise<never> => {
  endChildren()
  // One that failed to start has been counted, and one that does not stop is ended below.
  await Promise.race([server?.then((started) => started.stop()), sleep(10_000)]).catch(() => undefined)
  endProcessesIn(folder)
  rmSync(folder, { recursive: true, force: true })
  process.stdout.write(`${inWords(sum)}\n`)
  process.exit(sum.failed > 0 || sum.passed === 0 ? 1 : 0)
}

// Everything that a test writes goes into one folder, which PostgreSQL's user may enter.
const folder = mkdtempSync(join(tmpdir(), 'portcullis-check-'))
chmodSync(folder, 0o755)
process.env.TMPDIR = folder
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => void conclude({ ...nothing, failed: 1 }, folder))
setTimeout(() => {
  tell(`FAILED the check took longer than ${limitMs / 60_000} minutes`)
  void conclude({ ...nothing, failed: 1 }, folder)
}, limitMs).unref()
await conclude(await runAll(process.argv.slice(2)), folder)
