/**
 * What the trade side is told, derived from what happened: one function from events to DMS notifications in the order that the
 * trade knows (spec: DMSACC, DMSTAX 67, DMSCTL/DMSDOC, DMSTAX 4, DMSRES, DMSCLE). Pure but for the message ids handed in.
 */
import { formatMoney } from '#kernel/money.ts'
import type { Issue } from '#kernel/issue.ts'
import type { Assessment, TaxLine } from '#schema/duty'
import type { DeclarationEvent } from '../declaration.ts'
import type { Command } from '../decide/index.ts'
import { clearanceIssues } from '../issues.ts'
import { pointersOf } from '../messages/index.ts'
import type { DeclarationDocument } from '../schema/document.ts'
import { notifiesDebt } from '../rules/dataset.ts'
import type { DeclarationState, Unreported } from '../schema/lifecycle.ts'
import { notificationNames, type Notification } from '../schema/notification.ts'

export type Happened = { event: DeclarationEvent; before: DeclarationState | null; after: DeclarationState; command: Command }
export type Telling = { at: string; newMessageId: () => string; bank?: { reference: string; account: string } }

type Part = Partial<Omit<Notification, 'messageId' | 'issuedAt' | 'functionCode' | 'name' | 'declaration'>> & {
  declaration?: Partial<Notification['declaration']>
}

type Code = keyof typeof notificationNames

/** Status codes of DMSTAX and DMSREQ. 41 for a refused request is ours: the public samples show grants only. */
const taxStatus = { indicative: '67', final: '4', secured: '115' } as const
const requestStatus = { granted: '39', refused: '41' } as const

/** Goods for which a quota had no share are told as items of their own, behind all others. */
const numbersOf = (a: Assessment): ((line: TaxLine) => number) => {
  const last = a.items.reduce((most, i) => Math.max(most, i.itemNumber), 0)
  const parted = [...new Set(a.lines.filter((l) => l.rest).map((l) => l.itemNumber))]
  return (l) => (l.rest ? last + 1 + parted.indexOf(l.itemNumber) : l.itemNumber)
}

const taxLines = (a: Assessment, numberOf = numbersOf(a)): NonNullable<Notification['taxLines']> =>
  a.lines.map((l) => ({
    itemNumber: numberOf(l),
    type: l.type,
    ...(l.preference && { regime: l.preference }),
    ...(l.rate !== null && { rate: l.rate }),
    ...('amount' in l.base ? { base: { amount: formatMoney(l.base.amount), currency: l.base.amount.currency } } : {}),
    deduct: { amount: formatMoney(l.deduct), currency: l.deduct.currency },
    assessed: { amount: formatMoney(l.assessed), currency: l.assessed.currency },
    payable: { amount: formatMoney(l.payable), currency: l.payable.currency },
  }))

const errorOf =
  (document: DeclarationDocument) =>
  (i: Issue): NonNullable<Notification['errors']>[number] => ({
    code: clearanceIssues[i.code]?.foreign ?? 'CDS10020',
    description: i.code,
    path: i.path,
    pointers: pointersOf(i.path, document),
  })

const moneyText = (m: { minor: number; currency: string }) => ({ amount: formatMoney(m), currency: m.currency })

/** An export declared as arrived is not assessed for duty, and some data sets never are. */
const tellsTax = (s: DeclarationState): boolean => notifiesDebt(s.document)

type Tell = (code: Code, part?: Part, as?: { lrn?: string; version?: number | null }) => void
type Teller = (h: Happened, tell: Tell, all: readonly Happened[]) => void

const tax = (h: Happened, tell: Tell, status: keyof typeof taxStatus, bank?: Telling['bank']): void => {
  if (tellsTax(h.after) && h.after.assessment)
    tell('13', {
      statusCode: taxStatus[status],
      taxLines: taxLines(h.after.assessment),
      ...(bank && { bank: { reference: bank.reference, account: bank.account } }),
    })
}

