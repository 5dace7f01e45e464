/** Files of the bank come in: every entry onto the suspense account, and from there, by itself or by two persons, to what it is for. */
import { createHash, randomUUID } from 'node:crypto'
import { error } from '#kernel/issue.ts'
import { accept, refuse, type Outcome } from '#kernel/outcome.ts'
import { violates, type Sql, type Tx } from '#platform/database.ts'
import { dayIn, type Reference } from '#modules/reference'
import { readCamt } from '../bank/camt.ts'
import { matchEntry, referencesIn, type Known } from '../bank/matching.ts'
import type { BankEntryRow, BankReport, ImportResult, MatchTarget, ReportedEntry } from '../schema.ts'
import {
  insertBankFile,
  insertEntry,
  isReported,
  knownAmong,
  lockEntry,
  markMatched,
  proposeMatch,
  toEntryRow,
  type BankEntry,
} from '../store/bank.ts'
import { post } from '../store/posts.ts'
import { act, type By } from './context.ts'
import { applyMatch } from './matches.ts'

/** The administration whose bank account the file is about. */
const administrationOf = (reference: Reference, report: BankReport, date: string): string | null =>
  reference.administrations().find((code) => {
    const own = reference.administration(code, date)
    return own?.bank?.account.replaceAll(' ', '') === report.account && own.currency === report.currency
  }) ?? null

const suspense = { kind: 'suspense' as const, code: 'suspense' }
const bank = { kind: 'provider' as const, code: 'bank' }

/** The movement as the bank tells it; what it is for is another posting. */
const keepEntry = async (
  tx: Tx,
  e: ReportedEntry,
  into: { fileId: string; administration: string; account: string },
  reason: string,
  at: string,
): Promise<BankEntry> => {
  const id = randomUUID()
  const minor = e.direction === 'in' ? e.money.minor : -e.money.minor
  const postingId = await post(tx, {
    administration: into.administration,
    kind: 'bank',
    subject: { kind: 'bank_entry', id },
    reference: e.bankReference,
    currency: e.money.currency,
    lines: [
      { ...bank, minor: -minor },
      { ...suspense, minor },
    ],
    key: `bank/${id}`,
    at,
  })
  await insertEntry(tx, { ...e, id, ...into, postingId, reason })
  return (await lockEntry(tx, id))!
}

type Importing = { administration: string; account: string; fileId: string; known: Known; today: string; at: string }

const importEntry = async (tx: Tx, e: ReportedEntry, i: Importing): Promise<{ matched: boolean; repeated: boolean; after: () => void }> => {
  if (await isReported(tx, i.administration, i.account, e.bankReference)) return { matched: false, repeated: true, after: () => undefined }
  const match = matchEntry(e, i.known)
  const entry = await keepEntry(tx, e, i, match.ok ? '' : match.reason, i.at)
  if (!match.ok) return { matched: false, repeated: false, after: () => undefined }
  const applied = await applyMatch(tx, entry, match.target, i.at, i.today)
  if (!applied.ok) return { matched: false, repeated: false, after: () => undefined }
  await markMatched(tx, entry.id, match.target, applied.value.posting, null, i.at)
  // A second transfer for the same debt in one file finds it paid.
  const known = i.known.debts as Map<string, { minor: number; currency: string }>
  if (match.target.kind === 'debt') known.set(match.target.reference, { ...known.get(match.target.reference)!, minor: 0 })
  return { matched: true, repeated: false, after: applied.value.after }
}

