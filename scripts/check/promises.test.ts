import assert from 'node:assert/strict'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { findFloating } from './promises.ts'

const root = mkdtempSync(join(tmpdir(), 'portcullis-floating-'))
after(() => rmSync(root, { recursive: true, force: true }))

const source = `
const later = async (): Promise<number> => 1
let kept: Promise<number> | undefined
later() // floats
;[1].forEach(async () => { await later() }) // floats
later().then(() => 1) // floats
void later()
await later()
kept = later()
later().catch(() => 0)
later().then(() => 1, () => 0)
export { kept }
`

test('promises that nobody waits for are found, those looked after are not', () => {
  const config = join(root, 'tsconfig.json')
  writeFileSync(join(root, 'a.ts'), source)
  writeFileSync(config, JSON.stringify({ compilerOptions: { target: 'ES2024', module: 'ESNext', strict: true, types: [] }, files: ['a.ts'] }))
  const { found, seen } = findFloating(config)
  assert.equal(seen, 1)
  const lines = found.map((line) => Number(/:(\d+):/.exec(line)?.[1]))
  assert.deepEqual(
    [...new Set(lines)].sort((a, b) => a - b),
    [4, 5, 6],
  )
})
