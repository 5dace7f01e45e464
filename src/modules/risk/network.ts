/** A firm and what it shares with others, as nodes and edges. Pure. */
import type { Entity, EntityEdge, EntityNode } from './schema/entity.ts'

export type Linked = {
  kind: 'broker' | 'seller' | 'vehicle'
  value: string
  declarations: number
  others: readonly { id: string; declarations: number }[]
}
export type Tied = { kind: 'address' | 'phone' | 'director' | 'bank-account' | 'website'; value: string; registration: string; source: string }

/** `names`: of operators, by registration; `found`: findings at the centre. */
export const networkOf = (
  id: string,
  links: readonly Linked[],
  ties: readonly Tied[],
  names: ReadonlyMap<string, string>,
  found: number,
): Pick<Entity, 'nodes' | 'edges'> => {
  const nodes = new Map<string, EntityNode>()
  const edges = new Map<string, EntityEdge>()
  const firm = (registration: string, kind: 'firm' | 'broker' = 'firm'): string => {
    const known = nodes.get(registration)
    if (!known)
      nodes.set(registration, {
        id: registration,
        kind,
        label: names.get(registration) ?? registration,
        centre: registration === id,
        found: registration === id ? found : null,
      })
    return registration
  }
  const thing = (kind: EntityNode['kind'], value: string): string => {
    const key = `${kind}:${value}`
    nodes.set(key, { id: key, kind, label: value, centre: false, found: null })
    return key
  }
  const join = (from: string, to: string, kind: string, declarations: number | null, source: string | null): void =>
    void edges.set(`${from} ${to} ${kind}`, { from, to, kind, declarations, source })
  firm(id)
  for (const l of links) {
    const other = l.kind === 'broker' ? firm(l.value, 'broker') : thing(l.kind, l.value)
    join(id, other, l.kind, l.declarations, null)
    for (const o of l.others) join(firm(o.id), other, l.kind, o.declarations, null)
  }
  for (const t of ties) join(firm(t.registration), thing(t.kind, t.value), t.kind, null, t.source)
  return { nodes: [...nodes.values()], edges: [...edges.values()] }
}
