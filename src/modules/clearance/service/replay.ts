/** The appeal file: every decision of a declaration is taken again from its stored facts, and must come out alike. */
import { canonicalJson } from '#kernel/canonical-json.ts'
import type { Reader } from '#platform/database.ts'
import { readEntries, type Entry } from '#platform/journal.ts'
import { type DeclarationEvent, foldEvents } from '../declaration.ts'
import { type Command, decide, type Facts } from '../decide/index.ts'
import type { DeclarationState } from '../schema/lifecycle.ts'
import { findByMrn } from '../store.ts'
import { resolved } from './references.ts'

export type Replayed = { version: number; command: string; at: string; by: string; alike: boolean; differences: string[] }

const differences = (stored: readonly unknown[], again: readonly unknown[]): string[] => {
  const found: string[] = []
  for (let i = 0; i < Math.max(stored.length, again.length); i++) {
    const [a, b] = [stored[i], again[i]]
    if (canonicalJson(a ?? null) === canonicalJson(b ?? null)) continue
    const type = ((a ?? b) as { type?: string }).type ?? '?'
    found.push(
      a === undefined
        ? `event ${i + 1} ${type} comes out now and did not then`
        : b === undefined
          ? `event ${i + 1} ${type} came out then and does not now`
          : `event ${i + 1} ${type} differs`,
    )
  }
  return found
}

const replayEntry = (state: DeclarationState | null, entry: Entry): Replayed => {
  const command = { name: entry.command, ...resolved(entry.body.payload as object, entry.body.events) } as Command
  const decision = decide(state, command, entry.body.facts as Facts)
  const found = decision.ok ? differences(entry.body.events, decision.events) : decision.issues.map((i) => `is refused now: ${i.code}`)
  return { version: entry.version, command: entry.command, at: entry.at, by: entry.actor.name, alike: found.length === 0, differences: found }
}

/** Null when there is no such declaration. `row` says whether the fold of the journal is the stored state. */
export const replayDeclaration = async (db: Reader, mrn: string): Promise<{ mrn: string; decisions: Replayed[]; row: boolean } | null> => {
  const found = await findByMrn(db, mrn)
  if (!found) return null
  let state: DeclarationState | null = null
  const decisions: Replayed[] = []
  for (const entry of await readEntries(db, { kind: 'declaration', id: found.state.id })) {
    decisions.push(replayEntry(state, entry))
    state = foldEvents(state, entry.body.events as DeclarationEvent[])
  }
  return { mrn, decisions, row: canonicalJson(state) === canonicalJson(found.state) }
}