const importReport = async (
  tx: Tx,
  report: BankReport,
  content: string,
  administration: string,
  by: By,
  today: string,
): Promise<{ result: ImportResult; after: () => void }> => {
  const fileId = randomUUID()
  const sha256 = createHash('sha256').update(content).digest('hex')
  const person = { personId: by.principal.personId, name: by.principal.name }
  await insertBankFile(tx, { id: fileId, administration, report, content, sha256, at: by.at, by: person })
  const known = await knownAmong(
    tx,
    administration,
    [...new Set(report.entries.flatMap(referencesIn))],
    report.entries.map((e) => e.endToEnd).filter(Boolean),
  )
  const result: ImportResult = { file: fileId, entries: report.entries.length, matched: 0, unmatched: 0, repeated: 0 }
  const afters: (() => void)[] = []
  for (const entry of report.entries) {
    const done = await importEntry(tx, entry, { administration, account: report.account, fileId, known, today, at: by.at })
    result[done.repeated ? 'repeated' : done.matched ? 'matched' : 'unmatched'] += 1
    afters.push(done.after)
  }
  return { result, after: () => afters.forEach((run) => run()) }
}

/** Takes a camt.053 or camt.054 in, whole or not at all; a file that came before is refused, an entry that came in another file is counted once. */
export const importBankFile = async (sql: Sql, reference: Reference, content: string, by: By): Promise<Outcome<ImportResult>> => {
  const read = readCamt(content)
  if (!read.ok) return read
  const administration = administrationOf(reference, read.value, by.at.slice(0, 10))
  if (!administration) return refuse(error('duty.bank_account_foreign', '/Acct', { account: read.value.account }))
  const today = dayIn(reference, administration, by.at)
  try {
    return await act(sql, by, 'bank-file.import', { kind: 'bank-file', id: by.key }, async (tx) => {
      const { result, after } = await importReport(tx, read.value, content, administration, by, today)
      const { entries: _entries, ...head } = read.value
      return accept({ body: { payload: head, facts: {}, events: [{ type: 'bank-file.imported', ...result }] }, reply: result, afterCommit: after })
    })
  } catch (fault) {
    if (violates(fault, 'bank_file_message')) return refuse(error('duty.bank_file_repeated', '/GrpHdr/MsgId', { messageId: read.value.messageId }))
    throw fault
  }
}

/** One person says what an entry is for (null takes it back) … */
export const propose = (sql: Sql, reference: Reference, id: string, target: MatchTarget | null, by: By): Promise<Outcome<BankEntryRow>> =>
  act(sql, by, 'bank-entry.propose', { kind: 'bank-entry', id }, async (tx) => {
    const entry = await lockEntry(tx, id)
    if (!entry) return refuse(error('duty.bank_entry_unknown', '/id', { id }))
    if (entry.status === 'matched') return refuse(error('duty.bank_entry_matched'))
    if (target) {
      const fits = await applyMatch(tx, entry, target, by.at, dayIn(reference, entry.administration, by.at), { dry: true })
      if (!fits.ok) return fits
    }
    await proposeMatch(tx, id, target, { personId: by.principal.personId, name: by.principal.name }, by.at)
    const after = toEntryRow((await lockEntry(tx, id))!)
    return accept({
      body: { payload: { target }, facts: {}, events: [{ type: target ? 'bank-entry.proposed' : 'bank-entry.proposal-withdrawn' }] },
      reply: after,
    })
  })

/** … and another confirms it: then it is posted. */
export const confirm = (sql: Sql, reference: Reference, id: string, by: By): Promise<Outcome<BankEntryRow>> =>
  act(sql, by, 'bank-entry.confirm', { kind: 'bank-entry', id }, async (tx) => {
    const entry = await lockEntry(tx, id)
    if (!entry) return refuse(error('duty.bank_entry_unknown', '/id', { id }))
    if (entry.status !== 'proposed' || !entry.target) return refuse(error('duty.bank_entry_not_proposed'))
    if (entry.proposedById === by.principal.personId) return refuse(error('duty.second_person'))
    const today = dayIn(reference, entry.administration, by.at)
    const applied = await applyMatch(tx, entry, entry.target, by.at, today)
    if (!applied.ok) return applied
    await markMatched(tx, id, entry.target, applied.value.posting, { personId: by.principal.personId, name: by.principal.name }, by.at)
    const after = toEntryRow((await lockEntry(tx, id))!)
    return accept({
      body: { payload: {}, facts: { target: entry.target }, events: [{ type: 'bank-entry.matched' }] },
      reply: after,
      afterCommit: applied.value.after,
    })
  })
