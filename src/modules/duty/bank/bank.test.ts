import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import fc from 'fast-check'
import type { ReportedEntry } from '../schema.ts'
import { readCamt } from './camt.ts'
import { matchEntry, referencesIn, type Known } from './matching.ts'
import { writePain001, writePain008 } from './pain.ts'
import { withDocument, type Node } from './xml.ts'

const entry = (amount: string, more = '', mark = 'CRDT'): string =>
  `<Ntry><Amt Ccy="VRC">${amount}</Amt><CdtDbtInd>${mark}</CdtDbtInd><Sts><Cd>BOOK</Cd></Sts><BookgDt><Dt>2026-11-24</Dt></BookgDt><AcctSvcrRef>R-${amount}</AcctSvcrRef>${more}</Ntry>`
const balance = (code: string, amount: string, mark = 'CRDT'): string =>
  `<Bal><Tp><CdOrPrtry><Cd>${code}</Cd></CdOrPrtry></Tp><Amt Ccy="VRC">${amount}</Amt><CdtDbtInd>${mark}</CdtDbtInd></Bal>`
const camt053 = (inner: string, version = '08', message = 'M1'): string =>
  `<?xml version="1.0"?><Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.053.001.${version}"><BkToCstmrStmt><GrpHdr><MsgId>${message}</MsgId></GrpHdr><Stmt><Acct><Id><IBAN>XV40001020260000</IBAN></Id><Ccy>VRC</Ccy></Acct>${inner}</Stmt></BkToCstmrStmt></Document>`
const details = (text: string, more = ''): string =>
  `<NtryDtls><TxDtls><Refs><EndToEndId>E2E-1</EndToEndId></Refs>${more}<RltdPties><Dbtr><Nm>Pay Er</Nm></Dbtr><DbtrAcct><Id><IBAN>XV11</IBAN></Id></DbtrAcct></RltdPties><RmtInf><Ustrd>${text}</Ustrd></RmtInf></TxDtls></NtryDtls>`
const codesOf = (text: string): string[] => {
  const read = readCamt(text)
  return read.ok ? [] : read.issues.map((i) => i.code)
}

