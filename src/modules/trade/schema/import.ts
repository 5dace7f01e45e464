/** Importing a tariff file: what is sent, what is answered. */
import { Type, type Static } from 'typebox'
import { AdministrationCode, LegalDate } from '#schema/reference'
import { DifferenceCounts } from './change.ts'
import { closed, optional, text } from './common.ts'

export const TariffFile = Type.Object(
  {
    kind: Type.Enum(['hs', 'usitc', 'uk', 's301']),
    administration: AdministrationCode,
    /** first day of what the file says, where it does not say its own */
    effectiveFrom: LegalDate,
    fileName: Type.String({ minLength: 1, maxLength: 200 }),
    title: optional(Type.String({ minLength: 3, maxLength: 200 })),
    content: Type.String({ minLength: 1 }),
    repair: optional(Type.Boolean({ description: 'take a code that lost its leading zero for what it was meant to be' })),
    dryRun: optional(Type.Boolean()),
  },
  closed,
)
export type TariffFile = Static<typeof TariffFile>

const Issues = Type.Array(
  Type.Object({ code: text(60), severity: text(10), path: text(200), params: optional(Type.Record(Type.String(), Type.Unknown())) }, closed),
)
const count = Type.Integer()
export const ImportReport = Type.Object(
  {
    rows: Type.Object({ read: count, taken: count, refused: count, ignored: count }, closed),
    records: Type.Object({ commodities: count, measures: count, areas: count, terms: count }, closed),
    difference: DifferenceCounts,
    byWhat: Type.Record(Type.String(), DifferenceCounts),
    refused: Issues,
    ignored: Issues,
    remarks: Type.Array(Type.Object({ code: text(60), count, first: Issues.items }, closed)),
    /** null when the file says nothing that the tariff does not say already */
    proposalId: optional(Type.Union([text(40), Type.Null()])),
  },
  { ...closed, title: 'TariffImportReport' },
)
export type ImportReport = Static<typeof ImportReport>
