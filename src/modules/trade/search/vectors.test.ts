import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { openVectorFile } from './read-vectors.ts'

const dimensions = 100
const entry = (word: string, first: number): string =>
  `${JSON.stringify(word)}:[${[first, ...Array.from({ length: dimensions - 1 }, () => 0), 2, 0].join(',')}]`

test('words are packed in order, and read back by name; what is no word of plain letters is left out', () => {
  const folder = mkdtempSync(join(tmpdir(), 'portcullis-vectors-'))
  try {
    const [from, to] = [join(folder, 'in.json'), join(folder, 'out.bin')]
    writeFileSync(
      from,
      `{"words":["zebra"],"vectors":{${entry('zebra', 0.8)},${entry(']"x', 1)},${entry('apple', -0.4)},${entry('a1', 1)}},"unkVector":[0]}`,
    )
    assert.equal(spawnSync(process.execPath, [join(import.meta.dirname, 'pack-vectors.ts'), from, to]).status, 0)
    const vectorOf = openVectorFile(to)
    assert.deepEqual([vectorOf('apple')?.[0], vectorOf('zebra')?.[0], vectorOf('zebra')?.[1]], [-50, 100, 0])
    for (const word of ['a', 'b', 'zz', '', ']"x']) assert.equal(vectorOf(word), undefined)
  } finally {
    rmSync(folder, { recursive: true })
  }
})