describe('a statement of the bank', () => {
  test('is read with its entries, parties and references', () => {
    const read = readCamt(
      camt053(
        balance('OPBD', '100.00') +
          entry('12.50', details('MRN 26XV & more'.replace('&', '&amp;'))) +
          entry('2.00', '', 'DBIT') +
          balance('CLBD', '110.50'),
      ),
    )
    assert.ok(read.ok, JSON.stringify(read))
    assert.deepEqual([read.value.kind, read.value.messageId, read.value.opening, read.value.closing], ['camt.053', 'M1', 10_000, 11_050])
    assert.deepEqual(read.value.entries[0], {
      bankReference: 'R-12.50',
      direction: 'in',
      reversal: false,
      money: { minor: 1_250, currency: 'VRC' },
      bookedOn: '2026-11-24',
      counterparty: 'Pay Er',
      counterpartyIban: 'XV11',
      remittance: 'MRN 26XV & more',
      endToEnd: 'E2E-1',
    })
    assert.deepEqual([read.value.entries[1]!.direction, read.value.entries[1]!.money.minor], ['out', 200])
  })

  test('a batch becomes its transactions, whose sum must be the batch’s', () => {
    const tx = (amount: string, text: string) => `<TxDtls><Amt Ccy="VRC">${amount}</Amt><RmtInf><Ustrd>${text}</Ustrd></RmtInf></TxDtls>`
    const read = readCamt(camt053(entry('5.00', `<NtryDtls>${tx('2.00', 'a')}${tx('3.00', 'b')}</NtryDtls>`)))
    assert.deepEqual(read.ok && read.value.entries.map((e) => [e.bankReference, e.money.minor, e.remittance]), [
      ['R-5.00/0', 200, 'a'],
      ['R-5.00/1', 300, 'b'],
    ])
    assert.deepEqual(codesOf(camt053(entry('5.00', `<NtryDtls>${tx('2.00', 'a')}${tx('2.99', 'b')}</NtryDtls>`))), ['duty.bank_file_unbalanced'])
  })

  test('pending entries are left out; a debit opening balance counts as one', () => {
    const pending = entry('9.00').replace('BOOK', 'PDNG')
    const read = readCamt(camt053(balance('PRCD', '1.00', 'DBIT') + pending + entry('3.00') + balance('CLBD', '2.00')))
    assert.deepEqual(read.ok && read.value.entries.length, 1)
  })

  const wrong: [name: string, text: string, codes: string[]][] = [
    ['sums that do not agree', camt053(balance('OPBD', '1.00') + entry('3.00') + balance('CLBD', '4.01')), ['duty.bank_file_unbalanced']],
    ['an amount with too many decimals', camt053(entry('1.005')), ['duty.bank_amount', 'duty.bank_amount']],
    ['a negative amount', camt053(entry('-1.00')), ['duty.bank_amount', 'duty.bank_amount']],
    ['another currency', camt053(entry('1.00').replace('"VRC"', '"EUR"')), ['duty.currency_differs']],
    ['a mark that is none', camt053(entry('1.00', '', 'BOTH')), ['duty.bank_field']],
    ['a date that is none', camt053(entry('1.00').replace('2026-11-24', '2026-13-24')), ['duty.bank_field']],
    ['another message', camt053('').replace('camt.053', 'camt.052'), ['duty.bank_file_kind']],
    ['no XML', 'BEGIN:VCARD', ['duty.bank_file_malformed']],
    [
      'a document type',
      `<!DOCTYPE a [<!ENTITY b "${'c'.repeat(50)}">]>${camt053('').replace('<?xml version="1.0"?>', '')}`,
      ['duty.bank_file_malformed'],
    ],
    ['two statements', camt053('').replace('</Stmt>', '</Stmt><Stmt/>'), ['duty.bank_file_reports']],
    ['no message identification', camt053('', '08', ''), ['duty.bank_field']],
  ]
  for (const [name, text, codes] of wrong) test(`is refused: ${name}`, () => assert.deepEqual(codesOf(text), codes))

  test('mutated text ends in issues or in entries that add up, and never throws', () => {
    const sound = camt053(balance('OPBD', '1.00') + entry('3.00', details('26XV0012345678901A')) + entry('4.00') + balance('CLBD', '8.00'))
    fc.assert(
      fc.property(
        fc.array(
          fc.record({
            at: fc.nat(sound.length),
            cut: fc.nat(12),
            put: fc.oneof(fc.string({ maxLength: 6 }), fc.constantFrom('<', '>', '&amp;', '-', '</Ntry>', '9', '.')),
          }),
          { minLength: 1, maxLength: 4 },
        ),
        (changes) => {
          const text = changes.reduce((t, c) => t.slice(0, c.at) + c.put + t.slice(c.at + c.cut), sound)
          const read = readCamt(text)
          if (!read.ok) return assert.ok(read.issues.length > 0)
          const sum = read.value.entries.reduce((s, e) => s + (e.direction === 'in' ? e.money.minor : -e.money.minor), 0)
          const { opening, closing } = read.value
          if (opening !== null && closing !== null) assert.equal(opening + sum, closing)
          return assert.ok(read.value.entries.every((e) => e.money.minor > 0))
        },
      ),
      { numRuns: 300 },
    )
  })
})

