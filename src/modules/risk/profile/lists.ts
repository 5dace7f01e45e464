/** Named lists inside a condition: their entries are filled in when it is checked, their name stays for its meaning. */
import type { Issue } from '#kernel/issue.ts'
import type { Node, ProfileTree } from './ast.ts'
import { childrenOf } from './ast.ts'
import { issueAt } from './lexer.ts'

/** Entries by the name of a list, as they are now. */
export type Lists = ReadonlyMap<string, readonly string[]>
export const noLists: Lists = new Map()

/** Names of the lists that a condition asks, sorted. */
export const listsOf = (node: Node): string[] => {
  const own = (node.kind === 'in' || node.kind === 'under') && node.named !== undefined ? [node.named] : []
  return [...new Set([...own, ...childrenOf(node).flatMap(listsOf)])].sort()
}

const filled = (node: Node, lists: Lists): Node => {
  switch (node.kind) {
    case 'in':
    case 'under':
      return {
        ...node,
        of: filled(node.of, lists),
        ...(node.named !== undefined && {
          list: (lists.get(node.named) ?? []).map((value) => ({ at: node.at, kind: 'literal' as const, type: 'text' as const, value })),
        }),
      }
    case 'and':
    case 'or':
      return { ...node, of: node.of.map((n) => filled(n, lists)) }
    case 'compare':
    case 'arithmetic':
      return { ...node, left: filled(node.left, lists), right: filled(node.right, lists) }
    case 'between':
      return { ...node, of: filled(node.of, lists), low: filled(node.low, lists), high: filled(node.high, lists) }
    case 'window':
      return node.where ? { ...node, where: filled(node.where, lists) } : node
    case 'not':
    case 'negate':
    case 'matches':
    case 'contains':
    case 'similar':
      return { ...node, of: filled(node.of, lists) }
    case 'items':
      return { ...node, of: filled(node.of, lists) }
    default:
      return node
  }
}

const unknownLists = (text: string, node: Node, lists: Lists): Issue[] => [
  ...((node.kind === 'in' || node.kind === 'under') && node.named !== undefined && !lists.has(node.named)
    ? [issueAt(text, 'risk.list_unknown', node.at, { name: node.named.slice(0, 60) })]
    : []),
  ...childrenOf(node).flatMap((n) => unknownLists(text, n, lists)),
]

/** The tree with the entries of its lists; every list that does not exist is told with its place. */
export const withLists = (text: string, tree: ProfileTree, lists: Lists): { tree: ProfileTree; issues: Issue[] } => ({
  tree: { ...tree, when: filled(tree.when, lists) },
  issues: unknownLists(text, tree.when, lists),
})
