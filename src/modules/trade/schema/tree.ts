/** Browsing the tariff: the tree, the lists beside it. */
import { Type, type Static } from 'typebox'
import { AdministrationCode, LegalDate, Names } from '#schema/reference'
import { closed, language, optional, text } from './common.ts'
import { MeasureView } from './views.ts'
import { termKinds } from './nomenclature.ts'

export const TreeQuery = Type.Object(
  {
    administration: optional(AdministrationCode),
    date: optional(LegalDate),
    /** a line (`8528`, `0102299100/10`); its children are answered. The chapters when absent */
    key: optional(Type.String({ pattern: '^[0-9]{2,10}(/[0-9]{2})?$' })),
    /** the tariff as it was known at this instant */
    knownAt: optional(Type.String({ pattern: '^\\d{4}-\\d{2}-\\d{2}T[0-9:.]{5,15}Z$' })),
    language,
  },
  closed,
)
export const TreeNode = Type.Object(
  {
    key: text(13),
    code: text(10),
    suffix: optional(text(2)),
    name: text(500),
    declarable: Type.Boolean(),
    children: Type.Integer(),
    /** how many measures sit on this very line */
    measures: Type.Integer(),
    duty: optional(text(1000)),
    supplementaryUnit: optional(text(12)),
  },
  { ...closed, title: 'TariffTreeNode' },
)
export type TreeNode = Static<typeof TreeNode>

export const ShowQuery = Type.Object(
  {
    administration: optional(AdministrationCode),
    date: optional(LegalDate),
    origin: optional(Type.String({ pattern: '^[A-Z]{2}$' })),
    /** additional codes stated, with commas: Meursing rows are found by theirs */
    codes: optional(Type.String({ pattern: '^[A-Z0-9]{4}(,[A-Z0-9]{4})*$', maxLength: 100 })),
    knownAt: optional(Type.String({ pattern: '^\\d{4}-\\d{2}-\\d{2}T[0-9:.]{5,15}Z$' })),
    language,
  },
  closed,
)
export const ShowParams = Type.Object({ code: Type.String({ pattern: '^[0-9]{2,10}$' }) }, closed)

/** A record as the editor takes it up: what is known of it now, and what was known before. */
export const RecordHistory = Type.Object(
  {
    key: text(80),
    records: Type.Array(
      Type.Object(
        { row: Type.Unknown(), view: optional(MeasureView), recordedFrom: text(30), recordedTo: optional(text(30)), batch: optional(text(40)) },
        closed,
      ),
    ),
  },
  closed,
)
export const TermQuery = Type.Object(
  {
    administration: optional(AdministrationCode),
    kind: Type.Enum([...termKinds]),
    q: optional(text(100)),
    date: optional(LegalDate),
    language,
    limit: optional(Type.Integer({ minimum: 1, maximum: 1000 })),
  },
  closed,
)
export const AreaView = Type.Object(
  {
    administration: optional(AdministrationCode),
    code: text(4),
    name: text(500),
    names: Names,
    members: Type.Array(text(4)),
    validFrom: LegalDate,
    validTo: optional(LegalDate),
  },
  closed,
)
