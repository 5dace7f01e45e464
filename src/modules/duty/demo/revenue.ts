/**
 * Revenue desks of the demo that are not empty: debts taken over from the system before (late demands, deferred duty of last month),
 * applications, a plan, and a statement of the bank with what matches and what does not. Deterministic but for the day it is loaded on.
 */
import { randomUUID } from 'node:crypto'
import { formatMoney } from '#kernel/money.ts'
import { later } from '#kernel/time.ts'
import { inTransaction, type Sql, type Tx } from '#platform/database.ts'
import type { Principal } from '#platform/permissions.ts'
import { loadReference } from '#modules/reference'
import { addDays, addMonths } from '../calendar.ts'
import { ibanOf } from '../iban.ts'
import { importBankFile } from '../service/bank.ts'
import { remindOverdue } from '../service/claims.ts'
import { issueStatements } from '../service/deferment.ts'
import { openClaim } from '../service/open-claim.ts'
import { requestPlan } from '../service/plans.ts'
import { decideOnRefund, requestRefund } from '../service/refunds.ts'
import { charge } from '../store/ledger.ts'

const administration = 'XV'
const currency = 'VRC'
const bankAccount = 'XV40001020260000' + '7711'
const day = 86_400_000

export type DemoRevenue = {
  at: string
  /** of the treasury, and a trader with an own account */ accountant: Principal
  trader: Principal
  /** traders by registration */ registrations: readonly string[]
}

/** MRNs of the system before: this administration's, and none of ours. */
const oldMrn = (n: number): string => `26XV${String(7_000 + n).padStart(6, '0')}TAKEN${String(n).padStart(2, '0')}X`

/** Every second of four accounts is short on purpose (see load.ts): those took nothing over. */
const takeOverDeferred = async (tx: Tx, d: DemoRevenue): Promise<void> => {
  const lastMonth = `${addMonths(d.at.slice(0, 10), -1).slice(0, 7)}-12T09:00:00.000Z`
  for (const [n, owner] of [...d.registrations.slice(0, 8).entries()].filter(([n]) => n % 4 !== 1))
    await charge(tx, {
      subject: { kind: 'takeover', id: oldMrn(n) },
      reference: oldMrn(n),
      administration,
      currency,
      payer: owner,
      holders: [owner],
      lines: [
        { method: 'E', taxType: 'A00', money: { minor: 18_400 + n * 1_350, currency } },
        { method: 'E', taxType: 'B00', money: { minor: 61_900 + n * 2_210, currency } },
      ],
      deferments: [owner],
      guarantees: [],
      key: `takeover/${n}`,
      at: lastMonth,
      office: 'XV000101',
    })
}

/** Demands of 45, 30 and 4 days ago; the first two are late. */
const takeOverDemands = async (tx: Tx, d: DemoRevenue): Promise<string[]> => {
  const numbers: string[] = []
  for (const [n, ago] of [45, 30, 30, 4, 4].entries()) {
    const at = later(d.at, -ago * day)
    numbers.push(
      await openClaim(tx, {
        administration,
        kind: 'post_clearance',
        origin: oldMrn(20 + n),
        payer: n === 3 ? d.trader.organisationRegistration! : d.registrations[n + 2]!,
        currency,
        lines: [
          { tax: 'A00', minor: 124_000 + n * 17_500 },
          { tax: 'B00', minor: 31_000 + n * 4_400 },
        ],
        law: 'UCC Art. 105(4)',
        grounds: 'Control after release: another classification than was declared.',
        dueOn: addDays(at.slice(0, 10), 10),
        office: n % 2 === 0 ? 'XV000101' : 'XV000301',
        by: d.accountant.name,
        at,
      }),
    )
  }
  return numbers
}

type Line = { reference: string; minor: number; name: string; text: string }

const entryXml = (l: Line, n: number, on: string): string =>
  `<Ntry><Amt Ccy="${currency}">${formatMoney({ minor: l.minor, currency })}</Amt><CdtDbtInd>CRDT</CdtDbtInd><Sts><Cd>BOOK</Cd></Sts><BookgDt><Dt>${on}</Dt></BookgDt>` +
  `<AcctSvcrRef>${l.reference}</AcctSvcrRef><NtryDtls><TxDtls><RltdPties><Dbtr><Pty><Nm>${l.name}</Nm></Pty></Dbtr><DbtrAcct><Id><IBAN>${ibanOf('XV', `0020202600001${String(n).padStart(3, '0')}`)}</IBAN></Id></DbtrAcct></RltdPties>` +
  `<RmtInf><Ustrd>${l.text}</Ustrd></RmtInf></TxDtls></NtryDtls></Ntry>`

