// "Who may import whom": the rules of the house as data, checked by dependency-cruiser. Fails too when it saw too few files.
import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { cruise, type ICruiseResult, type IRegularForbiddenRuleType } from 'dependency-cruiser'
import { repository } from './process.ts'

/** Lowest first. A module calls those of lower ranks; upwards it publishes an event, which src/app.ts connects. */
export const ranks = [
  ['identity', 'audit', 'reference'],
  ['trade', 'compliance'],
  ['duty', 'cargo', 'valuation'],
  ['risk'],
  ['inspection', 'supervision'],
  ['clearance'],
  ['single-window', 'ecommerce', 'passengers'],
  ['analytics', 'training'],
] as const

const tests = '(\\.test\\.ts$|/fixtures/)'
/** The files and folders of a module that may reach for the platform; all others are schemas and pure rules. */
const edges = [
  ...[
    '(index|store|http|jobs|read|demo)\\.ts$',
    '(store|http|jobs|read|demo|service|detectors)[/-]',
    'search/(index|read|read-vectors|pack-vectors)\\.ts$',
  ].map((names) => `^src/modules/[^/]+/${names}`),
  // a large part of a module stands in a folder of its own, with its edges
  ...['(store|http|jobs|demo)\\.ts$', '(store|http|service)/'].map((names) => `^src/modules/[^/]+/[^/]+/${names}`),
]
/** Secrets are random by nature: the one place where a rule's neighbour may draw them. */
const secrets = '^src/modules/identity/(password|tokens)\\.ts$'
const rulesAndSchemas = { path: '^src/modules/([^/]+)/', pathNot: [tests, ...edges] }

const rule = (
  name: string,
  comment: string,
  from: IRegularForbiddenRuleType['from'],
  to: IRegularForbiddenRuleType['to'],
): IRegularForbiddenRuleType => ({
  name,
  comment,
  severity: 'error',
  from,
  to,
})

const rankRules = ranks.flatMap((modules, rank) =>
  modules.map((module) => {
    const allowed = [module, ...ranks.slice(0, rank).flat()]
    return rule(
      `rank-${module}`,
      `${module} imports itself and lower ranks only; upwards, publish an event that app.ts connects`,
      { path: `^src/modules/${module}/`, pathNot: tests },
      { path: '^src/modules/', pathNot: allowed.map((name) => `^src/modules/${name}/`) },
    )
  }),
)

