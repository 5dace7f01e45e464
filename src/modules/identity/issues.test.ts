import assert from 'node:assert/strict'
import { readdirSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { test } from 'node:test'
import { platformIssues } from '#platform/catalogue.ts'
import { issues as auditIssues } from '#modules/audit'
import { issues } from '#modules/identity'
import { issueTexts } from '../../web/i18n/en/issues.ts'

const modules = resolve(import.meta.dirname, '..')

/** Codes that a module's sources name. */
const named = (module: string): string[] => {
  const files = readdirSync(join(modules, module), { recursive: true, encoding: 'utf8' }).filter(
    (f) => f.endsWith('.ts') && !/(\.test|^issues)\.ts$/.test(f) && !f.startsWith('demo'),
  )
  assert.ok(files.length > 5)
  return files.flatMap((f) =>
    [
      ...readFileSync(join(modules, module, f), 'utf8').matchAll(
        new RegExp(`error\\(\\s*['\`](${module}\\.[a-z_]+)['\`]|\\? '(${module}\\.[a-z_]+)' :`, 'g'),
      ),
    ].map((m) => m[1] ?? m[2]!),
  )
}

test('every code that identity and audit refuse with is in the catalogue, and the catalogue holds no other', () => {
  const built = ['identity.registration_form', 'identity.registration_check', 'identity.organisation_status']
  assert.deepEqual([...new Set([...named('identity'), ...built])].sort(), Object.keys(issues).sort())
  // an evidence file is read at the command line
  assert.deepEqual([...new Set([...named('audit'), 'audit.evidence_unreadable'])].sort(), Object.keys(auditIssues).sort())
})

test('every code has its two sentences', () => {
  for (const code of [...Object.keys(issues), ...Object.keys(auditIssues), ...Object.keys(platformIssues)])
    assert.ok(Object.hasOwn(issueTexts, code), code)
})