/** A statement of the bank as a camt.053 of one day. */
const statementXml = (lines: readonly Line[], on: string): string => {
  const sum = lines.reduce((total, l) => total + l.minor, 0)
  const balance = (code: string, minor: number): string =>
    `<Bal><Tp><CdOrPrtry><Cd>${code}</Cd></CdOrPrtry></Tp><Amt Ccy="${currency}">${formatMoney({ minor, currency })}</Amt><CdtDbtInd>CRDT</CdtDbtInd><Dt><Dt>${on}</Dt></Dt></Bal>`
  return (
    `<?xml version="1.0" encoding="UTF-8"?><Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.053.001.08"><BkToCstmrStmt><GrpHdr><MsgId>BANK-${on}</MsgId><CreDtTm>${on}T18:00:00Z</CreDtTm></GrpHdr>` +
    `<Stmt><Id>${on}</Id><Acct><Id><IBAN>${bankAccount}</IBAN></Id><Ccy>${currency}</Ccy></Acct>${balance('OPBD', 5_000_000)}${balance('CLBD', 5_000_000 + sum)}` +
    `${lines.map((l, n) => entryXml(l, n, on)).join('')}</Stmt></BkToCstmrStmt></Document>`
  )
}

const bankDay = (d: DemoRevenue, demands: readonly string[]): string =>
  statementXml(
    [
      { reference: 'B-0001', minor: 176_900, name: 'Meridian Imports', text: `${demands[1]!} duty` },
      { reference: 'B-0002', minor: 25_000, name: 'Cobalt Cycles', text: `Top up CA-${d.registrations[1]!}` },
      { reference: 'B-0003', minor: 48_020, name: 'Sunfold Fruit', text: 'customs november' },
      { reference: 'B-0004', minor: 100_000, name: 'Castellane Wines', text: `Part of ${demands[2]!}` },
      { reference: 'B-0005', minor: 7_310, name: 'Northlight', text: 'duty and VAT, see letter' },
    ],
    addDays(d.at.slice(0, 10), -1),
  )

const askFor = async (sql: Sql, d: DemoRevenue, demands: readonly string[]): Promise<void> => {
  const reference = await loadReference(sql)
  const by = (principal: Principal) => ({ principal, key: randomUUID(), at: d.at })
  const account = `CA-${d.registrations[0]!}`
  const asked = [
    { n: 0, minor: 9_000, reason: 'overcharged' as const },
    { n: 2, minor: 19_000, reason: 'defective_goods' as const },
  ]
  const requester = { ...d.trader, name: d.trader.name }
  for (const a of asked)
    await requestRefund(
      sql,
      reference,
      'all',
      {
        reference: oldMrn(a.n),
        kind: 'repayment',
        reason: a.reason,
        lines: [{ tax: 'A00', minor: a.minor }],
        grounds:
          a.n === 0
            ? 'The invoice was corrected: freight had been counted twice.'
            : 'Panels arrived with broken glass; the surveyor’s report is attached.',
        destination: { to: 'bank', name: 'Meridian Imports', iban: ibanOf('XV', '0020202600001042') },
      },
      by(requester),
    )
  const large = await requestRefund(
    sql,
    reference,
    'all',
    {
      reference: oldMrn(0),
      kind: 'repayment',
      reason: 'authority_error',
      lines: [{ tax: 'B00', minor: 55_000 }],
      grounds: 'VAT was charged at the standard rate; the goods stand under the reduced one.',
      destination: { to: 'account', account },
    },
    by(requester),
  )
  if (large.ok)
    await decideOnRefund(
      sql,
      reference,
      large.value.number,
      { grant: true, grounds: 'The reduced rate applies, see the tariff of the day.' },
      by(d.accountant),
    )
  await requestPlan(
    sql,
    reference,
    'all',
    { reference: demands[3]!, parts: 4, firstDue: addDays(d.at.slice(0, 10), 20), grounds: 'Sales of the season come in from next month on.' },
    by(d.trader),
  )
}

/** Fills the desks. Meant for a demo that has its traders and accounts, once. */
export const loadDemoRevenue = async (sql: Sql, d: DemoRevenue): Promise<void> => {
  const demands = await inTransaction(sql, async (tx) => {
    await takeOverDeferred(tx, d)
    return takeOverDemands(tx, d)
  })
  await issueStatements(sql, d.at)
  await remindOverdue(sql, administration, d.at, d.at.slice(0, 10))
  await askFor(sql, d, demands)
  await importBankFile(sql, await loadReference(sql), bankDay(d, demands), { principal: d.accountant, key: randomUUID(), at: d.at })
}
