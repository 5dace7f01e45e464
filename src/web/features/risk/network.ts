/**
 * Places the firms and things of a network on paper: springs along ties, repulsion between all (Fruchterman and Reingold 1991), from a
 * fixed start, so that the same network looks the same whenever it is opened. Pure.
 */
export type Tie = { from: string; to: string }
export type Place = { x: number; y: number }

const rounds = 240

/** Places within [0, width] × [0, height], the centre in the middle. A network of n nodes takes n² steps a round: meant for some hundred. */
export const placeNetwork = (
  nodes: readonly { id: string; centre: boolean }[],
  ties: readonly Tie[],
  width: number,
  height: number,
): Map<string, Place> => {
  const ideal = Math.sqrt((width * height) / Math.max(1, nodes.length)) * 0.75
  const start = (i: number): Place => {
    // the golden angle spreads any number of nodes evenly over a disc
    const [angle, radius] = [i * 2.399963, Math.sqrt((i + 0.5) / nodes.length) * Math.min(width, height) * 0.45]
    return { x: width / 2 + radius * Math.cos(angle), y: height / 2 + radius * Math.sin(angle) }
  }
  const ordered = [...nodes].sort((a, b) => Number(b.centre) - Number(a.centre) || (a.id < b.id ? -1 : 1))
  const at = new Map(ordered.map((n, i) => [n.id, n.centre ? { x: width / 2, y: height / 2 } : start(i)]))
  for (let round = 0; round < rounds; round++) {
    const most = (Math.min(width, height) / 8) * (1 - round / rounds)
    const moves = new Map(ordered.map((n) => [n.id, { x: 0, y: 0 }]))
    const push = (id: string, dx: number, dy: number, force: number): void => {
      const distance = Math.hypot(dx, dy) || 0.01
      moves.get(id)!.x += (dx / distance) * force
      moves.get(id)!.y += (dy / distance) * force
    }
    for (const a of ordered)
      for (const b of ordered) {
        if (a === b) continue
        const [p, q] = [at.get(a.id)!, at.get(b.id)!]
        const distance = Math.max(1, Math.hypot(p.x - q.x, p.y - q.y))
        push(a.id, p.x - q.x, p.y - q.y, (ideal * ideal) / distance)
      }
    for (const { from, to } of ties) {
      const [p, q] = [at.get(from), at.get(to)]
      if (!p || !q) continue
      const pull = (p.x - q.x) ** 2 + (p.y - q.y) ** 2
      push(from, q.x - p.x, q.y - p.y, pull / ideal)
      push(to, p.x - q.x, p.y - q.y, pull / ideal)
    }
    for (const n of ordered) {
      if (n.centre) continue
      const [p, move] = [at.get(n.id)!, moves.get(n.id)!]
      const length = Math.hypot(move.x, move.y) || 1
      const step = Math.min(length, most)
      p.x = Math.min(width, Math.max(0, p.x + (move.x / length) * step))
      p.y = Math.min(height, Math.max(0, p.y + (move.y / length) * step))
    }
  }
  return at
}
