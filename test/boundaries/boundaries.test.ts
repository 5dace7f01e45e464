import assert from 'node:assert/strict'
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { after, test } from 'node:test'
import { findViolations } from '../../scripts/check/boundaries.ts'

const root = mkdtempSync(join(tmpdir(), 'portcullis-planted-'))
after(() => rmSync(root, { recursive: true, force: true }))

/** A small repository with these files and our own package.json (its aliases). */
const plant = (name: string, files: Record<string, string>): string => {
  const directory = join(root, name)
  for (const [file, content] of Object.entries({ 'src/kernel/money.ts': 'export const zero = 0n\n', ...files })) {
    mkdirSync(dirname(join(directory, file)), { recursive: true })
    writeFileSync(join(directory, file), content)
  }
  cpSync(join(import.meta.dirname, '../../package.json'), join(directory, 'package.json'))
  return directory
}

const imports = (what: string): string => `import { x } from '${what}'\nexport const y = x\n`
const exportsX = 'export const x = 1\n'

const planted: { rule: string; files: Record<string, string> }[] = [
  { rule: 'kernel-is-alone', files: { 'src/kernel/a.ts': imports('../platform/b.ts'), 'src/platform/b.ts': exportsX } },
  { rule: 'kernel-is-pure', files: { 'src/kernel/a.ts': "import { randomBytes } from 'node:crypto'\nexport const y = randomBytes(1)\n" } },
  { rule: 'platform-below', files: { 'src/platform/a.ts': imports('#modules/duty'), 'src/modules/duty/index.ts': exportsX } },
  { rule: 'rules-are-pure', files: { 'src/modules/duty/calculation.ts': imports('#platform/b.ts'), 'src/platform/b.ts': exportsX } },
  {
    rule: 'rules-touch-nothing',
    files: { 'src/modules/duty/calculation.ts': "import { readFileSync } from 'node:fs'\nexport const y = readFileSync\n" },
  },
  { rule: 'rules-see-schemas', files: { 'src/modules/duty/calculation.ts': imports('#modules/trade'), 'src/modules/trade/index.ts': exportsX } },
  { rule: 'rules-not-edges', files: { 'src/modules/duty/calculation.ts': imports('./store.ts'), 'src/modules/duty/store.ts': exportsX } },
  { rule: 'modules-by-index', files: { 'src/modules/duty/store.ts': imports('../trade/store.ts'), 'src/modules/trade/store.ts': exportsX } },
  { rule: 'aliases-across', files: { 'src/modules/duty/store.ts': imports('../trade/index.ts'), 'src/modules/trade/index.ts': exportsX } },
  { rule: 'rank-duty', files: { 'src/modules/duty/store.ts': imports('#modules/clearance'), 'src/modules/clearance/index.ts': exportsX } },
  { rule: 'rank-cargo', files: { 'src/modules/cargo/store.ts': imports('#modules/duty'), 'src/modules/duty/index.ts': exportsX } },
  { rule: 'web-sees-schemas', files: { 'src/web/app/a.ts': imports('#modules/duty'), 'src/modules/duty/index.ts': exportsX } },
  {
    rule: 'no-circle',
    files: {
      'src/platform/a.ts': "import { b } from './b.ts'\nexport const a = () => b\n",
      'src/platform/b.ts': "import { a } from './a.ts'\nexport const b = () => a\n",
    },
  },
  { rule: 'not-resolved', files: { 'src/platform/a.ts': imports('./nowhere.ts') } },
]

for (const { rule, files } of planted) {
  test(`a planted breach of ${rule} is found`, async () => {
    const { violations } = await findViolations(plant(rule, files))
    assert.ok(
      violations.some((violation) => violation.rule === rule),
      `found only ${JSON.stringify(violations)}`,
    )
  })
}

test('what the house allows breaks nothing, and every file is seen', async () => {
  const directory = plant('good', {
    'src/modules/duty/calculation.ts': "import { zero } from '#kernel/money.ts'\nimport { x } from '#schema/trade'\nexport const y = [x, zero]\n",
    'src/modules/duty/store.ts': "import { x } from '#modules/trade'\nimport { p } from '#platform/p.ts'\nexport const y = [x, p]\n",
    'src/modules/trade/index.ts': exportsX,
    'src/modules/trade/schema.ts': exportsX,
    'src/platform/p.ts': 'export const p = 1\n',
    'src/web/app/a.ts': imports('#schema/trade'),
  })
  assert.deepEqual(await findViolations(directory), { violations: [], seen: 7 })
})
