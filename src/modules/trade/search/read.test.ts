import assert from 'node:assert/strict'
import { test } from 'node:test'
import { readTexts } from './read.ts'

test('what ships can be read, and names only headings and subheadings that the Harmonized System has', () => {
  const { entries, lore } = readTexts()
  const codes = new Set(lore.codes)
  const headings = new Set(lore.codes.map((code) => code.slice(0, 4)))
  assert.equal(headings.size, 1228)
  assert.equal(codes.size, 5612)
  const unknown = entries.filter(({ code }) => (code.length === 6 && !codes.has(code)) || (code.length === 4 && !headings.has(code)))
  assert.deepEqual(
    unknown.map((e) => e.code),
    [],
  )
  const named = [...lore.endings, ...lore.residual].flatMap((rule) => rule.kindOf ?? [])
  assert.deepEqual(
    named.filter((code) => !headings.has(code)),
    [],
  )
})
