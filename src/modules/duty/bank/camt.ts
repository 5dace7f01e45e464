/**
 * Reader of ISO 20022 camt.053 (statement) and camt.054 (notification), any version from 02 on. The subset: one statement or notification
 * a file; booked entries (`Sts` BOOK; pending ones are left out); a batch (`TxDtls` several) becomes one entry a transaction, whose sum
 * must be the batch's; opening (OPBD, PRCD) and closing (CLBD) balances must agree with the entries. Charges, interest records, currency
 * exchange and everything else of the standard are not read. Never throws for what a file says: everything wrong comes back as issues.
 */
import { decimal, isDecimal } from '#kernel/decimal.ts'
import { error, type Issue } from '#kernel/issue.ts'
import { minorDigits } from '#kernel/money.ts'
import { accept, refuse, type Outcome } from '#kernel/outcome.ts'
import type { BankReport, ReportedEntry } from '../schema.ts'
import { withDocument, type Node } from './xml.ts'

const namespace = /^urn:iso:std:iso:20022:tech:xsd:camt\.05[34]\.001\.(0[2-9]|1\d)$/
const mostEntries = 100_000
const dateForm = /^\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$/

type Reading = { issues: Issue[]; currency: string }
const textAt = (node: Node | null, ...path: string[]): string => (path.length > 0 ? node?.at(...path) : node)?.text() ?? ''

/** `<Amt Ccy="VRC">12.50</Amt>` in minor units; an issue, and 0, when it is none or of another currency. */
const amountOf = (node: Node | null, path: string, r: Reading): number => {
  const text = node?.text() ?? ''
  const currency = node?.attribute('Ccy') || r.currency
  if (!isDecimal(text) || text.startsWith('-')) {
    r.issues.push(error('duty.bank_amount', path, { value: text.slice(0, 40) }))
    return 0
  }
  if (currency !== r.currency) r.issues.push(error('duty.currency_differs', path, { due: r.currency }))
  const minor = decimal(text).times(10 ** minorDigits(r.currency))
  if (!minor.isInteger() || minor.greaterThan(Number.MAX_SAFE_INTEGER)) {
    r.issues.push(error('duty.bank_amount', path, { value: text.slice(0, 40) }))
    return 0
  }
  return minor.toNumber()
}

const isCredit = (node: Node, path: string, r: Reading): boolean => {
  const mark = textAt(node, 'CdtDbtInd')
  if (mark !== 'CRDT' && mark !== 'DBIT')
    r.issues.push(error('duty.bank_field', `${path}/CdtDbtInd`, { field: 'CdtDbtInd', value: mark.slice(0, 20) }))
  return mark === 'CRDT'
}

const dateAt = (node: Node, path: string, r: Reading): string => {
  const day = (textAt(node, 'BookgDt', 'Dt') || textAt(node, 'BookgDt', 'DtTm')).slice(0, 10)
  if (!dateForm.test(day) || Number.isNaN(Date.parse(day)))
    r.issues.push(error('duty.bank_field', `${path}/BookgDt`, { field: 'BookgDt', value: day }))
  return day
}

const partyOf = (tx: Node | null, direction: 'in' | 'out'): { name: string; iban: string } => {
  const side = direction === 'in' ? 'Dbtr' : 'Cdtr'
  const parties = tx?.at('RltdPties') ?? null
  return {
    name: (textAt(parties, side, 'Nm') || textAt(parties, side, 'Pty', 'Nm')).slice(0, 140),
    iban: textAt(parties, `${side}Acct`, 'Id', 'IBAN').slice(0, 34),
  }
}

const remittanceOf = (tx: Node | null): string => {
  const info = tx?.at('RmtInf')
  const structured = info?.all('Strd').map((s) => textAt(s, 'CdtrRefInf', 'Ref')) ?? []
  return [...(info?.all('Ustrd').map((u) => u.text()) ?? []), ...structured].filter(Boolean).join(' ').slice(0, 500)
}

type Head = Pick<ReportedEntry, 'bankReference' | 'bookedOn' | 'reversal'> & { direction: ReportedEntry['direction']; minor: number }

const transactionOf = (tx: Node | null, head: Head, reference: string, currency: string): ReportedEntry => {
  const party = partyOf(tx, head.direction)
  return {
    bankReference: reference,
    direction: head.direction,
    reversal: head.reversal,
    money: { minor: head.minor, currency },
    bookedOn: head.bookedOn,
    counterparty: party.name,
    counterpartyIban: party.iban,
    remittance: remittanceOf(tx),
    endToEnd: textAt(tx, 'Refs', 'EndToEndId')
      .replace(/^NOTPROVIDED$/, '')
      .slice(0, 35),
  }
}

