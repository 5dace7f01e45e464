/** How far an embedding lies from what a network was trained on (Mahalanobis distance in its main directions). Pure. */
import type { Familiarity } from '../schema/model-card.ts'

/** Squared distance; the formula stands with `Familiarity`. */
export const unfamiliarityOf = (embedding: Float32Array, { mean, components, inverseVariances }: Familiarity): number => {
  const from = mean.map((m, i) => embedding[i]! - m)
  let distance = 0
  let rest = from.reduce((t, v) => t + v * v, 0)
  for (const [k, component] of components.entries()) {
    let along = 0
    for (let i = 0; i < from.length; i++) along += from[i]! * component[i]!
    distance += along * along * inverseVariances[k]!
    rest -= along * along
  }
  const beside = inverseVariances[components.length]
  return beside === undefined ? distance : distance + Math.max(0, rest) * beside
}
