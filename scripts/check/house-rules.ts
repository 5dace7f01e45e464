// What the house asks of every file: size, no unfinished marks, nothing of one machine, SQL that stays in its module's own schema.
import { readdirSync, readFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import { repository } from './process.ts'

const skippedFolders = new Set(['node_modules', 'dist', '.git', '.portcullis', 'output', 'shared'])
const text = /\.(ts|tsx|mts|js|mjs|json|css|html|sql|md|sh|yml|yaml|txt|xml|csv)$|(^|\/)(portcullis|run|\.npmrc|\.gitignore)$/

const filesIn = (directory: string): string[] =>
  readdirSync(directory, { withFileTypes: true }).flatMap((entry) => {
    const path = join(directory, entry.name)
    if (entry.isDirectory()) return skippedFolders.has(entry.name) ? [] : filesIn(path)
    return entry.isFile() && text.test(path) ? [path] : []
  })

const sizeLimit = 500
const isSource = (file: string): boolean => /^(src|test|scripts|bench|bin)\//.test(file) && !/\/fixtures\//.test(file) && /\.(ts|tsx|css)$/.test(file)

// Put together from parts, so that this file does not find itself.
const forbidden: { what: string; pattern: RegExp; in: (file: string) => boolean }[] = [
  { what: 'an unfinished mark', pattern: new RegExp(`\\b(${['TO' + 'DO', 'FIX' + 'ME'].join('|')})\\b`), in: isSource },
  {
    what: "a path of somebody's machine",
    pattern: new RegExp(`(^|[\\s'"\`(=])/(${['wo' + 'rk', 'ho' + 'me', 'ro' + 'ot', 'Us' + 'ers'].join('|')})/`),
    in: () => true,
  },
  {
    what: 'a package registry',
    pattern: new RegExp('"resolved": "https?://(?!registry\\.npmjs\\.org/)|^\\s*(@[\\w-]+:)?regis' + 'try\\s*='),
    in: (file) => /package-lock\.json$|\.npmrc$/.test(file),
  },
  { what: 'a test that runs alone', pattern: new RegExp(`\\b(test|it|describe)\\.on` + `ly\\(`), in: (file) => file.endsWith('.test.ts') },
]

/** SQL of one module that names the PostgreSQL schema of another. Analytics reads what others publish as views. */
const foreignSql = (file: string, content: string, modules: readonly string[]): string[] => {
  const own = /^src\/modules\/([^/]+)\//.exec(file)?.[1]
  if (!own || !/\/store\b|\/jobs\b|\/http\b/.test(file)) return []
  const others = modules.filter((module) => module !== own).map((module) => module.replaceAll('-', '_'))
  const pattern = new RegExp(`\\b(?:from|join|into|update|delete from|truncate)\\s+(${others.join('|')})\\.(\\w+)`, 'gi')
  return [...content.matchAll(pattern)]
    .filter(([, , table]) => !(own === 'analytics' && table?.startsWith('published_')))
    .map(([found]) => `${file}: "${found}" reaches into another module's tables: ask that module's index`)
}

/** Everything that breaks the house rules below a directory, one sentence each, and how many files were looked at. */
export const findBreaches = (directory: string): { breaches: string[]; seen: number } => {
  const files = filesIn(directory).map((path) => ({ path, file: relative(directory, path) }))
  const modules = readdirSync(join(directory, 'src/modules'), { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map((entry) => entry.name)
  const breaches = files.flatMap(({ path, file }) => {
    const content = readFileSync(path, 'utf8')
    const lines = content.split('\n')
    const tooLong = isSource(file) && lines.length > sizeLimit ? [`${file}: ${lines.length} lines, more than ${sizeLimit}: divide it`] : []
    const found = forbidden
      .filter((rule) => rule.in(file))
      .flatMap((rule) =>
        lines.flatMap((line, at) => (rule.pattern.test(line) ? [`${file}:${at + 1}: ${rule.what}: ${line.trim().slice(0, 120)}`] : [])),
      )
    return [...tooLong, ...found, ...foreignSql(file, content, modules)]
  })
  return { breaches, seen: files.length }
}

if (import.meta.main) {
  const { breaches, seen } = findBreaches(repository)
  for (const breach of breaches) console.log(breach)
  if (seen < 50) console.log(`only ${seen} files were seen: the check itself is broken`)
  process.exitCode = breaches.length > 0 || seen < 50 ? 1 : 0
}
