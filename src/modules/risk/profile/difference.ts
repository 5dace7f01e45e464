/** Two versions of a profile beside each other. Pure. */
import type { ProfileContent, ProfileVersion, VersionsDiff } from '../schema/profile.ts'

type Line = VersionsDiff['lines'][number]

/** Lines kept, removed and added, by the longest common subsequence (texts of profiles have tens of lines). */
export const linesBetween = (before: string, after: string): Line[] => {
  const [a, b] = [before.split('\n'), after.split('\n')]
  const length = Array.from({ length: a.length + 1 }, () => new Uint16Array(b.length + 1))
  for (let i = a.length - 1; i >= 0; i--)
    for (let j = b.length - 1; j >= 0; j--)
      length[i]![j] = a[i] === b[j] ? length[i + 1]![j + 1]! + 1 : Math.max(length[i + 1]![j]!, length[i]![j + 1]!)
  const lines: Line[] = []
  let [i, j] = [0, 0]
  while (i < a.length || j < b.length) {
    if (i < a.length && j < b.length && a[i] === b[j]) {
      lines.push({ kind: 'same', text: a[i++]! })
      j++
    } else if (i < a.length && (j >= b.length || length[i + 1]![j]! >= length[i]![j + 1]!)) lines.push({ kind: 'removed', text: a[i++]! })
    else lines.push({ kind: 'added', text: b[j++]! })
  }
  return lines
}

const compared = [
  'name',
  'office',
  'lane',
  'percent',
  'maxRun',
  'validFrom',
  'validTo',
  'instruction',
  'control',
  'blocking',
  'mandatory',
  'secrecy',
] as const satisfies (keyof ProfileContent)[]

export const versionsBetween = (from: ProfileVersion, to: ProfileVersion): VersionsDiff => ({
  code: to.code,
  from: from.number,
  to: to.number,
  sameMeaning: from.hash === to.hash,
  attributes: compared
    .filter((field) => from.content[field] !== to.content[field])
    .map((field) => ({ field, before: from.content[field], after: to.content[field] })),
  lines: linesBetween(from.content.text, to.content.text),
})
