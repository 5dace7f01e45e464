/**
 * Referrals before loading or arrival (EU ICS2, Implementing Regulation (EU) 2015/2447 Art. 186): a request for information (RfI), for
 * amendment (RfA), for security screening (RfS), or the order not to load (DNL). The office or agency that asked decides on the answer.
 */
import { Type, type Static } from 'typebox'
import { Person } from './profile.ts'

const closed = { additionalProperties: false } as const
const nullable = <T extends Parameters<typeof Type.Union>[0][number]>(of: T) => Type.Union([of, Type.Null()])
const text = (max: number, min = 0) => Type.String({ minLength: min, maxLength: max })

export const referralKinds = ['RfI', 'RfA', 'RfS', 'DNL'] as const
export const ReferralKind = Type.Enum([...referralKinds])
export const referralStatuses = ['issued', 'answered', 'resolved', 'expired', 'lifted'] as const
export const ReferralStatus = Type.Enum([...referralStatuses])
export type ReferralStatus = (typeof referralStatuses)[number]

export const IssueReferral = Type.Object(
  {
    kind: ReferralKind,
    /** MRN of what it is about */ reference: Type.String({ pattern: '^[0-9A-Z]{18}$' }),
    question: text(2000, 1),
    /** hours until the answer is due; an order not to load has no deadline */
    hours: Type.Optional(Type.Integer({ minimum: 1, maximum: 720 })),
    /** the referral that this one follows */ previousId: Type.Optional(text(60)),
  },
  closed,
)
export type IssueReferral = Static<typeof IssueReferral>

export const Referral = Type.Object(
  {
    id: text(60),
    kind: ReferralKind,
    status: ReferralStatus,
    subject: Type.Object({ kind: text(40), id: text(60) }, closed),
    reference: text(18),
    /** registration of who must answer: the declarant */ recipient: text(35),
    office: text(20),
    agency: text(20),
    question: text(2000),
    issuedBy: Person,
    issuedAt: text(40),
    deadlineAt: nullable(text(40)),
    previousId: nullable(text(60)),
    answers: Type.Array(Type.Object({ by: text(200), at: text(40), text: text(4000) }, closed)),
    closedBy: nullable(Person),
    closedAt: nullable(text(40)),
    conclusion: nullable(text(2000)),
  },
  { ...closed, title: 'Referral' },
)
export type Referral = Static<typeof Referral>

type Step = { permission: string; next: ReferralStatus }
const issue = 'risk:referral:issue'
/** status → command → who may, and where it leads. */
export const referralTransitions: Readonly<Record<ReferralStatus, Readonly<Partial<Record<'answer' | 'resolve' | 'lift' | 'expire', Step>>>>> = {
  issued: {
    answer: { permission: 'risk:referral:answer', next: 'answered' },
    resolve: { permission: issue, next: 'resolved' },
    lift: { permission: issue, next: 'lifted' },
    expire: { permission: 'system', next: 'expired' },
  },
  answered: { answer: { permission: 'risk:referral:answer', next: 'answered' }, resolve: { permission: issue, next: 'resolved' } },
  expired: { resolve: { permission: issue, next: 'resolved' } },
  resolved: {},
  lifted: {},
}
