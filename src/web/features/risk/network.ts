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

/** Where a name stands beside its sign, and which of its ends is there. */
export type NamePlace = Place & { anchor: 'start' | 'middle' | 'end' }

// Of a font of 11 px, on the whole; names are drawn a little wider apart than they are.
const letter = 6.2
const line = 13
const signHalf = 9

type Area = { left: number; right: number; top: number; bottom: number }
const areaOf = ({ x, y, anchor }: NamePlace, width: number): Area => {
  const left = anchor === 'start' ? x : anchor === 'end' ? x - width : x - width / 2
  return { left, right: left + width, top: y - line + 3, bottom: y + 3 }
}
const covered = (a: Area, b: Area): number =>
  Math.max(0, Math.min(a.right, b.right) - Math.max(a.left, b.left)) * Math.max(0, Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top))

/**
 * A place for every name on a paper of `width` pixels: below its sign, else above or beside it, where it covers least of the signs and of the names before it.
 * Who stands first keeps the usual place.
 */
export const placeNames = (nodes: readonly { id: string; name: string; at: Place }[], width: number): Map<string, NamePlace> => {
  const signs = nodes.map(({ at }) => ({ left: at.x - signHalf, right: at.x + signHalf, top: at.y - signHalf, bottom: at.y + signHalf }))
  const names: Area[] = []
  return new Map(
    nodes.map(({ id, name, at }) => {
      const choices: NamePlace[] = [
        { x: at.x, y: at.y + 22, anchor: 'middle' },
        { x: at.x, y: at.y - 12, anchor: 'middle' },
        { x: at.x + 13, y: at.y + 4, anchor: 'start' },
        { x: at.x - 13, y: at.y + 4, anchor: 'end' },
      ]
      const cost = (choice: NamePlace): number => {
        const area = areaOf(choice, name.length * letter)
        const beyond = (Math.max(0, -area.left) + Math.max(0, area.right - width)) * line
        return beyond + [...signs, ...names].reduce((sum, other) => sum + covered(area, other), 0)
      }
      const best = choices.reduce((a, b) => (cost(b) < cost(a) ? b : a))
      names.push(areaOf(best, name.length * letter))
      return [id, best]
    }),
  )
}