describe('a payment file', () => {
  const order = (n: number, change = {}) => ({
    endToEnd: `XV-R26-${n}`,
    money: { minor: 1_050 * n, currency: 'VRC' },
    name: `Söhne & Co <${n}>`,
    iban: 'XV11 0020',
    reference: `R ${n}`,
    ...change,
  })
  const initiation = {
    messageId: 'F1',
    createdAt: '2026-11-25T10:00:00.000Z',
    executeOn: '2026-11-26',
    party: { name: 'Customs', iban: 'XV40 0010', creditorId: 'C1' },
    orders: [order(1), order(2)],
  }
  const opened = <T>(text: string, use: (root: Node) => T): T => withDocument(text, use, (fault) => assert.fail(fault.message))

  test('pain.001 says how many, how much, and to whom', () => {
    opened(writePain001(initiation), (root) => {
      const body = root.at('CstmrCdtTrfInitn')!
      assert.deepEqual(
        [body.at('GrpHdr', 'NbOfTxs')!.text(), body.at('GrpHdr', 'CtrlSum')!.text(), body.at('PmtInf', 'PmtMtd')!.text()],
        ['2', '31.50', 'TRF'],
      )
      const second = body.at('PmtInf')!.all('CdtTrfTxInf')[1]!
      assert.deepEqual(
        [
          second.at('Cdtr', 'Nm')!.text(),
          second.at('CdtrAcct', 'Id', 'IBAN')!.text(),
          second.at('Amt', 'InstdAmt')!.attribute('Ccy'),
          second.at('PmtId', 'EndToEndId')!.text(),
        ],
        ['Söhne & Co <2>', 'XV110020', 'VRC', 'XV-R26-2'],
      )
    })
  })

  test('pain.008 names the mandate, and none goes out without one', () => {
    const mandate = { reference: 'M1', signedOn: '2025-03-03' }
    opened(writePain008({ ...initiation, orders: [order(3, { mandate })] }), (root) => {
      const debit = root.at('CstmrDrctDbtInitn', 'PmtInf', 'DrctDbtTxInf')!
      assert.deepEqual([debit.at('DrctDbtTx', 'MndtRltdInf', 'MndtId')!.text(), debit.at('InstdAmt')!.text()], ['M1', '31.50'])
    })
    assert.throws(() => writePain008(initiation), /no mandate/)
  })

  test('whatever a name holds, the file is well formed and says it', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', minLength: 1, maxLength: 60 }), (name) => {
        const text = writePain001({ ...initiation, orders: [order(1, { name })] })
        opened(text, (root) => assert.ok(root.at('CstmrCdtTrfInitn', 'PmtInf', 'CdtTrfTxInf', 'Cdtr', 'Nm')))
      }),
    )
  })
})

describe('matching', () => {
  const mrn = '26XV0012345678901A'
  const known: Known = {
    debts: new Map([
      [mrn, { minor: 500, currency: 'VRC' }],
      ['XV-D26-000001', { minor: 0, currency: 'VRC' }],
    ]),
    accounts: new Map([['CA-X', { currency: 'VRC' }]]),
    orders: new Map([
      ['XV-R26-1', { direction: 'credit', money: { minor: 70, currency: 'VRC' }, status: 'filed' }],
      ['XV-S26-1', { direction: 'debit', money: { minor: 90, currency: 'VRC' }, status: 'filed' }],
    ]),
  }
  const reported = (minor: number, remittance: string, change: Partial<ReportedEntry> = {}): ReportedEntry => ({
    bankReference: 'b',
    direction: 'in',
    reversal: false,
    money: { minor, currency: 'VRC' },
    bookedOn: '2026-11-24',
    counterparty: '',
    counterpartyIban: '',
    remittance,
    endToEnd: '',
    ...change,
  })
  const out = { direction: 'out' as const }
  const cases: [name: string, entry: ReportedEntry, expected: string][] = [
    ['an MRN with blanks and the amount', reported(500, 'duty 26XV 0012 3456 7890 1a thanks'), `debt ${mrn}`],
    ['another amount', reported(499, mrn), 'amount_differs'],
    ['a paid debt', reported(10, 'xv-d26-000001'), 'nothing_due'],
    ['an account, any amount', reported(3, 'for CA-X'), 'account CA-X'],
    ['two references', reported(500, `${mrn} CA-X`), 'several_references'],
    ['none', reported(500, 'hello'), 'no_reference'],
    ['another currency', reported(500, mrn, { money: { minor: 500, currency: 'EUR' } }), 'currency_differs'],
    ['a refund that was paid out', reported(70, '', { ...out, endToEnd: 'XV-R26-1' }), 'order XV-R26-1'],
    ['a refund of another amount', reported(71, '', { ...out, endToEnd: 'XV-R26-1' }), 'amount_differs'],
    ['a refund that came back', reported(70, '', { endToEnd: 'XV-R26-1' }), 'returned'],
    ['a direct debit', reported(90, '', { endToEnd: 'XV-S26-1' }), 'order XV-S26-1'],
    ['a direct debit sent back', reported(90, '', { ...out, endToEnd: 'XV-S26-1', reversal: true }), 'returned'],
    ['money that left for nothing known', reported(5, mrn, out), 'unknown_outgoing'],
  ]
  for (const [name, e, expected] of cases)
    test(name, () => {
      const match = matchEntry(e, known)
      assert.equal(match.ok ? `${match.target.kind} ${match.target.reference}` : match.reason, expected)
    })

  test('looking for references never fails, however long the text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 500 }), (remittance) =>
        assert.ok(referencesIn({ remittance, endToEnd: '' }).every((r) => r.length > 3)),
      ),
    )
  })
})
