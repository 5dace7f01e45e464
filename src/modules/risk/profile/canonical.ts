/** The meaning of a profile as text: canonical JSON without places in the source, short names spelt out, lists in order. Its hash identifies a version. */
import { canonicalJson } from '#kernel/canonical-json.ts'
import type { Node, ProfileTree } from './ast.ts'
import { fieldNamed } from './fields.ts'

const plain = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(plain)
  if (typeof value !== 'object' || value === null) return value
  const node = value as { kind?: string; name?: string; list?: unknown[]; named?: string }
  const entries = Object.entries(value)
    .filter(([k]) => k !== 'at')
    .map(([k, v]): [string, unknown] => [k, plain(v)])
  const copy = Object.fromEntries(entries) as Record<string, unknown>
  if (node.kind === 'field') copy['name'] = fieldNamed(node.name!)?.name ?? node.name
  // What a list holds today is no part of what the profile says.
  if (node.named !== undefined) copy['list'] = []
  else if (node.list)
    copy['list'] = [...new Map((copy['list'] as unknown[]).map((l) => [canonicalJson(l), l])).entries()]
      .toSorted(([a], [b]) => (a < b ? -1 : 1))
      .map(([, l]) => l)
  return copy
}

export const canonicalNode = (node: Node): string => canonicalJson(plain(node))
export const canonicalProfile = (tree: ProfileTree): string => canonicalJson(plain(tree))
