import assert from 'node:assert/strict'
import { test } from 'node:test'
import { chanceShares, settingIssues } from './schema/capacity.ts'
import type { Setting } from './schema/proposal.ts'

const sound: Setting = {
  administration: 'XV',
  office: 'XV000101',
  minimumRandomRate: 0.03,
  explorationShare: 0.1,
  expectedRate: { red: 0.04, yellow: 0.1, blue: 0.05 },
  capacityMinutes: 960,
  documentaryMinutes: 20,
  physicalMinutes: 90,
  trustedFactor: 0.5,
}
const national: Setting = { ...sound, office: '', capacityMinutes: null }

const cases: [name: string, change: Partial<Setting>, issues: [code: string, path: string][]][] = [
  ['a sound one', {}, []],
  ['more than all', { expectedRate: { red: 0.5, yellow: 0.4, blue: 0.2 } }, [['risk.setting_rates_sum', '/content/expectedRate/red']]],
  ['exactly all, in tenths that binary cannot hold', { expectedRate: { red: 0.1, yellow: 0.2, blue: 0.7 } }, []],
  ['less chance than the country', { minimumRandomRate: 0.01 }, [['risk.setting_below_national', '/content/minimumRandomRate']]],
  ['the country itself may draw less', { office: '', minimumRandomRate: 0.01 }, []],
  ['no paper fits into the day', { capacityMinutes: 10 }, [['risk.setting_capacity_small', '/content/capacityMinutes']]],
  ['a closed day', { capacityMinutes: 0 }, []],
  ['without a limit', { capacityMinutes: null }, []],
  [
    'out of every range at once',
    {
      explorationShare: 1.2,
      expectedRate: { red: -0.1, yellow: 0, blue: 0 },
      physicalMinutes: 0,
      documentaryMinutes: 1.5,
      trustedFactor: 0.1,
      capacityMinutes: -1,
    },
    [
      ['risk.setting_share', '/content/explorationShare'],
      ['risk.setting_share', '/content/expectedRate/red'],
      ['risk.setting_minutes', '/content/documentaryMinutes'],
      ['risk.setting_minutes', '/content/physicalMinutes'],
      ['risk.setting_trusted', '/content/trustedFactor'],
      ['risk.setting_capacity', '/content/capacityMinutes'],
    ],
  ],
]

for (const [name, change, expected] of cases)
  test(`a setting: ${name}`, () => {
    const found = settingIssues({ ...sound, ...change }, national)
    assert.deepEqual(
      found.map((i) => [i.code, i.path]),
      expected,
    )
  })

test('chance draws its part of red first; the minimum is filled up in yellow', () => {
  assert.deepEqual(chanceShares({ ...sound, explorationShare: 0.5, minimumRandomRate: 0 }), { red: 0.02, yellow: 0.05 })
  assert.deepEqual(chanceShares({ ...sound, explorationShare: 0, minimumRandomRate: 0.03 }), { red: 0, yellow: 0.03 })
})
