import assert from 'node:assert/strict'
import { test } from 'node:test'
import { decideReferral, evolveReferral, type ReferralCommand, type ReferralFacts } from './referral.ts'
import { referralKinds, type IssueReferral, type Referral } from './schema/referral.ts'

const at = '2026-06-01T08:00:00.000Z'
const customs = 'XV000000000001'
const person = (personId: string, agency = customs, permissions: string[] = ['risk:referral:issue']): ReferralFacts['by'] => ({
  personId,
  name: personId,
  agency,
  permissions,
})
const officer = person('officer')
const trader = person('trader', 'XV2', ['risk:referral:answer'])
const facts = (by: ReferralFacts['by'], change: Partial<ReferralFacts> = {}): ReferralFacts => ({
  at,
  by,
  represents: by === trader ? ['XV2'] : [],
  previous: null,
  ...change,
})

const issue = (change: Partial<IssueReferral> = {}, f = facts(officer)): Referral => {
  const ask: IssueReferral = { kind: 'RfI', reference: '26XV00000000000001', question: 'Which goods?', ...change }
  const decision = decideReferral(
    null,
    { name: 'issue', id: 'r1', ask, subject: { kind: 'declaration', id: 'd1' }, recipient: 'XV2', office: 'XV000101', agency: customs },
    f,
  )
  assert.ok(decision.ok)
  return decision.events.reduce(evolveReferral, null as Referral | null)!
}
const after = (r: Referral, command: ReferralCommand, by: ReferralFacts['by']): Referral | string[] => {
  const decision = decideReferral(r, command, facts(by))
  return decision.ok ? decision.events.reduce(evolveReferral, r) : decision.issues.map((i) => i.code)
}
const resolve: ReferralCommand = { name: 'resolve', conclusion: 'clear' }
const lift: ReferralCommand = { name: 'lift', conclusion: 'screened' }
const answer: ReferralCommand = { name: 'answer', text: 'Pumps.' }

test('asked, answered by whom it was addressed to, resolved by those who asked', () => {
  const asked = issue({ hours: 24 })
  assert.equal(asked.deadlineAt, '2026-06-02T08:00:00.000Z')
  assert.deepEqual(after(asked, answer, person('other', 'XV3', ['risk:referral:answer'])), ['risk.referral_unknown'])
  const answered = after(asked, answer, trader) as Referral
  assert.deepEqual([answered.status, answered.answers[0]?.text], ['answered', 'Pumps.'])
  assert.deepEqual(after(answered, resolve, person('food', 'XV9')), ['risk.referral_foreign'])
  assert.equal((after(answered, resolve, officer) as Referral).status, 'resolved')
  assert.deepEqual(after(after(answered, resolve, officer) as Referral, answer, trader), ['risk.referral_not_possible_now'])
})

test('silence is no answer: it expires, and may still be concluded', () => {
  const expired = after(issue(), { name: 'expire' }, person('system', '', [])) as Referral
  assert.equal(expired.status, 'expired')
  assert.deepEqual(after(expired, answer, trader), ['risk.referral_not_possible_now'])
  assert.equal((after(expired, resolve, officer) as Referral).status, 'resolved')
})

test('an order not to load has no deadline, is not answered, and is lifted by another person than gave it', () => {
  const order = issue({ kind: 'DNL', hours: 5 })
  assert.equal(order.deadlineAt, null)
  assert.deepEqual(after(order, answer, trader), ['risk.referral_not_possible_now'])
  assert.deepEqual(after(order, resolve, officer), ['risk.referral_not_possible_now'])
  assert.deepEqual(after(order, { name: 'expire' }, officer), ['risk.referral_not_possible_now'])
  assert.deepEqual(after(order, lift, officer), ['risk.second_person_needed'])
  assert.equal((after(order, lift, person('head')) as Referral).status, 'lifted')
  for (const kind of referralKinds.filter((k) => k !== 'DNL'))
    assert.deepEqual(after(issue({ kind }), lift, person('head')), ['risk.referral_not_possible_now'])
})

test('a chain stays with its goods', () => {
  const first = issue()
  assert.equal(issue({ kind: 'RfA', previousId: first.id }, facts(officer, { previous: first })).previousId, first.id)
  const other = decideReferral(
    null,
    {
      name: 'issue',
      id: 'r2',
      ask: { kind: 'RfI', reference: '26XV00000000000002', question: 'x', previousId: 'r1' },
      subject: first.subject,
      recipient: 'XV2',
      office: '',
      agency: customs,
    },
    facts(officer, { previous: first }),
  )
  assert.ok(!other.ok)
})
