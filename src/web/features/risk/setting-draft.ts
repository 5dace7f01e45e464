/** A setting as a form holds it: shares as percentages and minutes as numerals, empty where nothing is said; and back. Pure. */
import { Decimal } from '#kernel/decimal.ts'
import { error, type Issue } from '#kernel/issue.ts'
import { settingIssues, type Setting } from '#schema/risk'

type Texts<K extends string> = Partial<Record<K, string>>
export type SettingDraft = {
  reason?: string
  content: Texts<'minimumRandomRate' | 'explorationShare' | 'capacityMinutes' | 'documentaryMinutes' | 'physicalMinutes' | 'trustedFactor'> & {
    expectedRate: Texts<'red' | 'yellow' | 'blue'>
  }
}

/** Decimal, so that 3 % is 0.03 and comes back as 3. */
const percentOf = (share: number): string => new Decimal(share).times(100).toString()
const shareOf = (text: string | undefined): number => (text === undefined ? Number.NaN : numberOf(text, (d) => d.div(100)))
const numberOf = (text: string | undefined, make: (d: Decimal) => Decimal = (d) => d): number =>
  text !== undefined && /^-?\d+(\.\d+)?$/.test(text) ? make(new Decimal(text)).toNumber() : Number.NaN

export const draftOf = (s: Setting): SettingDraft => ({
  content: {
    minimumRandomRate: percentOf(s.minimumRandomRate),
    explorationShare: percentOf(s.explorationShare),
    expectedRate: { red: percentOf(s.expectedRate.red), yellow: percentOf(s.expectedRate.yellow), blue: percentOf(s.expectedRate.blue) },
    ...(s.capacityMinutes !== null && { capacityMinutes: String(s.capacityMinutes) }),
    documentaryMinutes: String(s.documentaryMinutes),
    physicalMinutes: String(s.physicalMinutes),
    trustedFactor: String(s.trustedFactor),
  },
})

/** What the draft says, for a place; what is no number is NaN, which no rule of a setting lets pass. */
export const settingOf = ({ content: c }: SettingDraft, { administration, office }: Pick<Setting, 'administration' | 'office'>): Setting => ({
  administration,
  office,
  minimumRandomRate: shareOf(c.minimumRandomRate),
  explorationShare: shareOf(c.explorationShare),
  expectedRate: { red: shareOf(c.expectedRate.red), yellow: shareOf(c.expectedRate.yellow), blue: shareOf(c.expectedRate.blue) },
  capacityMinutes: c.capacityMinutes === undefined ? null : numberOf(c.capacityMinutes),
  documentaryMinutes: numberOf(c.documentaryMinutes),
  physicalMinutes: numberOf(c.physicalMinutes),
  trustedFactor: numberOf(c.trustedFactor),
})

/** Everything that is wrong, at the fields: the rules that the server asks too, and that a reason is given. */
export const draftIssues = (draft: SettingDraft, place: Pick<Setting, 'administration' | 'office'>, national: Setting | null): Issue[] => [
  ...settingIssues(settingOf(draft, place), national),
  ...(draft.reason?.trim() ? [] : [error('form.required', '/reason')]),
]

/** Fields in which two settings differ, in the order of the form. */
export const settingFields = [
  'capacityMinutes',
  'expectedRed',
  'expectedYellow',
  'expectedBlue',
  'minimumRandomRate',
  'explorationShare',
  'documentaryMinutes',
  'physicalMinutes',
  'trustedFactor',
] as const
export type SettingField = (typeof settingFields)[number]

export const valueOf = (s: Setting, field: SettingField): number | null => {
  if (field === 'expectedRed') return s.expectedRate.red
  if (field === 'expectedYellow') return s.expectedRate.yellow
  if (field === 'expectedBlue') return s.expectedRate.blue
  return s[field]
}
