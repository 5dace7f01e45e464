import assert from 'node:assert/strict'
import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { issues } from './issues.ts'
import { riskIssues } from '../../web/i18n/en/issues-risk.ts'

test('every code that learning, profiles and their verb refuse with has its two sentences, and there are no others', () => {
  const files = [...globSync(join(import.meta.dirname, '**/*.ts')), ...globSync(join(import.meta.dirname, '../../verbs/risk*.ts'))].filter(
    (f) => !/(\.test|issues)\.ts$/.test(f),
  )
  assert.ok(files.length > 30)
  const used = new Set(files.flatMap((f) => [...readFileSync(f, 'utf8').matchAll(/(?<!code: )'(risk\.[a-z_]+)'/g)].map((m) => m[1]!)))
  assert.deepEqual(Object.keys(riskIssues).toSorted(), [...used].toSorted())
  assert.deepEqual(Object.keys(issues).toSorted(), Object.keys(riskIssues).toSorted())
  for (const { text, fix } of Object.values(riskIssues)) assert.ok(text.length > 10 && fix.length > 5)
})
