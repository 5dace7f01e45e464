/**
 * Writers of ISO 20022 payment initiations: pain.001.001.09 (credit transfers: refunds go out) and pain.008.001.08 (direct debits: what
 * is deferred is collected). The subset: one payment block a file, all in one currency, accounts by IBAN, agents left to the bank
 * (`NOTPROVIDED`), unstructured remittance. Names are cut to 70, identifications to 35 signs, as the standard bounds them. Pure.
 */
import { formatMoney, sum, type Money } from '#kernel/money.ts'
import { escapeXml } from './xml.ts'

export type Order = {
  endToEnd: string
  money: Money
  name: string
  iban: string
  reference: string
  mandate?: { reference: string; signedOn: string }
}
export type Initiation = {
  messageId: string
  createdAt: string
  executeOn: string
  /** the administration: debtor of credit transfers, creditor of direct debits */ party: { name: string; iban: string; creditorId: string }
  orders: readonly Order[]
}

const tag = (name: string, content: string, attributes = ''): string => `<${name}${attributes}>${content}</${name}>`
const text = (name: string, value: string, most: number): string => tag(name, escapeXml([...value].slice(0, most).join('')))
const amount = (money: Money): string => tag('InstdAmt', formatMoney(money), ` Ccy="${money.currency}"`)
const account = (name: string, iban: string): string => tag(name, tag('Id', text('IBAN', iban.replaceAll(' ', ''), 34)))
const agent = (name: string): string => tag(name, tag('FinInstnId', tag('Othr', tag('Id', 'NOTPROVIDED'))))
const remittance = (reference: string): string => tag('RmtInf', text('Ustrd', reference, 140))

const totals = (orders: readonly Order[]): string =>
  `${tag('NbOfTxs', String(orders.length))}${tag(
    'CtrlSum',
    formatMoney(
      sum(
        orders.map((o) => o.money),
        orders[0]!.money.currency,
      ),
    ),
  )}`

const header = (i: Initiation): string =>
  tag('GrpHdr', `${text('MsgId', i.messageId, 35)}${tag('CreDtTm', i.createdAt)}${totals(i.orders)}${tag('InitgPty', text('Nm', i.party.name, 70))}`)

const envelope = (version: string, body: string): string =>
  `<?xml version="1.0" encoding="UTF-8"?>\n<Document xmlns="urn:iso:std:iso:20022:tech:xsd:${version}">${body}</Document>\n`

/** Credit transfers. At least one order; all of one currency, or it throws. */
export const writePain001 = (i: Initiation): string => {
  const transfers = i.orders.map((o) =>
    tag(
      'CdtTrfTxInf',
      `${tag('PmtId', text('EndToEndId', o.endToEnd, 35))}${tag('Amt', amount(o.money))}${agent('CdtrAgt')}${tag('Cdtr', text('Nm', o.name, 70))}${account('CdtrAcct', o.iban)}${remittance(o.reference)}`,
    ),
  )
  const block = tag(
    'PmtInf',
    `${text('PmtInfId', i.messageId, 35)}${tag('PmtMtd', 'TRF')}${totals(i.orders)}${tag('ReqdExctnDt', tag('Dt', i.executeOn))}${tag('Dbtr', text('Nm', i.party.name, 70))}${account('DbtrAcct', i.party.iban)}${agent('DbtrAgt')}${transfers.join('')}`,
  )
  return envelope('pain.001.001.09', tag('CstmrCdtTrfInitn', header(i) + block))
}

const schemeId = (id: string): string =>
  tag('CdtrSchmeId', tag('Id', tag('PrvtId', tag('Othr', `${text('Id', id, 35)}${tag('SchmeNm', tag('Prtry', 'SEPA'))}`))))

/** Direct debits by mandate, recurrent. Every order has a mandate, or it throws. */
export const writePain008 = (i: Initiation): string => {
  const debits = i.orders.map((o) => {
    if (!o.mandate) throw new RangeError(`order ${o.endToEnd} has no mandate`)
    const mandate = tag('MndtRltdInf', `${text('MndtId', o.mandate.reference, 35)}${tag('DtOfSgntr', o.mandate.signedOn)}`)
    return tag(
      'DrctDbtTxInf',
      `${tag('PmtId', text('EndToEndId', o.endToEnd, 35))}${amount(o.money)}${tag('DrctDbtTx', mandate)}${agent('DbtrAgt')}${tag('Dbtr', text('Nm', o.name, 70))}${account('DbtrAcct', o.iban)}${remittance(o.reference)}`,
    )
  })
  const kind = tag('PmtTpInf', `${tag('SvcLvl', tag('Cd', 'SEPA'))}${tag('LclInstrm', tag('Cd', 'B2B'))}${tag('SeqTp', 'RCUR')}`)
  const block = tag(
    'PmtInf',
    `${text('PmtInfId', i.messageId, 35)}${tag('PmtMtd', 'DD')}${totals(i.orders)}${kind}${tag('ReqdColltnDt', i.executeOn)}${tag('Cdtr', text('Nm', i.party.name, 70))}${account('CdtrAcct', i.party.iban)}${agent('CdtrAgt')}${schemeId(i.party.creditorId)}${debits.join('')}`,
  )
  return envelope('pain.008.001.08', tag('CstmrDrctDbtInitn', header(i) + block))
}
