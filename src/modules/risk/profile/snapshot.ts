/** A subject by the names of its fields: what a decision keeps, readable in twenty years, whatever places the fields have then. */
import type { Subject, Value } from './closures.ts'
import { fieldCount, fieldNamed, type Scope } from './fields.ts'
import type { Snapshot } from '../schema/selection.ts'

type Named = Snapshot['declaration']

const arranged = (scope: Scope, values: Named): Value[] => {
  const list = Array.from({ length: fieldCount(scope) }, (): Value => undefined)
  for (const [name, value] of Object.entries(values)) {
    const info = fieldNamed(name)
    // A field that the language has lost since is unknown to it.
    if (info?.scope === scope) list[info.place] = value as Value
  }
  return list
}

/** The subject as conditions read it. */
export const subjectFrom = (s: Snapshot): Subject => ({
  declaration: arranged('declaration', s.declaration),
  items: s.items.map((i) => arranged('item', i)),
})
