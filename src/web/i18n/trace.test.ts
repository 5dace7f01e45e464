import assert from 'node:assert/strict'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import declaration from './en/declaration.ts'

const duty = join(import.meta.dirname, '../../modules/duty')
const sources = readdirSync(duty).filter((name) => name.endsWith('.ts') && !name.endsWith('.test.ts'))
/** Keys as they stand, keys of what is unknown, and keys that conditions choose among. */
const keyPatterns = [/duty\.trace\.(\w+)/g, /unknown\('\w+', '(\w+)'/g, /'(condition_\w+)'/g, /'(?:quantity|rate)', '(\w+_missing)'/g]

test('every step of the calculation has its sentence', () => {
  const keys = new Set(
    sources.flatMap((name) => {
      const text = readFileSync(join(duty, name), 'utf8')
      return keyPatterns.flatMap((pattern) => [...text.matchAll(pattern)].map((found) => found[1]!))
    }),
  )
  assert.ok(keys.size > 50, `only ${keys.size} keys were seen`)
  assert.deepEqual(
    [...keys].filter((key) => !Object.hasOwn(declaration.trace, key)),
    [],
  )
})
