import assert from 'node:assert/strict'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { issueTexts } from '../../../web/i18n/en/issues.ts'
import { messageIssues } from './catalogue.ts'

const sources = [import.meta.dirname, join(import.meta.dirname, '../service'), join(import.meta.dirname, '../../../verbs')].flatMap((folder) =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts') && !name.endsWith('.test.ts') && !name.endsWith('catalogue.ts'))
    .map((name) => readFileSync(join(folder, name), 'utf8')),
)

test('every issue code of messages that the source uses is in the catalogue and has a text, and none besides', () => {
  const used = [...new Set(sources.flatMap((source) => [...source.matchAll(/'(message\.[a-z_]+)'/g)].map(([, code]) => code!)))].toSorted()
  assert.ok(used.length > 40)
  assert.deepEqual(Object.keys(messageIssues).toSorted(), used)
  assert.deepEqual(
    Object.keys(issueTexts)
      .filter((code) => code.startsWith('message.'))
      .toSorted(),
    used,
  )
})