const tellers: Partial<Record<DeclarationEvent['type'], Teller>> = {
  'declaration.lodged': ({ after }, tell, all) => {
    if (after.prelodged && !all.some((h) => h.event.type === 'declaration.rejected')) tell('02')
  },
  'declaration.rejected': ({ event, after }, tell) => {
    if (event.type === 'declaration.rejected')
      tell('03', { declaration: { rejectedAt: event.at }, errors: event.issues.filter((i) => i.severity === 'error').map(errorOf(after.document)) })
  },
  'declaration.arrived': ({ after, command }, tell) => {
    if (after.regime === 'import') tell('02', {}, { lrn: command.name === 'arrive' ? (command.lrn ?? after.lrn) : after.lrn, version: null })
  },
  'declaration.accepted': ({ after, event }, tell) => {
    const warnings = event.type === 'declaration.accepted' ? event.issues.filter((i) => i.severity === 'warning') : []
    tell('01', { declaration: { acceptedAt: after.acceptedAt! }, ...(warnings.length > 0 && { errors: warnings.map(errorOf(after.document)) }) })
  },
  // After a share was told the next notice is the final one.
  'declaration.assessed': (h, tell, all) => {
    if (all[0]!.event.type !== 'declaration.quota-allocated') tax(h, tell, 'indicative')
  },
  'declaration.control-opened': ({ event }, tell) => {
    if (event.type !== 'declaration.control-opened') return
    if (event.control.kind === 'physical') tell('05')
    else tell('06', { additionalInformation: [{ code: 'ACA', type: 'ACA', ...(event.control.dueAt && { limitAt: event.control.dueAt }) }] })
  },
  'declaration.payment-demanded': ({ event }, tell) => {
    if (event.type === 'declaration.payment-demanded')
      tell('14', { payments: [{ reference: event.settlement.reference, amount: moneyText(event.settlement.outstanding) }] })
  },
  'declaration.payment-reminded': ({ after }, tell) => {
    if (after.settlement) tell('15', { payments: [{ reference: after.settlement.reference, amount: moneyText(after.settlement.outstanding) }] })
  },
  'declaration.request-received': ({ event, before }, tell) => {
    if (event.type === 'declaration.request-received')
      tell('02', {}, { lrn: event.request.lrn, version: event.request.kind === 'invalidation' ? null : before!.version })
  },
  'declaration.amended': ({ event, before }, tell) => {
    if (event.type === 'declaration.amended')
      tell('11', { statusCode: requestStatus.granted, additionalInformation: [{ type: 'AFB' }] }, { lrn: event.lrn, version: before!.version })
  },
  'declaration.request-refused': ({ event, before }, tell) => {
    if (event.type === 'declaration.request-refused')
      tell(
        '11',
        { statusCode: requestStatus.refused, additionalInformation: [{ type: 'AFB', text: event.reason }] },
        { lrn: before!.request?.lrn ?? before!.lrn },
      )
  },
  'declaration.invalidated': ({ event, before }, tell) => {
    if (event.type !== 'declaration.invalidated') return
    tell('11', { statusCode: requestStatus.granted, additionalInformation: [{ type: 'AFB' }] }, { lrn: event.lrn, version: null })
    // What was never accepted is rejected rather than invalidated.
    if (!before!.acceptedAt) tell('03', { declaration: { rejectedAt: event.at } })
    else tell('10', { declaration: { cancelledAt: event.at }, additionalInformation: [{ code: '3', type: 'AFB' }] })
  },
  'declaration.covered': (h, tell, all) => {
    if (!releasedBeforeTheEnd(all)) tax(h, tell, 'final')
  },
  'declaration.released': ({ after }, tell, all) => {
    if (all.some((x) => x.event.type === 'declaration.cleared')) return
    if (tellsTax(after) && after.assessment) tell('13', { statusCode: taxStatus.secured, taxLines: taxLines(after.assessment) })
    tell('08', { additionalInformation: [{ code: 'A2', type: 'AFB' }] })
  },
  'declaration.exited': ({ event, after }, tell) => {
    if (event.type === 'declaration.exited')
      tell('16', { statusCode: 'A1', effectiveAt: event.at, additionalInformation: [{ type: 'CEX', text: event.office }], office: after.office })
  },
}

/** Released in this run and not yet cleared: the amounts are told as secured (115), not as final. */
const releasedBeforeTheEnd = (all: readonly Happened[]): boolean =>
  all.some((h) => h.event.type === 'declaration.released') && !all.some((h) => h.event.type === 'declaration.cleared')

/** DMSRES: the changes with their pointers, and the changed data as a second declaration. */
const result = (u: Unreported): Part => ({
  ...(u.information.length > 0 && { additionalInformation: u.information as Notification['additionalInformation'] }),
  ...(u.amendments.length > 0 && { amendments: u.amendments }),
  ...(u.delta && { changes: u.delta }),
})

/** All notifications of one run, in order. */
export const toNotifications = (happened: readonly Happened[], telling: Telling): Notification[] => {
  const told: Notification[] = []
  const sayFor =
    (h: Happened): Tell =>
    (code, part = {}, as = {}) => {
      const { declaration, ...rest } = part
      const version = as.version === null ? {} : { version: as.version ?? h.after.version }
      told.push({
        functionCode: code,
        name: notificationNames[code],
        messageId: telling.newMessageId(),
        issuedAt: telling.at,
        declaration: { lrn: as.lrn ?? h.after.lrn, mrn: h.after.mrn, ...version, ...declaration },
        ...rest,
      } as Notification)
    }
  for (const h of happened) {
    const tell = sayFor(h)
    if (h.event.type === 'declaration.cleared') {
      if (h.before!.unreported) tell('07', result(h.before!.unreported))
      tell('09', { additionalInformation: [{ code: 'A2', type: 'AFB' }] })
    } else tellers[h.event.type]?.(h, tell, happened)
  }
  return told
}
