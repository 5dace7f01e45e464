import assert from 'node:assert/strict'
import { test } from 'node:test'
import { cannotStart, explainFileFault, isCannotStart } from './cannot-start.ts'

const fault = (code: string): Error => Object.assign(new Error(code), { code })

test('a full disk and missing rights become one sentence with the place in it', () => {
  for (const [code, says] of Object.entries({
    ENOSPC: /data is full/,
    EDQUOT: /data is full/,
    '53100': /data is full/,
    EACCES: /may not read and write data/,
    EROFS: /read-only/,
    ENOTDIR: /not a directory/,
  })) {
    const explained = explainFileFault(fault(code), 'data')
    assert.ok(isCannotStart(explained))
    assert.match(explained.message, says)
  }
})

test('any other fault stays what it was', () => {
  const other = fault('EIO')
  assert.equal(explainFileFault(other, 'data'), other)
  assert.equal(isCannotStart(other), false)
  assert.equal(explainFileFault(cannotStart('mend it'), 'data') instanceof Error, true)
})
