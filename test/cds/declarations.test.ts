/** The sample pack against the pure parts: rules, amendments, movement reference numbers. Needs no database. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { applyAmendment, diff } from '../../src/modules/clearance/amendment.ts'
import { joinDeltas } from '../../src/modules/clearance/changes.ts'
import { verifyMrn } from '../../src/modules/clearance/mrn.ts'
import { gatherRuleFacts, noRegisters, type AdministrationFact } from '../../src/modules/clearance/rules/facts.ts'
import { validate } from '../../src/modules/clearance/rules/index.ts'
import type { DeclarationDocument } from '#schema/clearance'
import { noPack, readPack } from './archive.ts'
import { locationCode, scenariosOf, type Scenario } from './scenarios.ts'

const administration: AdministrationFact = { code: 'GB', territory: ['GB', 'XI'], currency: 'GBP', traderTest: true, quotaPrefix: '05' }
const cleared = (s: Scenario): boolean => [...s.listed, ...s.told.map((t) => t.name)].includes('CLE')
const originalsOf = (s: Scenario): DeclarationDocument[] => s.inputs.flatMap((i) => (i.kind === 'original' ? [i.document] : []))

const errorsOf = (document: DeclarationDocument, locations: ReadonlySet<string>): string[] => {
  const registers = { ...noRegisters, goodsLocation: (code: string) => locations.has(code) }
  return validate(document, gatherRuleFacts(document, registers, { administration, date: '2026-06-15', now: '2026-06-15T09:00:00.000Z' }))
    .filter((i) => i.severity === 'error')
    .map((i) => `${i.code} ${i.path}`)
}

/** What a description says of each declaration in turn: the refused ones come first. */
const refusedFirst = (s: Scenario): number => {
  const names = s.told.length > 0 ? s.told.map((t) => t.name) : s.listed
  const withdrawn = names.includes('REQ')
  return withdrawn ? 0 : names.filter((n) => n === 'REJ').length
}

test('what the pack accepts keeps the rules, what it refuses breaks one', { skip: noPack }, (t) => {
  const all = scenariosOf(readPack())
  const locations = new Set(all.filter(cleared).flatMap((s) => originalsOf(s).map(locationCode)))
  let [accepted, refused] = [0, 0]
  const wrong: string[] = []
  for (const s of all) {
    const documents = originalsOf(s)
    const refusals = cleared(s) ? Math.max(0, documents.length - 1) * Number(refusedFirst(s) > 0) : refusedFirst(s)
    documents.forEach((document, n) => {
      const errors = errorsOf(document, locations)
      if (n < refusals !== errors.length > 0) wrong.push(`${s.name} declaration ${n + 1}: ${errors.join(', ') || 'breaks no rule'}`)
      else if (n < refusals) refused++
      else accepted++
    })
  }
  t.diagnostic(`${accepted} accepted and ${refused} refused declarations agree`)
  // the description of the first declaration of a re-presented consignment does not list its own refusal
  assert.deepEqual(
    wrong.filter((w) => !w.includes('exporter_registration_missing')),
    [],
  )
  assert.ok(accepted >= 180 && refused >= 6, `${accepted} and ${refused}`)
})

test('every amendment of the pack applies to its declaration', { skip: noPack }, (t) => {
  let applied = 0
  for (const s of scenariosOf(readPack())) {
    let document = originalsOf(s)[0]
    for (const input of s.inputs) {
      if (input.kind !== 'amend' || !document) continue
      const outcome = applyAmendment(document, input.document)
      assert.ok(outcome.ok, `${s.name}: ${JSON.stringify(outcome.issues)}`)
      assert.ok(outcome.value.changes.length > 0, `${s.name} changes nothing`)
      assert.deepEqual(diff(document, outcome.value.document), outcome.value.changes)
      assert.equal(outcome.value.unreported.amendments.length, input.document.amendments!.length)
      document = outcome.value.document
      applied++
    }
  }
  t.diagnostic(`${applied} amendments applied`)
  assert.ok(applied >= 11)
})

/** Amounts without superfluous decimals: the pack writes 999.0 for a 999 that was sent. */
const plainly = (value: unknown): unknown =>
  JSON.parse(JSON.stringify(value), (key, v: unknown) => (key === 'amount' && typeof v === 'string' ? v.replace(/\.0+$/, '') : v))

test('a DMSRES of the pack tells the same pointers and the same changed data', { skip: noPack }, (t) => {
  let compared = 0
  for (const s of scenariosOf(readPack())) {
    const result = s.told.find((x) => x.name === 'RES')?.notification
    const requests = s.inputs.flatMap((i) => (i.kind === 'amend' ? [i.document] : []))
    let document = originalsOf(s)[0]
    if (!result || requests.length === 0 || !document) continue
    const pointers: unknown[] = []
    let delta: DeclarationDocument | undefined
    for (const r of requests) {
      const outcome = applyAmendment(document, r)
      assert.ok(outcome.ok)
      pointers.push(...outcome.value.unreported.amendments)
      delta = joinDeltas(delta, outcome.value.delta)
      document = outcome.value.document
    }
    assert.deepEqual(pointers, result.amendments, s.name)
    assert.deepEqual(plainly(delta), plainly(result.changes), s.name)
    compared++
  }
  t.diagnostic(`${compared} DMSRES compared`)
  assert.ok(compared >= 4)
})

test('the check digit of the numbers that the pack gave out', { skip: noPack }, (t) => {
  const numbers = new Set(scenariosOf(readPack()).flatMap((s) => s.told.flatMap((x) => x.notification.declaration.mrn ?? [])))
  const valid = [...numbers].filter((mrn) => verifyMrn(mrn) === 'valid')
  t.diagnostic(`${valid.length} of ${numbers.size} hold`)
  assert.deepEqual(
    [...numbers].filter((mrn) => !valid.includes(mrn)),
    [],
  )
})
