import assert from 'node:assert/strict'
import { test } from 'node:test'
import { askOf, referralIssues, type ReferralDraft } from './referral-draft.ts'

const sound: ReferralDraft = { kind: 'RfI', reference: '26XV00000000000001', question: ' Which goods? ', hours: '24' }
const wrong = (draft: ReferralDraft): string[] => referralIssues(draft).map((i) => `${i.code} ${i.path}`)

test('what is missing or wrong is told at its field, all at once', () => {
  assert.deepEqual(wrong(sound), [])
  assert.deepEqual(wrong({}), ['form.required /kind', 'form.does_not_fit /reference', 'form.required /question'])
  for (const hours of ['0', '1.5', '721', 'soon']) assert.deepEqual(wrong({ ...sound, hours }), ['form.does_not_fit /hours'], hours)
})

test('an order not to load has no deadline; without one the usual holds', () => {
  assert.deepEqual(askOf(sound), { kind: 'RfI', reference: '26XV00000000000001', question: 'Which goods?', hours: 24 })
  assert.equal(askOf({ ...sound, kind: 'DNL' }).hours, undefined)
  assert.deepEqual(wrong({ ...sound, kind: 'DNL', hours: '9999' }), [])
})
