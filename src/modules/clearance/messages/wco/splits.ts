/**
 * Classes whose occurrences are different things by a code inside them: each slot is one of these things and the field it becomes.
 * A definition names them in parentheses. What fits no slot is kept in `other`, and `order` remembers a sequence that is not ours.
 */

export type Leaves = Readonly<Record<string, string>>

export type Slot = {
  key: string
  field: string
  many: boolean
  /** the value in the canonical document, or undefined when this occurrence is not of this slot */
  read: (leaves: Leaves) => unknown
  /** the leaves again; undefined when the message cannot say this */
  write: (value: unknown) => Leaves | undefined
  /** of a value that is an object: which member a leaf is */
  members?: Readonly<Record<string, string>>
}

const only = (leaves: Leaves, ...names: string[]): boolean => Object.keys(leaves).every((name) => names.includes(name))

/** One leaf says what it is, the other is the value. */
const coded =
  (codeLeaf: string, valueLeaf: string) =>
  (key: string, field: string, many = false): Slot => ({
    key,
    field,
    many,
    read: (leaves) => (leaves[codeLeaf] === key && only(leaves, codeLeaf, valueLeaf) ? leaves[valueLeaf] : undefined),
    write: (value) => ({ [valueLeaf]: String(value), [codeLeaf]: key }),
  })

const members = { CategoryCode: 'category', TypeCode: 'type' } as const

const headerDocument = (key: string, field: string, idMember: string, isOne: (leaves: Leaves) => boolean): Slot => {
  const all: Record<string, string> = { ...members, ID: idMember }
  return {
    key,
    field,
    many: true,
    members: all,
    read: (leaves) => (isOne(leaves) ? Object.fromEntries(Object.entries(leaves).map(([leaf, text]) => [all[leaf]!, text])) : undefined),
    write: (value) => {
      const object = value as Record<string, string | undefined>
      return Object.fromEntries(Object.entries(all).flatMap(([leaf, member]) => (object[member] === undefined ? [] : [[leaf, object[member]]])))
    },
  }
}

const classification = coded('IdentificationTypeCode', 'ID')
const origin = coded('TypeCode', 'CountryCode')
const communication = coded('TypeCode', 'ID')

export const splits: Readonly<Record<string, readonly Slot[]>> = {
  /** DE 6/13 to 6/17 */
  classification: [
    classification('CV', 'cusCode'),
    classification('TSP', 'hsCode'),
    classification('TRC', 'taricCode'),
    classification('TRA', 'taricAdditional', true),
    classification('GN', 'nationalAdditional', true),
  ],
  /** DE 5/15 and 5/16 */
  origin: [origin('1', 'origin'), origin('2', 'preferentialOrigin')],
  /** UN/EDIFACT 3155 */
  communication: [communication('TE', 'phone'), communication('EM', 'email')],
  /** DE 1/10 is requested and previous procedure, two characters each; DE 1/11 has a single code of three. */
  procedure: [
    {
      key: 'P',
      field: 'procedure',
      many: false,
      read: ({ CurrentCode: current, PreviousCode: previous = '', ...rest }) =>
        current?.length === 2 && previous.length <= 2 && only(rest) ? current + previous : undefined,
      write: (value) => ({ CurrentCode: String(value).slice(0, 2), ...(String(value).length > 2 && { PreviousCode: String(value).slice(2) }) }),
    },
    {
      key: 'A',
      field: 'additionalProcedures',
      many: true,
      read: ({ CurrentCode: current, ...rest }) => (current !== undefined && current.length !== 2 && only(rest) ? current : undefined),
      write: (value) => (String(value).length === 2 ? undefined : { CurrentCode: String(value) }),
    },
  ],
  /** DE 2/6 deferred payment; all else that stands at the header is a document */
  headerDocument: [
    headerDocument('DAN', 'deferments', 'account', (leaves) => leaves.TypeCode === 'DAN'),
    headerDocument('D', 'documents', 'id', () => true),
  ],
}

/** Keys in the order in which they are written when nothing else is asked for. */
export const usualOrder = (slots: readonly Slot[], keys: readonly string[]): string[] =>
  slots.flatMap((slot) => keys.filter((key) => key === slot.key))
