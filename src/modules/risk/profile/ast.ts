/** What a profile says, as a tree. `at` is the offset in the text, for messages; it is no part of the meaning and of no hash. */

export type Place = { at: number }
export type ValueType = 'boolean' | 'number' | 'money' | 'mass' | 'date' | 'duration' | 'text' | 'list'

/** Money is whole major units as a numeral with its currency, mass is in kg, dates and durations are in days (dates since 1970-01-01). */
export type Literal = Place & { kind: 'literal'; type: ValueType; value: number | string | boolean; currency?: string }
export type Field = Place & { kind: 'field'; name: string }

export type Comparison = '=' | '!=' | '<' | '<=' | '>' | '>='
export type Measure = 'count' | 'sum' | 'average' | 'share' | 'distinct' | 'hitRate'

export type Window = Place & { kind: 'window'; keys: Field[]; days: number; where?: Node; measure: Measure; of?: Field }

export type Node =
  | Literal
  | Field
  | Window
  | (Place & { kind: 'and' | 'or'; of: Node[] })
  | (Place & { kind: 'not' | 'negate'; of: Node })
  | (Place & { kind: 'compare'; operator: Comparison; left: Node; right: Node })
  | (Place & { kind: 'arithmetic'; operator: '+' | '-' | '*' | '/'; left: Node; right: Node })
  | (Place & { kind: 'between'; of: Node; low: Node; high: Node })
  | (Place & { kind: 'in'; of: Node; list: Literal[]; /** the list's name, where the entries come from one */ named?: string })
  | (Place & { kind: 'under'; of: Node; list: Literal[]; named?: string })
  | (Place & { kind: 'matches'; of: Node; text: string })
  | (Place & { kind: 'contains'; of: Node; text: string })
  | (Place & { kind: 'similar'; of: Node; text: string; least: number })
  | (Place & { kind: 'exists'; of: Field })
  | (Place & { kind: 'items'; quantifier: 'any' | 'all' | 'count' | 'sum'; of: Node })

export type Lane = 'green' | 'blue' | 'yellow' | 'red'

/** The whole profile. `office` is absent for a national one; `percent` and `maxRun` are of its hits. */
export type ProfileTree = {
  name: string
  office?: string
  lane: Lane
  percent: number
  maxRun?: number
  validFrom?: string
  validTo?: string
  when: Node
  instruction: string
}

/** The nodes directly below. */
export const childrenOf = (node: Node): Node[] => {
  switch (node.kind) {
    case 'literal':
    case 'field':
      return []
    case 'window':
      return node.where ? [node.where] : []
    case 'and':
    case 'or':
      return node.of
    case 'compare':
    case 'arithmetic':
      return [node.left, node.right]
    case 'between':
      return [node.of, node.low, node.high]
    default:
      return [node.of]
  }
}
