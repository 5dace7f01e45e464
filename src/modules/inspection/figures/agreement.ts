/** Who agrees with whom: Cohen's κ and the matrix of machine, first reader, second reader and opened bag. Pure. */
export type Agreement = { n: number; observed: number; expected: number; kappa: number | null; low: number | null; high: number | null }

/** Pairs of yes/no judgements. The interval is that of Cohen (1960): ±1.96·√(p_o(1−p_o)/(n(1−p_e)²)). κ is null when chance alone gives full agreement. */
export const cohen = (pairs: readonly (readonly [boolean, boolean])[]): Agreement | null => {
  const n = pairs.length
  if (n === 0) return null
  const observed = pairs.filter(([a, b]) => a === b).length / n
  const yes = (side: 0 | 1): number => pairs.filter((p) => p[side]).length / n
  const expected = yes(0) * yes(1) + (1 - yes(0)) * (1 - yes(1))
  if (expected === 1) return { n, observed, expected, kappa: null, low: null, high: null }
  const kappa = (observed - expected) / (1 - expected)
  const half = (1.959964 * Math.sqrt((observed * (1 - observed)) / n)) / (1 - expected)
  return { n, observed, expected, kappa, low: Math.max(-1, kappa - half), high: Math.min(1, kappa + half) }
}

export const judges = ['ai', 'first', 'second', 'opened'] as const
export type Judge = (typeof judges)[number]
/** True = threat. Null = this one has not judged the item. */
export type Judgements = Readonly<Record<Judge, boolean | null>>

export type Cell = Judgements & { count: number }
export type Concordance = { n: number; cells: Cell[]; pairs: { a: Judge; b: Judge; agreement: Agreement }[] }

/** How often each combination of judgements occurs, most frequent first, and κ of each pair on the items that both have judged. */
export const concordance = (items: readonly Judgements[]): Concordance => {
  const cells = new Map<string, Cell>()
  for (const item of items) {
    const key = judges.map((j) => item[j]).join()
    const cell = cells.get(key)
    if (cell) cell.count += 1
    else cells.set(key, { ...item, count: 1 })
  }
  const pairs = judges.flatMap((a, i) =>
    judges.slice(i + 1).flatMap((b) => {
      const agreement = cohen(items.flatMap((item) => (item[a] === null || item[b] === null ? [] : [[item[a], item[b]] as const])))
      return agreement ? [{ a, b, agreement }] : []
    }),
  )
  return { n: items.length, cells: [...cells.values()].toSorted((x, y) => y.count - x.count), pairs }
}
