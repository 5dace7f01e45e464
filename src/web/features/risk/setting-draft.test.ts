import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Setting } from '#schema/risk'
import { draftIssues, draftOf, settingOf } from './setting-draft.ts'

const place = { administration: 'XV', office: 'XV000101' }
const setting: Setting = {
  ...place,
  minimumRandomRate: 0.03,
  explorationShare: 0.07,
  expectedRate: { red: 0.04, yellow: 0.29, blue: 0 },
  capacityMinutes: null,
  documentaryMinutes: 20,
  physicalMinutes: 90,
  trustedFactor: 0.5,
}

test('a setting comes back from its form as it was, without the dust of binary fractions', () => {
  const draft = draftOf(setting)
  assert.deepEqual([draft.content.explorationShare, draft.content.expectedRate.yellow], ['7', '29'])
  assert.deepEqual(settingOf(draft, place), setting)
  assert.deepEqual(settingOf(draftOf({ ...setting, capacityMinutes: 960 }), place).capacityMinutes, 960)
})

test('what is no number, or missing, is told at its field; so is a missing reason', () => {
  const draft = draftOf(setting)
  const { explorationShare: _none, ...content } = draft.content
  const issues = draftIssues({ content: { ...content, physicalMinutes: 'long', capacityMinutes: '1 000' } }, place, null)
  assert.deepEqual(
    issues.map((i) => [i.code, i.path]),
    [
      ['risk.setting_share', '/content/explorationShare'],
      ['risk.setting_minutes', '/content/physicalMinutes'],
      ['risk.setting_capacity', '/content/capacityMinutes'],
      ['form.required', '/reason'],
    ],
  )
  assert.deepEqual(draftIssues({ ...draft, reason: 'Two inspectors more' }, place, setting), [])
})
