/** Merkle tree hash of RFC 6962, section 2.1, over a stream: one hash for each level is all it keeps. */
import { createHash } from 'node:crypto'

const hash = (prefix: number, ...parts: Buffer[]): Buffer => {
  const h = createHash('sha256').update(Buffer.of(prefix))
  for (const part of parts) h.update(part)
  return h.digest()
}

export type Tree = { add: (leaf: string) => void; root: () => string; count: () => number }

/** Leaves and nodes are hashed under different prefixes, so that no node can pass for a leaf. The root of no leaves is the hash of nothing. */
export const createTree = (): Tree => {
  // subtrees of falling size; their sizes are the bits of count
  const complete: Buffer[] = []
  let count = 0
  return {
    add: (leaf) => {
      let node = hash(0, Buffer.from(leaf))
      for (let rest = count; rest % 2 === 1; rest = Math.floor(rest / 2)) node = hash(1, complete.pop()!, node)
      complete.push(node)
      count++
    },
    root: () => {
      if (count === 0) return createHash('sha256').digest('hex')
      return complete.reduceRight((right, left) => hash(1, left, right)).toString('hex')
    },
    count: () => count,
  }
}
