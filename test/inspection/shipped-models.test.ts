/** The models that ship: their cards can be read, the networks are those of the cards, and they answer as they did where they were trained. */
import assert from 'node:assert/strict'
import { readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import ort from 'onnxruntime-node'
import { openDetector } from '../../src/modules/inspection/detectors/index.ts'

type Probe = { shape: number[]; at: number[]; is: number[] }
type Parity = { side: number; batch: number; outputs: Record<string, Probe> }

const models = join(import.meta.dirname, '../../data/models')
const bytesAtMost = 12 * 1024 * 1024
const golden = 2654435761n

/** Input of `formula_input` in ml/export.py: grain from a multiplicative hash, mixed with a slow wave. */
const formulaInput = ({ batch, side }: Parity): ort.Tensor => {
  const data = new Float32Array(batch * 3 * side * side)
  for (let i = 0; i < data.length; i++) {
    const grain = Number((BigInt(i) * golden) & 0xffffffffn) / 2 ** 32
    const wave = 0.5 + 0.5 * Math.sin((i % side) / 9) * Math.sin((Math.floor(i / side) % side) / 13)
    data[i] = 0.2 * grain + 0.8 * wave
  }
  return new ort.Tensor('float32', data, [batch, 3, side, side])
}

for (const { kind, item } of [
  { kind: 'bags', item: 'bag' },
  { kind: 'cartons', item: 'carton' },
] as const) {
  test(`the detector of ${kind} opens: its card is whole and its network is the card's`, async () => {
    const opened = openDetector(item, { root: models, threads: 1 })
    assert.ok(opened.ok, JSON.stringify(opened))
    const { card } = opened.value
    await opened.value.close()
    assert.equal(card.id, kind)
    assert.ok(card.thresholds.review < card.thresholds.divert)
    assert.ok(card.measured.real && card.measured.real.negatives + card.measured.real.positives === card.measured.real.n)
    assert.ok(statSync(join(models, kind, 'model.onnx')).size <= bytesAtMost)
  })

  test(`the network of ${kind} answers in onnxruntime what it answered in PyTorch, within 0.001`, async () => {
    const parity = JSON.parse(readFileSync(join(models, kind, 'parity.json'), 'utf8')) as Parity
    const session = await ort.InferenceSession.create(join(models, kind, 'model.onnx'), { intraOpNumThreads: 1 })
    const answer = await session.run({ image: formulaInput(parity) })
    assert.deepEqual(Object.keys(answer).toSorted(), Object.keys(parity.outputs).toSorted())
    for (const [name, probe] of Object.entries(parity.outputs)) {
      const { dims, data } = answer[name]!
      assert.deepEqual([...dims], probe.shape, name)
      for (const [k, at] of probe.at.entries()) {
        const [is, was] = [Number(data[at]), probe.is[k]!]
        assert.ok(Math.abs(is - was) <= 1e-3 * Math.max(1, Math.abs(was)), `${name}[${at}] is ${is}, was ${was}`)
      }
    }
    await session.release()
  })
}
