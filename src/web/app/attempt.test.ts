import assert from 'node:assert/strict'
import { test } from 'node:test'
import { attemptKeeper } from './attempt.ts'

const counting = () => {
  let n = 0
  return attemptKeeper(() => `key-${(n += 1)}`)
}

test('an attempt that nobody answered, or that ended in a fault, is repeated under its own key', () => {
  const attempts = counting()
  const first = attempts.keyFor('POST', '/api/x', { a: 1 })
  for (const status of [0, 500, 503, 429]) {
    attempts.settle(status)
    assert.equal(attempts.keyFor('POST', '/api/x', { a: 1 }), first)
  }
})

test('after success or a refusal the next press is a new attempt; so is another content or address', () => {
  const attempts = counting()
  assert.equal(attempts.keyFor('POST', '/api/x', { a: 1 }), 'key-1')
  attempts.settle(200)
  assert.equal(attempts.keyFor('POST', '/api/x', { a: 1 }), 'key-2')
  attempts.settle(422)
  assert.equal(attempts.keyFor('POST', '/api/x', { a: 1 }), 'key-3')
  attempts.settle(0)
  assert.equal(attempts.keyFor('POST', '/api/x', { a: 2 }), 'key-4')
  attempts.settle(0)
  assert.equal(attempts.keyFor('POST', '/api/y', { a: 2 }), 'key-5')
})
