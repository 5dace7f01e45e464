/** The frozen splits under ml/manifests: whole groups, no file twice, and, where the pictures lie beside the repository, no twin across. */
import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import sharp from 'sharp'

type Item = {
  id: string
  sha256: string
  split: 'train' | 'validation' | 'test'
  group: string
  kind: 'threat' | 'clear' | 'carton'
  stratum: string
}

const repository = join(import.meta.dirname, '../..')
const data = join(repository, '../shared/data/xray')
const folders = { threat: 'bags/threat', clear: 'bags/clear', carton: 'cartons' }
const twinBits = 20

const manifest = (name: string): Item[] => JSON.parse(readFileSync(join(repository, 'ml/manifests', `${name}.json`), 'utf8')).items as Item[]
const fileOf = ({ kind, id }: Item): string => join(data, folders[kind], `${id}.jpg`)

/** 256 bits: is each of 16 × 16 cells darker than its right neighbour? */
const differenceHash = async (file: string): Promise<Uint8Array> => {
  const grey = await sharp(file).greyscale().resize(17, 16, { fit: 'fill', kernel: 'linear', fastShrinkOnLoad: false }).raw().toBuffer()
  return Uint8Array.from({ length: 256 }, (_, i) => Number(grey[(i >> 4) * 17 + (i & 15) + 1]! > grey[(i >> 4) * 17 + (i & 15)]!))
}

for (const name of ['bags', 'cartons'])
  test(`manifest of ${name}: groups and files stay on one side, and each split has every kind`, () => {
    const items = manifest(name)
    for (const key of ['group', 'sha256', 'id'] as const) {
      const side = new Map<string, string>()
      for (const item of items) {
        assert.equal(side.get(item[key]) ?? item.split, item.split, `${item.id} shares its ${key} with another split`)
        side.set(item[key], item.split)
      }
    }
    assert.equal(new Set(items.map((i) => i.id)).size, items.length)
    const kinds = new Set(items.map((i) => i.kind))
    for (const split of ['train', 'validation', 'test']) {
      const here = items.filter((i) => i.split === split)
      assert.deepEqual(new Set(here.map((i) => i.kind)), kinds)
      assert.ok(here.length / items.length > 0.12)
    }
  })

test('what the manifests name is what lies there, and no near twin crosses from training', async (t) => {
  if (!existsSync(data)) return t.skip('needs the pictures in ../shared/data/xray')
  const items = [...manifest('bags'), ...manifest('cartons')]
  for (const item of items)
    assert.equal(
      createHash('sha256')
        .update(readFileSync(fileOf(item)))
        .digest('hex'),
      item.sha256,
      item.id,
    )
  const threats = items.filter((i) => i.kind === 'threat')
  const hashes: Uint8Array[] = []
  for (const item of threats) hashes.push(await differenceHash(fileOf(item)))
  const crossing: string[] = []
  for (const [a, one] of threats.entries())
    for (let b = a + 1; b < threats.length; b++) {
      if (one.split === threats[b]!.split) continue
      let bits = 0
      for (let i = 0; i < 256; i++) bits += hashes[a]![i]! ^ hashes[b]![i]!
      if (bits <= twinBits) crossing.push(`${one.id} (${one.split}) and ${threats[b]!.id} (${threats[b]!.split}): ${bits} bits`)
    }
  assert.deepEqual(crossing, [])
})
