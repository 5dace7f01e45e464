/** Changes made on a screen, told like those of a message: pointers to what changed, and the changed data. */
import { diff } from '../amendment.ts'
import { pointersOf } from '../messages/index.ts'
import type { DeclarationDocument } from '../schema/document.ts'
import type { Unreported } from '../schema/lifecycle.ts'

/** Header elements that changed, and each changed goods item whole. */
const deltaOf = (before: DeclarationDocument, after: DeclarationDocument): DeclarationDocument => {
  const changed = (a: unknown, b: unknown): boolean => JSON.stringify(a) !== JSON.stringify(b)
  const header = Object.fromEntries(Object.entries(after).filter(([k, v]) => k !== 'items' && changed(v, before[k as keyof DeclarationDocument])))
  const old = new Map(before.items.map((i) => [i.itemNumber, i]))
  return { ...header, function: 'original', items: after.items.filter((i) => changed(i, old.get(i.itemNumber))) }
}

export const unreportedOf = (before: DeclarationDocument, after: DeclarationDocument): Unreported => {
  const changes = diff(before, after)
  return { changes, amendments: changes.map((c) => ({ pointers: pointersOf(c.path, after) })), information: [], delta: deltaOf(before, after) }
}
