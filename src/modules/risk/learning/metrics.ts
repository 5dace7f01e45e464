/** How good a ranking is. Scores descend; ties stay in file order where a cut is made. */

const order = (scores: ArrayLike<number>): Int32Array =>
  Int32Array.from({ length: scores.length }, (_, i) => i).sort((a, b) => scores[b]! - scores[a]! || a - b)

/** Area under the ROC curve: rank statistic, ties mid-ranked (Mann and Whitney 1947). NaN when one class is absent. */
export const areaUnderCurve = (scores: ArrayLike<number>, labels: ArrayLike<number>): number => {
  const ranked = order(scores)
  const n = ranked.length
  let [sum, positives] = [0, 0]
  for (let i = 0; i < n;) {
    let j = i
    while (j < n && scores[ranked[j]!] === scores[ranked[i]!]) j++
    const middle = n - (i + j - 1) / 2
    for (let k = i; k < j; k++)
      if (labels[ranked[k]!]) {
        sum += middle
        positives++
      }
    i = j
  }
  return (sum - (positives * (positives + 1)) / 2) / (positives * (n - positives))
}

export type AtCut = {
  percent: number
  selected: number
  precision: number
  recall: number
  /** the best that any ranking could recall */ ceiling: number
}

/** Precision and recall when the top `percent` (floor) is examined. */
export const atCut = (scores: ArrayLike<number>, labels: ArrayLike<number>, percent: number): AtCut => {
  const ranked = order(scores)
  const selected = Math.floor((ranked.length * percent) / 100)
  let [found, all] = [0, 0]
  ranked.forEach((row, i) => {
    if (!labels[row]) return
    all++
    if (i < selected) found++
  })
  return { percent, selected, precision: found / selected, recall: found / all, ceiling: Math.min(1, selected / all) }
}

/** Average precision: Σ (Rᵢ − Rᵢ₋₁) Pᵢ over distinct scores. */
export const averagePrecision = (scores: ArrayLike<number>, labels: ArrayLike<number>): number => {
  const ranked = order(scores)
  let [found, before, area] = [0, 0, 0]
  for (let i = 0; i < ranked.length; i++) {
    if (labels[ranked[i]!]) found++
    if (i + 1 < ranked.length && scores[ranked[i + 1]!] === scores[ranked[i]!]) continue
    area += (found - before) * (found / (i + 1))
    before = found
  }
  return area / found
}

/** Wilson's 95 % interval of a share. */
export const wilson = (found: number, n: number): [number, number] => {
  if (n === 0) return [0, 1]
  const z = 1.959963984540054
  const share = found / n
  const middle = (share + (z * z) / (2 * n)) / (1 + (z * z) / n)
  const half = (z / (1 + (z * z) / n)) * Math.sqrt((share * (1 - share)) / n + (z * z) / (4 * n * n))
  return [Math.max(0, middle - half), Math.min(1, middle + half)]
}
