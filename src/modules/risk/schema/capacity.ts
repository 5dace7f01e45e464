/** An office's day: what its rates and minutes allow, what selection has used of them, and what it gave up for want of them. */
import { Type, type Static } from 'typebox'
import { error, type Issue } from '#kernel/issue.ts'
import { RiskProposal, Setting, SettingRow } from './proposal.ts'

const closed = { additionalProperties: false } as const
const nullable = <T extends Parameters<typeof Type.Union>[0][number]>(of: T) => Type.Union([of, Type.Null()])
const text = (max: number, min = 0) => Type.String({ minLength: min, maxLength: max })

const LaneDay = Type.Object({ selected: Type.Integer(), /** inspector minutes */ minutes: Type.Integer() }, closed)

export const OfficeDay = Type.Object(
  {
    office: text(20),
    name: text(200),
    /** what holds there: its own, or its administration's */ setting: SettingRow,
    registered: Type.Integer(),
    red: LaneDay,
    yellow: LaneDay,
    blue: LaneDay,
    /** chosen by chance; null for readers who may not know */ random: nullable(Type.Integer()),
    /** taken to fill the expected rate; null likewise */ filled: nullable(Type.Integer()),
    demoted: LaneDay,
    usedMinutes: Type.Integer(),
    /** null: no limit; never below 0, because what is mandatory or by chance is taken beyond it */ remainingMinutes: nullable(Type.Integer()),
  },
  { ...closed, title: 'RiskOfficeDay' },
)
export type OfficeDay = Static<typeof OfficeDay>

export const CapacityBoard = Type.Object(
  {
    /** legal day of the administration */ date: text(10),
    offices: Type.Array(OfficeDay),
    /** the administration's own setting, below which no office draws by chance; null where there is none */ national: nullable(SettingRow),
    waiting: Type.Array(RiskProposal),
  },
  { ...closed, title: 'RiskCapacityBoard' },
)
export type CapacityBoard = Static<typeof CapacityBoard>

export const SettingAsk = Type.Object({ reason: text(2000, 1), content: Setting }, closed)
export type SettingAsk = Static<typeof SettingAsk>

/** Shares that chance draws for each lane, before a trader's trust is weighed: part of red, the rest yellow. */
export const chanceShares = (s: Setting): { red: number; yellow: number } => {
  const red = s.explorationShare * s.expectedRate.red
  const rest = Math.max(s.minimumRandomRate, s.explorationShare * (s.expectedRate.red + s.expectedRate.yellow))
  return { red, yellow: Math.max(0, rest - red) }
}

const isShare = (x: number): boolean => x >= 0 && x <= 1
const isMinutes = (x: number): boolean => Number.isInteger(x) && x >= 1 && x <= 10_000

const outOfRange = (s: Setting): Issue[] => {
  const shares = { minimumRandomRate: s.minimumRandomRate, explorationShare: s.explorationShare }
  const rates = { red: s.expectedRate.red, yellow: s.expectedRate.yellow, blue: s.expectedRate.blue }
  return [
    ...Object.entries(shares).flatMap(([name, x]) => (isShare(x) ? [] : [error('risk.setting_share', `/content/${name}`)])),
    ...Object.entries(rates).flatMap(([name, x]) => (isShare(x) ? [] : [error('risk.setting_share', `/content/expectedRate/${name}`)])),
    ...(['documentaryMinutes', 'physicalMinutes'] as const).flatMap((name) =>
      isMinutes(s[name]) ? [] : [error('risk.setting_minutes', `/content/${name}`)],
    ),
    ...(s.trustedFactor >= 0.25 && s.trustedFactor <= 1 ? [] : [error('risk.setting_trusted', '/content/trustedFactor')]),
    ...(s.capacityMinutes === null || (Number.isInteger(s.capacityMinutes) && s.capacityMinutes >= 0)
      ? []
      : [error('risk.setting_capacity', '/content/capacityMinutes')]),
  ]
}

/** Everything that is wrong with a setting, each at its field. `national`: what binds everywhere and what an office may not weaken; null for the national one itself. */
export const settingIssues = (s: Setting, national: Setting | null): Issue[] => {
  const issues = outOfRange(s)
  if (issues.length > 0) return issues
  const { red, yellow, blue } = s.expectedRate
  // A sum of shares in binary may miss 1 by its last digit.
  if (red + yellow + blue > 1 + 1e-9)
    issues.push(error('risk.setting_rates_sum', '/content/expectedRate/red', { percent: Math.round((red + yellow + blue) * 1000) / 10 }))
  const least = national?.minimumRandomRate ?? 0
  if (s.office !== '' && s.minimumRandomRate < least)
    issues.push(error('risk.setting_below_national', '/content/minimumRandomRate', { percent: Math.round(least * 1000) / 10 }))
  if (s.capacityMinutes !== null && s.capacityMinutes > 0 && s.capacityMinutes < s.documentaryMinutes)
    issues.push(error('risk.setting_capacity_small', '/content/capacityMinutes', { minutes: s.documentaryMinutes }))
  return issues
}
