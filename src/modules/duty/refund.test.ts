import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import fc from 'fast-check'
import { decideClaim, type ClaimFacts, type ClaimState } from './claim.ts'
import { decideGuarantee } from './guarantee.ts'
import { ibanOf, isIban } from './iban.ts'
import { decideRefund, decideRefundRequest, drawbackOf, type RefundFacts } from './refund.ts'
import type { OpenGuarantee, RequestRefund, Terms } from './schema.ts'

const terms: Terms = {
  paymentDays: 10,
  reminderDays: 5,
  graceDays: 7,
  decisionDays: 120,
  refundYears: 3,
  interestMinimumMinor: 1_000,
  secondPersonMinor: 50_000,
  drawbackPercent: '99',
  dayCount: 'actual/365',
}
const facts = (change: Partial<NonNullable<RefundFacts['debt']>> = {}): RefundFacts => ({
  today: '2026-11-25',
  terms,
  accountFits: true,
  debt: {
    currency: 'VRC',
    chargedOn: '2026-01-10',
    collected: { A00: 10_000, B00: 5_000 },
    outstanding: { A00: 700 },
    credit: 300,
    exportedBefore: '0',
    ...change,
  },
})
const asking = (change: Partial<RequestRefund> = {}): RequestRefund => ({
  reference: 'MRN',
  kind: 'repayment',
  reason: 'overcharged',
  lines: [{ tax: 'A00', minor: 10_000 }],
  grounds: 'because',
  destination: { to: 'account', account: 'CA-1' },
  ...change,
})
const codes = (c: RequestRefund, f: RefundFacts): string[] => {
  const decision = decideRefundRequest(c, f)
  return decision.ok ? [] : decision.issues.map((i) => `${i.code}${i.path}`)
}

describe('an application', () => {
  test('stands on an article, and is decided within the days of the terms', () => {
    const decision = decideRefundRequest(asking(), facts())
    assert.ok(decision.ok)
    assert.deepEqual(decision.events, [
      { type: 'refund.requested', lines: [{ tax: 'A00', minor: 10_000 }], law: 'UCC Art. 117', decideBy: '2027-03-25' },
    ])
  })

  const refused: [name: string, c: RequestRefund, f: RefundFacts, expected: string[]][] = [
    ['more than was collected', asking({ lines: [{ tax: 'A00', minor: 10_001 }] }), facts(), ['duty.refund_exceeds_paid/lines/0/minor']],
    ['a tax that was not charged', asking({ lines: [{ tax: 'C00', minor: 1 }] }), facts(), ['duty.refund_exceeds_paid/lines/0/minor']],
    [
      'one tax twice',
      asking({
        lines: [
          { tax: 'A00', minor: 1 },
          { tax: 'A00', minor: 1 },
        ],
      }),
      facts(),
      ['duty.refund_tax_twice/lines'],
    ],
    ['after three years', asking(), facts({ chargedOn: '2023-11-24' }), ['duty.refund_late/reference']],
    [
      'a reason of another kind, and a wrong IBAN: both at once',
      asking({ reason: 'paid_twice', destination: { to: 'bank', name: 'x', iban: 'XV00123456789012' } }),
      facts(),
      ['duty.refund_reason/reason', 'duty.iban_wrong/destination/iban'],
    ],
    [
      'a remission with a place for money',
      asking({ kind: 'remission', lines: [{ tax: 'A00', minor: 700 }] }),
      facts(),
      ['duty.refund_destination/destination'],
    ],
    [
      'more than was paid too much',
      asking({ kind: 'overpayment', reason: 'paid_twice', lines: [{ tax: 'A00', minor: 301 }] }),
      facts(),
      ['duty.refund_exceeds_paid/lines'],
    ],
    ['drawback without the export', asking({ kind: 'drawback', reason: 're_exported' }), facts(), ['duty.refund_export_missing/export']],
    ['no debt', asking(), { ...facts(), debt: null }, ['duty.debt_unknown/reference']],
  ]
  for (const [name, c, f, expected] of refused) test(`is refused: ${name}`, () => assert.deepEqual(codes(c, f), expected))

  test('on the last day of three years it comes in time', () => assert.deepEqual(codes(asking(), facts({ chargedOn: '2023-11-25' })), []))

  test('drawback counts what was claimed before', () => {
    const export_ = { reference: 'X', exportedOn: '2026-11-01', item: 1, importedQuantity: '10', exportedQuantity: '4' }
    const c = asking({ kind: 'drawback', reason: 're_exported', export: export_ })
    assert.deepEqual(codes(c, facts({ exportedBefore: '6' })), [])
    assert.deepEqual(codes(c, facts({ exportedBefore: '6.5' })), ['duty.refund_exported_more/export/exportedQuantity'])
  })
})

test('drawback gives the exported share, less what the law keeps, never rounded up', () => {
  assert.deepEqual(drawbackOf([{ tax: 'A00', minor: 10_001 }], { importedQuantity: '3', exportedQuantity: '1' }, '99'), [
    { tax: 'A00', minor: 3_300 },
  ])
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 10 ** 12 }), fc.integer({ min: 1, max: 1_000 }), fc.integer({ min: 1, max: 1_000 }), (minor, a, b) => {
      const [exported, imported] = [Math.min(a, b), Math.max(a, b)]
      const [line] = drawbackOf([{ tax: 'A00', minor }], { importedQuantity: String(imported), exportedQuantity: String(exported) }, '99')
      assert.ok((line?.minor ?? 0) <= (minor * 99) / 100)
    }),
  )
})

