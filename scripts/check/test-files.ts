// Finds the test files, sorts them by what they need, and runs them with node --test.
import { globSync, readFileSync } from 'node:fs'
import { basename, join, relative, resolve } from 'node:path'
import { mark, type Line } from './reporter.ts'
import { repository, runCommand } from './process.ts'
import { add, nothing, type Tally } from './tally.ts'

export type TestFiles = { unit: string[]; database: string[]; browser: string[]; pictures: string[] }

// Whoever opens a database or starts one says so by importing it.
const needsDatabase = /['"](\.\.?\/)+(test\/)?database\.ts['"]|embedded-postgres\.ts['"]/

export const findTestFiles = (): TestFiles => {
  const all = globSync(['src/**/*.test.ts', 'test/**/*.test.ts', 'scripts/**/*.test.ts', 'bench/**/*.test.ts'], { cwd: repository })
    .map((file) => join(repository, file))
    .sort()
  const pages = all.filter((file) => relative(repository, file).startsWith('test/e2e/'))
  // A browser that computes its graphics with the processor needs minutes for these.
  const pictures = pages.filter((file) => /^(viewer|control-room)/.test(basename(file)))
  const browser = pages.filter((file) => !pictures.includes(file))
  const others = all.filter((file) => !pages.includes(file))
  const database = others.filter((file) => needsDatabase.test(readFileSync(file, 'utf8')))
  return { unit: others.filter((file) => !database.includes(file)), database, browser, pictures }
}

type How = { isolated: boolean; concurrency: number; testTimeoutMs: number; timeoutMs: number; env?: NodeJS.ProcessEnv }

/** Collects the reporter's lines; `tell` gets what a test prints, as it comes. */
const collector = (files: readonly string[], tell: (text: string) => void) => {
  const silent = new Set(files.map((file) => resolve(file)))
  const failures: string[] = []
  let summary: Extract<Line, { kind: 'summary' }> | undefined
  const place = (line: { file: string; line: number }): string => `${relative(repository, line.file)}:${line.line}`
  const take = (line: Line): void => {
    if (line.kind === 'summary') summary = line
    else if (line.kind === 'note') tell(line.said)
    else {
      // A file without tests counts for the runner as a test that passed and bears the file's name.
      const isFileItself = resolve(repository, line.name) === line.file || line.file.endsWith(line.name)
      if (!isFileItself || line.kind === 'fail') silent.delete(line.file)
      if (line.kind === 'skip') tell(`skipped: ${line.name} (${place(line)}): ${line.said}`)
      if (line.kind === 'fail') failures.push(`FAILED ${line.name} (${place(line)})\n${line.said}`)
    }
  }
  return {
    onLine: (text: string): void => {
      const at = text.indexOf(mark)
      if (at < 0) return tell(text)
      if (at > 0) tell(text.slice(0, at))
      take(JSON.parse(text.slice(at + mark.length)) as Line)
    },
    result: (code: number | null): Tally => {
      const silentFiles = [...silent].map((file) => `FAILED ${relative(repository, file)}: no test in it was seen to run`)
      const said = [...failures, ...silentFiles]
      if (!summary) said.push(`FAILED the test runner ended without a summary (exit code ${code ?? 'none: it was ended after its time'})`)
      const { passed = 0, failed = 0, skipped = 0 } = summary ?? {}
      const unseen = silentFiles.length + (summary ? 0 : 1)
      // The runner may say "failed" without a failed test, for example when something was thrown between tests.
      const unexplained = failed + unseen === 0 && (code !== 0 || summary?.success === false) ? 1 : 0
      if (unexplained) said.push(`FAILED the test runner ended with exit code ${code} though no test failed`)
      return {
        passed: Math.max(0, passed - (unseen && summary ? silentFiles.length : 0)),
        failed: failed + unseen + unexplained,
        skipped,
        said: said.join('\n'),
      }
    },
  }
}

/** Runs these files. Not isolated means one process for all, which is many times faster for tests that touch nothing outside. */
export const runTestFiles = async (files: readonly string[], how: How, tell: (text: string) => void): Promise<Tally> => {
  if (files.length === 0) return { ...nothing, failed: 1, said: 'FAILED no test file was found' }
  const { onLine, result } = collector(files, tell)
  const options = [
    `--test-isolation=${how.isolated ? 'process' : 'none'}`,
    `--test-timeout=${how.testTimeoutMs}`,
    `--import=${join(repository, 'scripts/check/open-handles.ts')}`,
    `--test-reporter=${join(repository, 'scripts/check/reporter.ts')}`,
  ]
  if (how.isolated) options.push(`--test-concurrency=${how.concurrency}`)
  const { code } = await runCommand([process.execPath, '--test', ...options, ...files], {
    // Each isolated file loads much of the product: what one has compiled the next need not.
    env: { NODE_TEST_CONTEXT: undefined, NODE_COMPILE_CACHE: join(repository, 'node_modules/.cache/portcullis'), ...how.env },
    timeoutMs: how.timeoutMs,
    onLine,
  })
  return result(code)
}

/** The same in several processes side by side, each with its share of the files. */
export const runInShards = async (files: readonly string[], shards: number, how: How, tell: (text: string) => void): Promise<Tally> => {
  if (files.length === 0) return runTestFiles(files, how, tell)
  const shares = Array.from({ length: Math.min(shards, files.length) }, (_, shard) => files.filter((_file, i) => i % shards === shard))
  const tallies = await Promise.all(shares.map((share) => runTestFiles(share, how, tell)))
  return tallies.reduce(add, nothing)
}