/** One entry, or one for each transaction of a batch. Without a reference of the bank's own, place and file stand in for it. */
const entriesOf = (entry: Node, at: number, messageId: string, r: Reading): ReportedEntry[] => {
  const path = `/Ntry/${at}`
  const minor = amountOf(entry.at('Amt'), `${path}/Amt`, r)
  if (minor === 0) r.issues.push(error('duty.bank_amount', `${path}/Amt`, { value: textAt(entry, 'Amt').slice(0, 40) }))
  const reference = (textAt(entry, 'AcctSvcrRef') || textAt(entry, 'NtryRef') || `${messageId}/${at}`).slice(0, 60)
  const head: Head = {
    bankReference: reference,
    direction: isCredit(entry, path, r) ? 'in' : 'out',
    reversal: textAt(entry, 'RvslInd') === 'true',
    bookedOn: dateAt(entry, path, r),
    minor,
  }
  const transactions = entry.all('NtryDtls').flatMap((d) => d.all('TxDtls'))
  if (transactions.length <= 1) return [transactionOf(transactions[0] ?? null, head, reference, r.currency)]
  const amounts = transactions.map((tx, n) => amountOf(tx.at('Amt') ?? tx.at('AmtDtls', 'TxAmt', 'Amt'), `${path}/TxDtls/${n}/Amt`, r))
  const sum = amounts.reduce((a, b) => a + b, 0)
  if (sum !== minor) r.issues.push(error('duty.bank_file_unbalanced', path, { expected: minor, found: sum }))
  return transactions.map((tx, n) =>
    transactionOf(tx, { ...head, minor: amounts[n]! }, `${textAt(tx, 'Refs', 'AcctSvcrRef') || `${reference}/${n}`}`.slice(0, 70), r.currency),
  )
}

const balanceOf = (report: Node, codes: readonly string[], r: Reading): number | null => {
  const found = report.all('Bal').find((b) => codes.includes(textAt(b, 'Tp', 'CdOrPrtry', 'Cd')))
  if (!found) return null
  const minor = amountOf(found.at('Amt'), '/Bal/Amt', r)
  return isCredit(found, '/Bal', r) ? minor : -minor
}

const reportOf = (report: Node, kind: BankReport['kind'], messageId: string): Outcome<BankReport> => {
  const booked = report.all('Ntry').filter((n) => /^(BOOK|)$/.test(textAt(n, 'Sts', 'Cd') || textAt(n, 'Sts')))
  const currency = textAt(report, 'Acct', 'Ccy') || booked[0]?.at('Amt')?.attribute('Ccy') || ''
  const account = (textAt(report, 'Acct', 'Id', 'IBAN') || textAt(report, 'Acct', 'Id', 'Othr', 'Id')).slice(0, 34)
  const r: Reading = { issues: [], currency }
  if (!/^[A-Z]{3}$/.test(currency)) return refuse(error('duty.bank_field', '/Acct/Ccy', { field: 'Ccy', value: currency.slice(0, 10) }))
  if (!account) r.issues.push(error('duty.bank_field', '/Acct/Id', { field: 'IBAN', value: '' }))
  if (booked.length > mostEntries) return refuse(error('duty.bank_file_large', '', { most: mostEntries }))
  const entries = booked.flatMap((n, at) => entriesOf(n, at, messageId, r))
  const opening = kind === 'camt.053' ? balanceOf(report, ['OPBD', 'PRCD'], r) : null
  const closing = kind === 'camt.053' ? balanceOf(report, ['CLBD'], r) : null
  const moved = entries.reduce((sum, e) => sum + (e.direction === 'in' ? e.money.minor : -e.money.minor), 0)
  if (opening !== null && closing !== null && opening + moved !== closing && r.issues.length === 0)
    r.issues.push(error('duty.bank_file_unbalanced', '/Bal', { expected: closing, found: opening + moved }))
  return r.issues.length > 0 ? refuse(...r.issues.slice(0, 50)) : accept({ kind, messageId, account, currency, opening, closing, entries })
}

/** Reads a file of the bank's. Refused with `duty.bank_file_malformed`, `duty.bank_file_kind`, `duty.bank_field`, `duty.bank_amount`, `duty.bank_file_unbalanced`. */
export const readCamt = (text: string): Outcome<BankReport> =>
  withDocument<Outcome<BankReport>>(
    text,
    (root, uri) => {
      const statement = root.at('BkToCstmrStmt')
      const body = statement ?? root.at('BkToCstmrDbtCdtNtfctn')
      const reports = body?.all(statement ? 'Stmt' : 'Ntfctn') ?? []
      if (root.name !== 'Document' || !namespace.test(uri) || !body) return refuse(error('duty.bank_file_kind', '', { namespace: uri.slice(0, 100) }))
      if (reports.length !== 1) return refuse(error('duty.bank_file_reports', '', { found: reports.length }))
      const messageId = textAt(body, 'GrpHdr', 'MsgId').slice(0, 70)
      if (!messageId) return refuse(error('duty.bank_field', '/GrpHdr/MsgId', { field: 'MsgId', value: '' }))
      return reportOf(reports[0]!, statement ? 'camt.053' : 'camt.054', messageId)
    },
    (fault) => refuse(error('duty.bank_file_malformed', '', { message: fault.message, line: fault.line })),
  )