describe('a decision', () => {
  const state = { status: 'requested' as const, amountMinor: 50_001, requestedBy: 'trader', reviewedBy: null }
  const as = (personId: string, more: { mayApprove?: boolean } = {}) => ({
    personId,
    mayReview: true,
    mayApprove: false,
    secondPersonMinor: 50_000,
    ...more,
  })
  const type = (...args: Parameters<typeof decideRefund>): string => {
    const d = decideRefund(...args)
    return d.ok ? d.events[0]!.type : d.issues[0]!.code
  }
  const yes = { grant: true, grounds: 'so' }
  test('above the sum needs a second person with authority, who is not the first nor who asked', () => {
    assert.equal(type(state, yes, as('a')), 'refund.proposed')
    const proposed = { ...state, status: 'proposed' as const, reviewedBy: 'a' }
    assert.equal(type(proposed, yes, as('a', { mayApprove: true })), 'duty.second_person')
    assert.equal(type(proposed, yes, as('b')), 'access.denied')
    assert.equal(type(proposed, yes, as('trader', { mayApprove: true })), 'duty.second_person')
    assert.equal(type(proposed, yes, as('b', { mayApprove: true })), 'refund.approved')
    assert.equal(type(proposed, { ...yes, grant: false }, as('b', { mayApprove: true })), 'refund.refused')
  })
  test('at the sum one person decides; nothing is decided twice', () => {
    assert.equal(type({ ...state, amountMinor: 50_000 }, yes, as('a')), 'refund.approved')
    assert.equal(type({ ...state, status: 'paid' }, yes, as('a')), 'duty.refund_decided')
  })
})

describe('a demand', () => {
  const state: ClaimState = { stage: 'reminded', dueOn: '2026-11-01', outstanding: { minor: 500, currency: 'VRC' }, proposedBy: null }
  const as = (personId: string, mayGiveUp = false): ClaimFacts => ({ today: '2026-11-25', terms, personId, mayGiveUp })
  const type = (...args: Parameters<typeof decideClaim>): string => {
    const d = decideClaim(...args)
    return d.ok ? d.events[0]!.type : d.issues.map((i) => i.code).join()
  }
  test('is reminded only when late, enforced only when reminded', () => {
    assert.equal(type({ ...state, dueOn: '2026-11-25' }, { name: 'remind' }, as('a')), 'duty.claim_not_overdue')
    assert.equal(type(state, { name: 'remind' }, as('a')), 'claim.reminded')
    assert.equal(type({ ...state, stage: 'demanded' }, { name: 'enforce' }, as('a')), 'duty.claim_stage')
    assert.equal(type(state, { name: 'enforce' }, as('a')), 'claim.enforced')
    assert.equal(type({ ...state, stage: 'closed' }, { name: 'give-up', kind: 'write_off' }, as('a', true)), 'duty.claim_stage')
  })
  test('is given up by two persons, the second with authority', () => {
    const giveUp = { name: 'give-up', kind: 'write_off' } as const
    assert.equal(type(state, giveUp, as('a', true)), 'claim.giving-up-proposed')
    assert.equal(type({ ...state, proposedBy: 'a' }, giveUp, as('a', true)), 'duty.second_person')
    assert.equal(type({ ...state, proposedBy: 'a' }, giveUp, as('b')), 'access.denied')
    assert.equal(type({ ...state, proposedBy: 'a' }, giveUp, as('b', true)), 'claim.given-up')
  })
  test('is set off against what is there, up to what is due', () => {
    const off = (minor: number, available: number, currency = 'VRC') => ({
      name: 'set-off' as const,
      money: { minor, currency },
      available: { minor: available, currency: 'VRC' },
    })
    assert.equal(type(state, off(500, 500), as('a')), 'claim.set-off')
    assert.equal(type(state, off(501, 1_000), as('a')), 'duty.overpaid')
    assert.equal(type(state, off(400, 399), as('a')), 'duty.credit_short')
    assert.equal(type(state, off(1, 400, 'EUR'), as('a')), 'duty.currency_differs')
    assert.equal(type(state, { ...off(1, 1), available: null }, as('a')), 'duty.account_not_found')
  })
})

test('a guarantee is refused with every reason at once', () => {
  const g: OpenGuarantee = {
    code: 'G1',
    owner: 'X',
    kind: 'individual',
    guarantor: 'B',
    guarantorName: 'Bank',
    referenceAmount: { minor: 0, currency: 'EUR' },
    levelPercent: 50,
    validFrom: '2026-12-01',
    validTo: '2026-11-01',
  }
  const d = decideGuarantee(g, { today: '2026-11-25', currency: 'VRC', exists: true })
  assert.deepEqual(d.ok ? [] : d.issues.map((i) => i.path), [
    '/code',
    '/referenceAmount',
    '/referenceAmount/currency',
    '/levelPercent',
    '/validTo',
    '/validFrom',
    '/onlyFor',
  ])
  const sound = {
    ...g,
    kind: 'comprehensive' as const,
    referenceAmount: { minor: 1, currency: 'VRC' },
    validFrom: '2026-11-25',
    validTo: '2027-01-01',
  }
  assert.ok(decideGuarantee(sound, { today: '2026-11-25', currency: 'VRC', exists: false }).ok)
})

test('an IBAN with one digit wrong is none', () => {
  // the example of ISO 13616 in every bank's manual
  assert.ok(isIban('GB82WEST12345698765432'))
  fc.assert(
    fc.property(fc.stringMatching(/^[0-9]{16}$/), fc.integer({ min: 4, max: 19 }), fc.integer({ min: 1, max: 9 }), (number, place, shift) => {
      const iban = ibanOf('XV', number)
      assert.ok(isIban(iban), iban)
      const wrong = iban.slice(0, place) + String((Number(iban[place]) + shift) % 10) + iban.slice(place + 1)
      assert.ok(!isIban(wrong), wrong)
    }),
  )
})
