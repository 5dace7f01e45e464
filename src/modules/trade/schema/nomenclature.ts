/** The nomenclature (what goods are called), areas, and the lists that describe codes which measures use. All bitemporal. */
import { Type, type Static } from 'typebox'
import { AdministrationCode, Names } from '#schema/reference'
import { closed, optional, text, validity } from './common.ts'

/** A line is named by its code, and by its suffix where that is not 80: `0102299100/10`. */
const lineKey = Type.String({ pattern: '^[0-9]{2,10}(/[0-9]{2})?$' })

/**
 * One line of the nomenclature. The tree follows `parent`, not digits: lines of a suffix other than 80 only group what follows them and
 * share its code (TARIC product line suffix). Only a declarable line may stand in a declaration.
 */
export const Commodity = Type.Object(
  {
    administration: AdministrationCode,
    code: Type.String({ pattern: '^[0-9]{2,10}$' }),
    /** product line suffix; 80 when absent */
    suffix: optional(Type.String({ pattern: '^[0-9]{2}$' })),
    /** dashes before the description */
    indent: optional(Type.Integer({ minimum: 0, maximum: 20 })),
    parent: optional(lineKey),
    names: Names,
    declarable: Type.Boolean(),
    footnotes: optional(Type.Array(text(6))),
    ...validity,
  },
  { ...closed, title: 'Commodity' },
)
export type Commodity = Static<typeof Commodity>

/** How a line is named within its administration. */
export const keyOf = (c: { code: string; suffix?: string }): string => (c.suffix && c.suffix !== '80' ? `${c.code}/${c.suffix}` : c.code)

/** A group's members may be groups themselves. Without an administration it is everybody's; an administration's own comes before that. */
export const Area = Type.Object(
  { administration: optional(AdministrationCode), code: text(4), names: Names, members: Type.Array(text(4)), ...validity },
  closed,
)
export type Area = Static<typeof Area>

export const termKinds = ['certificate', 'footnote', 'additional-code'] as const
/** A code of a described list: certificates (C644, N851, Y…), footnotes, additional codes (2xxx preference, 7xxx Meursing, 8 A B C remedy, X excise). */
export const Term = Type.Object(
  { administration: AdministrationCode, kind: Type.Enum([...termKinds]), code: text(10), names: Names, ...validity },
  { ...closed, title: 'TariffTerm' },
)
export type Term = Static<typeof Term>
