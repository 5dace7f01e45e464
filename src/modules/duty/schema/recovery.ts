/** Demands for debts that were charged, until they are paid, set off or given up. */
import { Type, type Static } from 'typebox'
import { LegalDate } from '#schema/reference'
import { closed, grounds, instant, MoneyShape, orNone, reference, text } from './common.ts'
import { Interest, TaxAmount } from './terms.ts'

export const claimKinds = ['additional', 'post_clearance', 'interest', 'guarantor', 'instalment'] as const
export const claimStages = ['demanded', 'reminded', 'enforcement', 'closed'] as const
export type ClaimStage = (typeof claimStages)[number]
export const Proposal = Type.Object(
  { kind: Type.Enum(['write_off', 'remission']), by: text(60), byName: text(200), grounds: text(2000), at: instant },
  closed,
)

export const ClaimRow = Type.Object(
  {
    number: text(40),
    kind: Type.Enum([...claimKinds]),
    reference: text(70, 'what the debtor names when paying'),
    origin: text(70, 'the declaration or plan it arises from'),
    payer: text(35),
    outstanding: MoneyShape,
    dueOn: LegalDate,
    stage: Type.Enum([...claimStages]),
    outcome: orNone(Type.Enum(['covered', 'written_off', 'withdrawn'])),
    openedAt: instant,
    proposal: orNone(Proposal),
  },
  { ...closed, title: 'Claim' },
)
export type ClaimRow = Static<typeof ClaimRow>

export const ClaimView = Type.Object(
  {
    ...ClaimRow.properties,
    total: MoneyShape,
    law: text(100),
    grounds: text(2000),
    lines: Type.Array(Type.Object({ taxType: text(3), money: MoneyShape, settled: MoneyShape }, closed)),
    /** on what is outstanding, to today; charged when the debt is paid */
    interest: orNone(Interest),
    /** money of the debtor that could be set off: UCC Art. 109(1) */
    credits: Type.Array(Type.Object({ account: text(70), money: MoneyShape }, closed)),
    history: Type.Array(Type.Object({ at: instant, who: text(200), what: text(60), grounds: text(2000) }, closed)),
  },
  { ...closed, title: 'ClaimCase' },
)
export type ClaimView = Static<typeof ClaimView>

/** A demand of its own: what post-clearance control found to be owed (UCC Art. 105(4)). */
export const RaiseClaim = Type.Object(
  {
    origin: reference,
    payer: Type.String({ minLength: 1, maxLength: 35 }),
    lines: Type.Array(TaxAmount, { minItems: 1, maxItems: 50 }),
    grounds,
    law: Type.String({ minLength: 1, maxLength: 100 }),
  },
  closed,
)
export const Grounds = Type.Object({ grounds }, closed)
export const SetOff = Type.Object({ account: reference, money: MoneyShape }, closed)
export const GiveUp = Type.Object({ kind: Type.Enum(['write_off', 'remission']), grounds }, closed)