export const rules: IRegularForbiddenRuleType[] = [
  rule(
    'no-circle',
    'files that import each other in a circle cannot be understood one at a time',
    {},
    { circular: true, viaOnly: { dependencyTypesNot: ['type-only', 'dynamic-import'] } },
  ),
  rule('not-resolved', 'an import that leads nowhere', { path: '^(src|test|scripts|bench)/' }, { couldNotResolve: true }),
  rule(
    'kernel-is-alone',
    'the kernel imports nothing of ours but itself',
    { path: '^src/kernel/', pathNot: tests },
    { path: '^(src|test|scripts|bench)/', pathNot: '^src/kernel/' },
  ),
  rule(
    'kernel-is-pure',
    'no clock, randomness, files or process in the kernel',
    { path: '^src/kernel/', pathNot: tests },
    { dependencyTypes: ['core'] },
  ),
  rule(
    'platform-below',
    'the platform knows the kernel and no module',
    { path: '^src/platform/', pathNot: tests },
    { path: '^src/', pathNot: '^src/(platform|kernel)/' },
  ),
  rule('rules-are-pure', 'rules and schemas import kernel, their own and lower schemas; of the platform types at most', rulesAndSchemas, {
    path: '^src/(platform|app|config|main|verbs|web|simulator)',
    dependencyTypesNot: ['type-only'],
  }),
  rule(
    'rules-touch-nothing',
    'rules and schemas have no clock, randomness, files or process: these come in as facts',
    { ...rulesAndSchemas, pathNot: [...rulesAndSchemas.pathNot, '/messages/', secrets] },
    { dependencyTypes: ['core'] },
  ),
  rule('rules-see-schemas', 'rules and schemas see of another module its schema and its pure rules only', rulesAndSchemas, {
    path: '^src/modules/',
    pathNot: ['^src/modules/$1/', '^src/modules/[^/]+/(schema(\\.ts$|/)|rules\\.ts$)'],
  }),
  rule('rules-not-edges', 'rules and schemas do not reach for the store, routes or jobs of their own module', rulesAndSchemas, {
    path: edges.map((pattern) => pattern.replace('[^/]+', '$1')),
  }),
  rule(
    'modules-by-index',
    'of another module only its index, its schema and its pure rules may be used',
    { path: '^src/modules/([^/]+)/' },
    { path: '^src/modules/', pathNot: ['^src/modules/$1/', '^src/modules/[^/]+/(index|schema|rules)\\.ts$'] },
  ),
  rule(
    'modules-by-name',
    'of another module only its index, its schema and its pure rules may be used, from anywhere',
    { path: '^src/', pathNot: ['^src/modules/', tests] },
    // messages, search, protocols and detectors stand beside a module's index: reading a file, finding a code, decoding a frame or looking
    // at an image needs no database, and shall not load one.
    { path: '^src/modules/', pathNot: '^src/modules/[^/]+/(((messages|search|protocols|detectors)/)?index|schema|rules)\\.ts$' },
  ),
  rule(
    'aliases-across',
    'what leaves a module is imported by its alias (#kernel, #platform, #modules, #schema)',
    { path: '^src/modules/([^/]+)/', pathNot: tests },
    { path: '^src/', pathNot: '^src/modules/$1/', dependencyTypesNot: ['aliased-subpath-import'] },
  ),
  rule(
    'modules-know-no-app',
    'modules are wired by app.ts and know nothing of it',
    { path: '^src/(modules|platform|kernel)/', pathNot: tests },
    { path: '^src/(app|main|demo|web-app)\\.ts$|^src/(verbs|simulator|web)/' },
  ),
  rule(
    'web-sees-schemas',
    'the web application imports schemas and the kernel only',
    { path: '^src/web/', pathNot: tests },
    { path: '^src/', pathNot: ['^src/(web|kernel)/', '^src/modules/[^/]+/schema(\\.ts$|/)'] },
  ),
  rule(
    'web-runs-in-browsers',
    'no module of Node in the web application',
    { path: '^src/web/', pathNot: [tests, 'vite\\.config'] },
    { dependencyTypes: ['core'] },
  ),
  // The verb `bench` is the door to the benchmarks and nothing else.
  rule(
    'product-knows-no-test',
    'what ships does not import tests or tools',
    { path: '^src/', pathNot: [tests, '^src/verbs/bench\\.ts$'] },
    { path: '^(test|scripts|bench)/' },
  ),
  rule(
    'product-needs-no-dev-package',
    'what ships runs without development packages',
    { path: '^src/', pathNot: tests },
    { dependencyTypes: ['npm-dev'], dependencyTypesNot: ['type-only'] },
  ),
  ...rankRules,
]

export type Violation = { rule: string; from: string; to: string }

/** Cruises the folders of a repository (ours, or a planted one) and answers what breaks a rule, with the number of files seen. */
export const findViolations = async (directory: string): Promise<{ violations: Violation[]; seen: number }> => {
  const folders = ['src', 'test', 'scripts', 'bench'].filter((name) => existsSync(join(directory, name)))
  const options = {
    baseDir: directory,
    validate: true,
    ruleSet: { forbidden: rules },
    tsPreCompilationDeps: true,
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '(^|/)(dist|output)/' },
    enhancedResolveOptions: {
      extensions: ['.ts', '.tsx', '.js', '.mjs', '.json', '.css'],
      conditionNames: ['import', 'node', 'default', 'types'],
      exportsFields: ['exports'],
    },
  }
  const { output } = await cruise(folders, options as Parameters<typeof cruise>[1])
  const { summary } = output as ICruiseResult
  return { violations: summary.violations.map((v) => ({ rule: v.rule.name, from: v.from, to: v.to })), seen: summary.totalCruised }
}

const countSources = (directory: string): number =>
  readdirSync(join(directory, 'src'), { recursive: true, encoding: 'utf8' }).filter((name) => /\.tsx?$/.test(name)).length

const main = async (): Promise<void> => {
  const { violations, seen } = await findViolations(repository)
  const sources = countSources(repository)
  for (const { rule: name, from, to } of violations)
    console.log(`${from} imports ${to}: ${rules.find((r) => r.name === name)?.comment ?? name} [${name}]`)
  if (seen < sources) console.log(`only ${seen} modules were seen of ${sources} source files: the check itself is broken`)
  process.exitCode = violations.length > 0 || seen < sources ? 1 : 0
}

if (import.meta.main) await main()
