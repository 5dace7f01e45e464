/** Reads a file of a kind and adds up what came of it. Pure: the text comes in pieces, the tariff to compare with as rows. */
import type { Issue } from '#kernel/issue.ts'
import { countDifferences, differenceOf, indexOf, orphansOf, applied } from '../change/difference.ts'
import type { Change, Difference, DifferenceCounts } from '../schema.ts'
import type { TariffRows } from '../snapshot.ts'
import { readHs } from './hs.ts'
import { planImport } from './plan.ts'
import { readS301 } from './s301.ts'
import type { FileReader, Imported, ImportKind, ImportOptions, ReadRow } from './types.ts'
import { readUk } from './uk.ts'
import { readUsitc } from './usitc.ts'

export const readers: Readonly<Record<ImportKind, FileReader>> = { hs: readHs, usitc: readUsitc, uk: readUk, s301: readS301 }

/** Rows refused are told one by one up to this many; all are counted. */
const toldAtMost = 2_000

export type ImportTally = {
  rows: { read: number; taken: number; refused: number; ignored: number }
  records: { commodities: number; measures: number; areas: number; terms: number }
  refused: Issue[]
  ignored: Issue[]
  /** remarks by code, and the first of each */
  remarks: { code: string; count: number; first: Issue }[]
}

export const tallyOf = () => {
  const tally: ImportTally = {
    rows: { read: 0, taken: 0, refused: 0, ignored: 0 },
    records: { commodities: 0, measures: 0, areas: 0, terms: 0 },
    refused: [],
    ignored: [],
    remarks: [],
  }
  const plural = { commodity: 'commodities', measure: 'measures', area: 'areas', term: 'terms' } as const
  const add = (row: ReadRow): void => {
    // Line 0 and lines of a whole commodity bring what no row of the file says by itself.
    if (row.line > 0) tally.rows.read++
    if ('refused' in row) {
      tally.rows.refused++
      if (tally.refused.length < toldAtMost) tally.refused.push(row.refused)
    } else if ('ignored' in row) {
      tally.rows.ignored++
      if (tally.ignored.length < toldAtMost) tally.ignored.push(row.ignored)
    } else {
      if (row.line > 0) tally.rows.taken++
      for (const i of row.taken) tally.records[plural[i.what]]++
      for (const r of row.remarks) {
        const known = tally.remarks.find((k) => k.code === r.code)
        if (known) known.count++
        else tally.remarks.push({ code: r.code, count: 1, first: r })
      }
    }
  }
  return { tally, add }
}

export type ImportDifference = { counts: DifferenceCounts; byWhat: Record<string, Partial<DifferenceCounts>> }

/** A record that ends and is put anew from the same day on has changed: one change, not two. */
const paired = (all: readonly Difference[]): Difference[] => {
  const name = (d: Difference): string => `${d.what}/${d.key.split('@')[0]}`
  const ended = new Set(all.filter((d) => d.kind === 'ended').map(name))
  const anew = new Set(all.filter((d) => d.kind === 'added' && ended.has(name(d))).map(name))
  return all.flatMap((d): Difference[] => {
    if (!anew.has(name(d))) return [d]
    return d.kind === 'added' ? [{ ...d, kind: 'changed' }] : d.kind === 'ended' ? [] : [d]
  })
}

export const differenceBetween = (base: TariffRows, changes: readonly Change[]): ImportDifference => {
  const index = indexOf(base)
  const all = paired([...changes.map((c) => differenceOf(index, c)), ...orphansOf(index, applied(base, changes), changes)])
  const byWhat = Object.fromEntries([...Map.groupBy(all, (d) => d.what)].map(([what, some]) => [what, countDifferences(some)]))
  return { counts: countDifferences(all), byWhat }
}

export type DryRun = { tally: ImportTally; changes: Change[]; difference: ImportDifference }

/** `progress` hears of the rows read so far, now and then. */
export const dryRun = async (
  kind: ImportKind,
  chunks: Parameters<FileReader>[0],
  options: ImportOptions,
  base: TariffRows,
  progress: (rows: number) => void = () => undefined,
): Promise<DryRun> => {
  const { tally, add } = tallyOf()
  const imported: Imported[] = []
  for await (const row of readers[kind](chunks, options)) {
    add(row)
    if ('taken' in row) for (const i of row.taken) imported.push(i)
    if (tally.rows.read % 1000 === 0) progress(tally.rows.read)
  }
  const changes = planImport(base, imported, { kind, administration: options.administration, from: options.from })
  return { tally, changes, difference: differenceBetween(base, changes) }
}
