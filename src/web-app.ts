/**
 * The built web application in dist/web: is it there and of these sources? If not it is built, in a process of its own, so that the
 * database can start meanwhile and the bundler's memory goes back. The build replaces the folder at the end only.
 */
import { spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, globSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { cannotStart, explainFileFault } from '#platform/cannot-start.ts'

const repository = resolve(import.meta.dirname, '..')
const output = join(repository, 'dist/web')
const stampFile = join(output, '.sources')
const sources = ['src/web/**/*', 'src/kernel/**/*', 'src/modules/*/schema.ts', 'src/modules/*/schema/**/*', 'vite.config.ts', 'package-lock.json']

/** One digest over every file that goes into the web application. */
const digestOfSources = (): string => {
  const hash = createHash('sha256')
  const isCounted = (name: string): boolean => !name.endsWith('.test.ts')
  for (const file of globSync(sources, { cwd: repository, withFileTypes: true })
    .filter((entry) => entry.isFile() && isCounted(entry.name))
    .map((entry) => join(entry.parentPath, entry.name))
    .sort()) {
    hash.update(file.slice(repository.length)).update('\0').update(readFileSync(file)).update('\0')
  }
  return hash.digest('hex')
}

/** Where the built application is, when it is there and fresh. */
const freshBuild = (digest: string): boolean => existsSync(stampFile) && readFileSync(stampFile, 'utf8') === digest

/** Builds now, in this process (the child's side of `ensureWebApp`, and `npm run build`). */
export const buildWebApp = async (): Promise<void> => {
  const digest = digestOfSources()
  const half = `${output}.half-${process.pid}`
  const { build } = await import('vite')
  try {
    await build({ configFile: join(repository, 'vite.config.ts'), logLevel: 'warn', build: { outDir: half, emptyOutDir: true } })
    writeFileSync(join(half, '.sources'), digest)
    rmSync(output, { recursive: true, force: true })
    renameSync(half, output)
  } catch (fault) {
    throw explainFileFault(fault, join(repository, 'dist'))
  } finally {
    rmSync(half, { recursive: true, force: true })
  }
}

const runBuild = (): Promise<{ code: number | null; said: string }> =>
  new Promise((resolve_, reject) => {
    const child = spawn(process.execPath, [join(repository, 'scripts/build-web.ts')], { cwd: repository, stdio: ['ignore', 'pipe', 'pipe'] })
    let said = ''
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (part: Buffer) => (said += part.toString()))
    const endWithUs = (): boolean => child.kill()
    process.once('exit', endWithUs)
    child.on('error', reject)
    child.on('close', (code) => {
      process.off('exit', endWithUs)
      resolve_({ code, said })
    })
  })

/** Answers the folder of the built web application, after building it when it is missing or older than its sources. */
export const ensureWebApp = async (say: (text: string) => void): Promise<string> => {
  if (freshBuild(digestOfSources())) return output
  say('Building the web application (once for each change of it)')
  const { code, said } = await runBuild()
  if (code !== 0) throw cannotStart(`The web application could not be built: ${said.trim() || 'the build gave no reason'}`)
  return output
}
