/** Each rule is broken once: the model declaration keeps all rules, and one change brings exactly this rule's code at this path. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { issueSentences, issueTexts } from '../../../web/i18n/en/issues.ts'
import { exportDeclaration, importDeclaration, transitDeclaration } from '../fixtures/documents.ts'
import { clearanceIssues } from '../issues.ts'
import type { Break } from './fixtures/breaks.ts'
import { declarationBreaks } from './fixtures/declaration.ts'
import { exportBreaks } from './fixtures/export.ts'
import { goodsBreaks } from './fixtures/goods.ts'
import { moneyBreaks } from './fixtures/money.ts'
import { partyBreaks } from './fixtures/parties.ts'
import { transitBreaks } from './fixtures/transit.ts'
import { transportBreaks } from './fixtures/transport.ts'
import { gatherRuleFacts, noRegisters, type AdministrationFact, type Registers } from './facts.ts'
import { rules, validate } from './index.ts'

const importBreaks = [...declarationBreaks, ...partyBreaks, ...transportBreaks, ...goodsBreaks, ...moneyBreaks]
const administration: AdministrationFact = { code: 'XV', territory: ['XV'], currency: 'VRC', traderTest: false, quotaPrefix: '05' }
const at = { administration, date: '2026-11-25', now: '2026-11-25T10:00:00.000Z' }
const codesOf = (issues: readonly { code: string }[]): string[] => [...new Set(issues.map((i) => i.code))].sort()

const check = (model: () => ReturnType<typeof importDeclaration>, b: Break) => {
  const document = model()
  b.change(document)
  const registers: Registers = { ...noRegisters, ...b.registers }
  const issues = validate(document, gatherRuleFacts(document, registers, { ...at, administration: { ...administration, ...b.administration } }))
  const found = issues.filter((i) => i.code === `clearance.${b.code}`)
  assert.ok(
    found.some((i) => i.path === b.path),
    `${b.code} at ${b.path}; found ${JSON.stringify(issues)}`,
  )
  for (const issue of found)
    for (const sentence of Object.values(issueSentences(issue))) assert.doesNotMatch(sentence, /\{\{|undefined|“”/, issue.code)
  const beside = codesOf(issues).filter((c) => c !== `clearance.${b.code}` && !(b.beside ?? []).includes(c.slice(10)))
  assert.deepEqual(beside, [], `${b.code} brings other codes too`)
}

test('the models keep every rule', () => {
  for (const model of [importDeclaration, exportDeclaration, transitDeclaration])
    assert.deepEqual(validate(model(), gatherRuleFacts(model(), noRegisters, at)), [])
})

for (const b of importBreaks) test(`${b.code} ${b.path}`, () => check(importDeclaration, b))
for (const b of exportBreaks) test(`${b.code} ${b.path} (export)`, () => check(exportDeclaration, b))

for (const b of transitBreaks) test(`${b.code} ${b.path} (transit)`, () => check(transitDeclaration, b))

test('every rule is broken above', () => {
  const broken = new Set([...importBreaks, ...exportBreaks, ...transitBreaks].map((b) => `clearance.${b.code}`))
  assert.deepEqual(
    rules.map((r) => r.code).filter((c) => !broken.has(c)),
    [],
  )
})

test('every code has one rule, a place in the catalogue and a text', () => {
  const codes = rules.map((r) => r.code)
  assert.equal(new Set(codes).size, codes.length)
  for (const code of codes) assert.ok(clearanceIssues[code], `${code} is not in the catalogue`)
  const told = Object.keys(issueTexts).filter((code) => code.startsWith('clearance.'))
  assert.deepEqual(told.sort(), Object.keys(clearanceIssues).sort())
})

test('placeholders of a text are params that a rule gives', () => {
  const given = new Map<string, Set<string>>()
  for (const [model, breaks] of [
    [importDeclaration, importBreaks],
    [exportDeclaration, exportBreaks],
    [transitDeclaration, transitBreaks],
  ] as const) {
    for (const b of breaks) {
      const document = model()
      b.change(document)
      for (const i of validate(
        document,
        gatherRuleFacts(document, { ...noRegisters, ...b.registers }, { ...at, administration: { ...administration, ...b.administration } }),
      ))
        given.set(i.code, new Set([...(given.get(i.code) ?? []), ...Object.keys(i.params ?? {})]))
    }
  }
  for (const [code, params] of given) {
    const { text, fix } = issueTexts[code as keyof typeof issueTexts]
    for (const [, name] of `${text} ${fix}`.matchAll(/\{\{(\w+)\}\}/g)) assert.ok(params.has(name!), `${code} does not give ${name}`)
  }
})

test('the trader test service only remarks on what is strict', () => {
  const document = importDeclaration()
  document.totalPackages = '31'
  const facts = gatherRuleFacts(document, noRegisters, { ...at, administration: { ...administration, traderTest: true } })
  assert.deepEqual(
    validate(document, facts).map((i) => [i.code, i.severity]),
    [['clearance.total_packages_wrong', 'warning']],
  )
})

test('facts are plain data: decided again from their JSON, the same comes out', () => {
  const document = importDeclaration()
  document.items[0]!.hsCode = '85109999'
  document.importer = { id: 'XV999999999999' }
  const registers: Registers = {
    ...noRegisters,
    has: (list) => list !== 'package-type',
    operator: (id) => (id.endsWith('9999') ? 'unknown' : 'known'),
    commodity: () => ({ exists: false, declarable: false }),
  }
  const facts = gatherRuleFacts(document, registers, at)
  const issues = validate(document, facts)
  assert.ok(issues.length > 3)
  assert.deepEqual(validate(JSON.parse(JSON.stringify(document)), JSON.parse(JSON.stringify(facts))), issues)
})
