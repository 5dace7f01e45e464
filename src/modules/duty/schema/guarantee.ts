/** Guarantees: their reference amounts, and what is held on them. */
import { Type, type Static } from 'typebox'
import { LegalDate } from '#schema/reference'
import { closed, grounds, instant, MoneyShape, optional, orNone, reference, text } from './common.ts'

export const OpenGuarantee = Type.Object(
  {
    code: Type.String({ pattern: '^[A-Z0-9-]{3,35}$', description: 'guarantee reference (DE 8/3)' }),
    owner: Type.String({ minLength: 1, maxLength: 35 }),
    kind: Type.Enum(['individual', 'comprehensive']),
    guarantor: Type.String({ minLength: 1, maxLength: 35 }),
    guarantorName: Type.String({ minLength: 1, maxLength: 200 }),
    referenceAmount: MoneyShape,
    levelPercent: Type.Integer({ description: '100, 50, 30 or 0: UCC Art. 95' }),
    validFrom: LegalDate,
    validTo: optional(LegalDate),
    onlyFor: optional(reference),
  },
  closed,
)
export type OpenGuarantee = Static<typeof OpenGuarantee>
export const ChangeGuarantee = Type.Object(
  { referenceAmount: optional(MoneyShape), validTo: optional(LegalDate), status: optional(Type.Enum(['open', 'blocked'])), grounds },
  closed,
)
export const CallGuarantee = Type.Object({ reference, grounds }, closed)
export const GuaranteeView = Type.Object(
  {
    code: text(70),
    owner: text(35),
    kind: Type.Enum(['individual', 'comprehensive']),
    guarantor: text(35),
    guarantorName: text(200),
    referenceAmount: MoneyShape,
    /** what the guarantor undertakes: the level's share of the reference amount */ guaranteed: MoneyShape,
    levelPercent: Type.Integer(),
    used: MoneyShape,
    available: MoneyShape,
    status: Type.Enum(['open', 'blocked', 'closed', 'expired']),
    validFrom: orNone(LegalDate),
    validTo: orNone(LegalDate),
    onlyFor: orNone(text(70)),
  },
  { ...closed, title: 'Guarantee' },
)
export type GuaranteeView = Static<typeof GuaranteeView>
export const UsageRow = Type.Object({ reference: text(70), since: instant, money: MoneyShape, claim: orNone(text(40)) }, closed)
export type UsageRow = Static<typeof UsageRow>
