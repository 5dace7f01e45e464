/** Takes in what an older system examined: all of a file or nothing of it. */
import { hash, randomBytes } from 'node:crypto'
import { uuidv7 } from '#kernel/ids.ts'
import { accept, type Outcome } from '#kernel/outcome.ts'
import { actorOf, type Asking, once } from '#platform/command.ts'
import { parseTable } from '../learning/table.ts'
import { pastExaminations } from '../past.ts'
import type { ImportPast, PastImported } from '../schema/past.ts'
import { savePast } from '../store/past.ts'
import type { Risk } from './live.ts'

/** The journal keeps who imported which bytes; the rows stand in their table. */
export const importPast = async (r: Risk, a: Asking, ask: ImportPast): Promise<Outcome<PastImported>> => {
  const table = parseTable(ask.content)
  if (!table.ok) return table
  const read = pastExaminations(table.value)
  if (!read.ok) return read
  const { rows, ignored } = read.value
  const { administration, source } = ask
  const id = uuidv7(Date.parse(a.now), randomBytes(10))
  return once<PastImported>(
    r.deps.sql,
    { key: a.key, actor: actorOf(a.principal), name: 'risk-past.import', subject: { kind: 'risk-past', id }, creates: true, at: a.now },
    async (tx) => {
      await savePast(tx, { administration, source, rows, by: { personId: a.principal.personId, name: a.principal.name }, at: a.now })
      const payload = { administration, source, rows: rows.length, sha256: hash('sha256', ask.content) }
      const reply = { rows: rows.length, withFinding: rows.filter((x) => x.result !== 'none').length, ignored }
      return accept({ body: { payload, facts: {}, events: [{ type: 'risk-past.imported', id, at: a.now }] }, reply })
    },
  )
}
