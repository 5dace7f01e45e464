import assert from 'node:assert/strict'
import { test } from 'node:test'
import { distributionsOf, driftOf } from './drift.ts'
import { seeded } from '#kernel/random.ts'
import type { Table } from './table.ts'

const trade = (stream: string, change: { mass?: number; origin?: string } = {}): { table: Table; margins: number[] } => {
  const random = seeded(3, stream)
  const rows = Array.from({ length: 3000 }, () => ({
    mass: String(Math.round(100 * (0.2 + random.next()) * (change.mass ?? 1))),
    origin: random.next() < 0.3 && change.origin ? change.origin : `C${random.below(6)}`,
  }))
  const columns = new Map([
    ['Net Mass', rows.map((r) => r.mass)],
    ['Country of Origin', rows.map((r) => r.origin)],
  ])
  return { table: { rows: rows.length, names: [...columns.keys()], columns }, margins: rows.map((r) => Number(r.mass) / 100) }
}

test('the same trade is steady; heavier goods and a new origin are told, each by its column', () => {
  const before = trade('before')
  const reference = distributionsOf(before.table, before.margins)
  const states = (now: ReturnType<typeof trade>) => Object.fromEntries(driftOf(reference, now.table, now.margins).map((d) => [d.column, d.state]))
  assert.deepEqual(states(trade('after')), { score: 'steady', 'Net Mass': 'steady', 'Country of Origin': 'steady' })
  assert.deepEqual(states(trade('after', { mass: 1.6 })), { score: 'act', 'Net Mass': 'act', 'Country of Origin': 'steady' })
  const moved = trade('after', { origin: 'XX' })
  const origin = driftOf(reference, moved.table, moved.margins)[0]!
  assert.deepEqual([origin.column, origin.state], ['Country of Origin', 'act'])
  assert.ok(Math.abs(origin.unseen - 0.3) < 0.03)
})

test('the index is that of the formula: Σ (q − p) ln(q / p)', () => {
  const reference = [{ column: 'Country of Origin', kind: 'code' as const, bins: ['A', 'B'], shares: [0.5, 0.5, 0] }]
  const cells = [...Array.from({ length: 80 }, () => 'A'), ...Array.from({ length: 20 }, () => 'B')]
  const table: Table = { rows: 100, names: ['Country of Origin'], columns: new Map([['Country of Origin', cells]]) }
  const [row] = driftOf(reference, table, [])
  const expected = 0.3 * Math.log(0.8 / 0.5) + -0.3 * Math.log(0.2 / 0.5)
  assert.ok(Math.abs(row!.psi - expected) < 1e-12, String(row!.psi))
})
