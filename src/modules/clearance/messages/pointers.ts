/** WCO pointers and pointers into a canonical declaration, both ways, counted in the declaration's own message where it is given. */
import type { DeclarationDocument } from '../schema/document.ts'
import type { PointerStep } from '../schema/notification.ts'
import { newIssues } from './issues.ts'
import { buildTree } from './wco/build-tree.ts'
import { messages } from './wco/definition.ts'
import { pathToSteps, stepsToPath } from './wco/steps.ts'
import { declarationToWire, fromWirePath, toWirePath } from './wire.ts'
import type { XmlNode } from './xml.ts'

const trees = new WeakMap<DeclarationDocument, XmlNode>()

const treeOf = (document: DeclarationDocument): XmlNode => {
  const known = trees.get(document)
  if (known) return known
  const tree = buildTree(messages.declaration, declarationToWire(document), newIssues())
  trees.set(document, tree)
  return tree
}

/**
 * The WCO pointer to a place in a declaration: `/items/2/description` → 42A, 67A, 68A #3, 23A tag 137. Without the document, the
 * occurrence of a classification, origin or procedure is left open. A place that messages do not know points to the nearest around it.
 */
export const pointersOf = (path: string, document?: DeclarationDocument): PointerStep[] =>
  pathToSteps(toWirePath(path, document ?? {}), document && treeOf(document))

/** The place in a declaration that a WCO pointer leads to, as far as it can be followed; undefined when it leads nowhere. */
export const pathOf = (steps: readonly PointerStep[], document?: DeclarationDocument): string | undefined => {
  const path = stepsToPath(steps, document && treeOf(document))
  return path === undefined ? undefined : fromWirePath(path, document ?? {})
}
