/** A network in onnxruntime: one thread inside, because several images are looked at side by side. */
import ort from 'onnxruntime-node'
import { type Batch, secondViews } from '../detect/tensor.ts'
import type { Maps } from '../detect/decode.ts'
import { type Answer, leavesDoubt } from '../detect/look.ts'
import type { ModelCard } from '../schema/model-card.ts'

export type Network = {
  card: ModelCard
  /** One answer a picture, in order; blocks its thread while it computes. */
  answer: (batches: readonly Batch[]) => Promise<Answer[]>
  close: () => Promise<void>
}

const part = (tensor: ort.Tensor, n: number): Float32Array => {
  const each = tensor.dims.slice(1).reduce((a, b) => a * b, 1)
  return (tensor.data as Float32Array).subarray(n * each, (n + 1) * each)
}

/** The maps of the n-th picture of a batch. */
export const mapsOf = (outputs: ort.InferenceSession.OnnxValueMapType, n: number): Maps => {
  const [heat, size, offset] = ['heat', 'size', 'offset'].map((name) => outputs[name] as ort.Tensor) as [ort.Tensor, ort.Tensor, ort.Tensor]
  const [, classes, height, width] = heat.dims as [number, number, number, number]
  return { width, height, classes, heat: part(heat, n), size: part(size, n), offset: part(offset, n) }
}

const feed = (session: ort.InferenceSession, card: ModelCard, { data, dims }: Batch): Promise<ort.InferenceSession.OnnxValueMapType> =>
  session.run({ [card.input.name]: new ort.Tensor('float32', data, dims) })

/** Looks at every picture, and once more at those that the first look leaves in doubt. */
const run = async (session: ort.InferenceSession, card: ModelCard, batch: Batch): Promise<Answer[]> => {
  const outputs = await feed(session, card, batch)
  const embedding = outputs['embedding'] as ort.Tensor | undefined
  const answers = Array.from({ length: batch.dims[0] }, (_, n): Answer => ({
    maps: mapsOf(outputs, n),
    again: null,
    embedding: embedding ? part(embedding, n) : null,
  }))
  const doubtful = [...answers.keys()].filter((n) => leavesDoubt(answers[n]!.maps, card))
  if (card.second && doubtful.length > 0) {
    const seen = await feed(session, card, secondViews(batch, doubtful, card.second.view))
    for (const [k, n] of doubtful.entries()) answers[n]!.again = mapsOf(seen, k)
  }
  return answers
}

/** Opens a network; it must answer what its card says. Throws when onnxruntime cannot read it. */
export const openNetwork = async (card: ModelCard, bytes: Uint8Array): Promise<Network> => {
  const session = await ort.InferenceSession.create(bytes, {
    executionProviders: ['cpu'],
    intraOpNumThreads: 1,
    interOpNumThreads: 1,
    executionMode: 'sequential',
    graphOptimizationLevel: 'all',
    logSeverityLevel: 3,
  })
  const missing = ['heat', 'size', 'offset', ...(card.familiarity ? ['embedding'] : [])].filter((name) => !session.outputNames.includes(name))
  if (missing.length > 0 || !session.inputNames.includes(card.input.name))
    throw new Error(
      `the network of ${card.id} lacks ${[...missing, ...(session.inputNames.includes(card.input.name) ? [] : [card.input.name])].join(', ')}`,
    )
  return {
    card,
    answer: async (batches) => {
      const answers: Answer[] = []
      for (const batch of batches) answers.push(...(await run(session, card, batch)))
      return answers
    },
    close: () => session.release(),
  }
}
