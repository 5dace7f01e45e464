import assert from 'node:assert/strict'
import { test } from 'node:test'
import { transitions } from '#schema/clearance'
import { edges, places } from './graph.ts'

test('every state of the table has one place in the picture', () => {
  assert.deepEqual(places.map((place) => place.state).sort(), Object.keys(transitions).sort())
})

test('every line of the picture stands in the table, and every move of the table is a line', () => {
  for (const { from, to, commands } of edges)
    for (const command of commands) assert.ok(transitions[from][command as 'lodge']?.next.includes(to as never), `${from} ${command} ${to}`)
  const moves = Object.entries(transitions).flatMap(([from, commands]) =>
    Object.values(commands).flatMap(({ next }) => next.filter((to) => to !== from).map((to) => `${from} ${to}`)),
  )
  assert.deepEqual([...new Set(moves)].sort(), edges.map(({ from, to }) => `${from} ${to}`).sort())
})
