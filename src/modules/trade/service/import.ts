/**
 * A foreign tariff on its way into a proposal. Rows are kept as they are read: an import that was broken off goes on behind the last that
 * is there. The same file again is answered with the proposal it made.
 */
import { createHash, randomBytes } from 'node:crypto'
import { uuidv7 } from '#kernel/ids.ts'
import { inTransaction } from '#platform/database.ts'
import type { Deps } from '#platform/module.ts'
import type { Principal } from '#platform/permissions.ts'
import { planImport } from '../importing/plan.ts'
import { differenceBetween, readers, tallyOf, type DryRun } from '../importing/run.ts'
import type { Chunks, Imported, ImportKind, ImportOptions, ReadRow } from '../importing/types.ts'
import { beginImport, finishImport, keepRows, readRows, type StoredImport } from '../store/import.ts'
import { loadRows } from '../store/load.ts'
import { draftProposal } from './proposal.ts'

export type ImportAsk = {
  kind: ImportKind
  fileName: string
  title: string
  /** the text from its beginning; asked twice */
  open: () => Chunks
  options: ImportOptions
  progress?: (rows: number) => void
}
export type ImportDone = DryRun & {
  importId: string
  proposalId: string | null
  /** rows that stood already from an import that was broken off */ resumedAt: number
}

const batchOf = 500

const hashOf = async (chunks: Chunks): Promise<string> => {
  const h = createHash('sha256')
  for await (const part of chunks) h.update(part)
  return h.digest('hex')
}

/** Reads on from the row after those kept; each batch is committed before the next is read. */
const readOn = async (deps: Deps, ask: ImportAsk, begun: StoredImport): Promise<void> => {
  let number = 0
  let waiting: ReadRow[] = []
  const keep = async (): Promise<void> => {
    if (waiting.length === 0) return
    const [rows, from] = [waiting, number - waiting.length]
    await inTransaction(deps.sql, (tx) => keepRows(tx, begun.id, from, rows, deps.clock()))
    waiting = []
    ask.progress?.(number)
  }
  for await (const row of readers[ask.kind](ask.open(), ask.options)) {
    number++
    if (number <= begun.rowsDone) continue
    waiting.push(row)
    if (waiting.length >= batchOf) await keep()
  }
  await keep()
}

const draft = async (deps: Deps, principal: Principal, ask: ImportAsk, changes: DryRun['changes']): Promise<string | null> => {
  if (changes.length === 0) return null
  const done = await draftProposal(
    deps,
    { principal, key: null, at: deps.clock() },
    {
      administration: ask.options.administration,
      kind: 'import',
      title: ask.title.slice(0, 200),
      reason: `${ask.kind}: ${ask.fileName}`.slice(0, 2000),
      effectiveFrom: ask.options.from,
    },
    changes,
  )
  if (!done.ok) throw new Error(`the import of ${ask.fileName} could not be drafted: ${done.issues.map((i) => i.code).join(', ')}`)
  return done.value.id
}

/** Reads the file into a draft proposal; null when it says nothing that the tariff does not say already. */
export const importFile = async (deps: Deps, principal: Principal, ask: ImportAsk): Promise<ImportDone> => {
  const { administration, from } = ask.options
  const key = { administration, kind: ask.kind, from, fileHash: await hashOf(ask.open()) }
  const id = uuidv7(Date.parse(deps.clock()), randomBytes(10))
  const begun = await inTransaction(deps.sql, (tx) => beginImport(tx, id, key, ask.fileName, deps.clock()))
  if (begun.status === 'reading') await readOn(deps, ask, begun)
  const { tally, add } = tallyOf()
  const imported: Imported[] = []
  for (const row of await readRows(deps.sql, begun.id)) {
    add(row)
    if ('taken' in row) for (const i of row.taken) imported.push(i)
  }
  const base = await loadRows(deps.sql)
  const changes = planImport(base, imported, { kind: ask.kind, administration, from })
  const difference = differenceBetween(base, changes)
  if (begun.status === 'done') return { tally, changes, difference, importId: begun.id, proposalId: begun.proposalId, resumedAt: begun.rowsDone }
  const proposalId = await draft(deps, principal, ask, changes)
  await inTransaction(deps.sql, (tx) => finishImport(tx, begun.id, proposalId, deps.clock()))
  return { tally, changes, difference, importId: begun.id, proposalId, resumedAt: begun.rowsDone }
}
