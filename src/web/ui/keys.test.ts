import assert from 'node:assert/strict'
import { test } from 'node:test'
import { nameOf } from './keys.ts'

const event = (key: string, held: Partial<{ ctrlKey: boolean; metaKey: boolean; altKey: boolean; shiftKey: boolean }> = {}) => ({
  key,
  ctrlKey: false,
  metaKey: false,
  altKey: false,
  shiftKey: false,
  ...held,
})

test('keys are named as bindings write them', () => {
  assert.equal(nameOf(event('j')), 'j')
  assert.equal(nameOf(event('?', { shiftKey: true })), '?')
  assert.equal(nameOf(event('k', { ctrlKey: true })), 'Ctrl+K')
  assert.equal(nameOf(event('k', { metaKey: true })), 'Ctrl+K')
  assert.equal(nameOf(event('Enter', { shiftKey: true })), 'Shift+Enter')
  assert.equal(nameOf(event('ArrowDown', { altKey: true })), 'Alt+ArrowDown')
})
