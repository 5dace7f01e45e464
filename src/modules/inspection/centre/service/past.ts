/** Takes in readings made elsewhere: all of a file or nothing of it. */
import { hash } from 'node:crypto'
import { accept, type Outcome } from '#kernel/outcome.ts'
import { actorOf, type Asking, once } from '#platform/command.ts'
import { parseTable } from '#modules/risk'
import type { ImportReadings, ReadingsImported } from '../../schema/past.ts'
import { newId } from '../../service/ids.ts'
import { type PastReading, pastReadings } from '../past.ts'
import { insertTrials, listTipItems, type NewTrial, type TipItem } from '../store/trials.ts'
import { type Core, ratingOf } from './cases.ts'

/** Readers of another system are no persons of this one, and invented ones are nobody: their names stand apart. */
const readerOf = ({ invented }: ImportReadings, reader: string): string => `past/${invented ? 'invented/' : ''}${reader}`

const trialOf = (ask: ImportReadings, r: PastReading, item: TipItem): NewTrial => ({
  id: newId(r.at),
  reader: readerOf(ask, r.reader),
  readerName: r.reader,
  team: r.team,
  simulatedReader: ask.invented,
  column: item.column,
  itemId: item.imageId,
  category: item.category,
  threat: item.threat,
  alarm: r.alarm,
  rating: ratingOf(r.alarm ? 'suspect' : 'clear', r.confidence),
  assisted: false,
  ms: r.ms,
  caseId: null,
  at: r.at,
  source: ask.source,
})

/** The journal keeps who imported which bytes; the readings stand among the trials. */
export const importReadings = async ({ sql, bus }: Core, asking: Asking, ask: ImportReadings): Promise<Outcome<ReadingsImported>> => {
  const table = parseTable(ask.content)
  if (!table.ok) return table
  const items = new Map((await listTipItems(sql)).map((item) => [item.imageId, item]))
  const read = pastReadings(table.value, new Set(items.keys()), asking.now)
  if (!read.ok) return read
  const { readings, ignored } = read.value
  const id = newId(asking.now)
  const subject = { kind: 'past-readings', id }
  const outcome = await once<ReadingsImported>(
    sql,
    { key: asking.key, actor: actorOf(asking.principal), name: 'past-readings.import', subject, creates: true, at: asking.now },
    async (tx) => {
      const written = await insertTrials(
        tx,
        readings.map((r) => trialOf(ask, r, items.get(r.imageId)!)),
      )
      const payload = { source: ask.source, invented: ask.invented, readings: readings.length, sha256: hash('sha256', ask.content) }
      const reply = { readings: written, known: readings.length - written, ignored }
      return accept({ body: { payload, facts: {}, events: [{ type: 'past-readings.imported', id, written }] }, reply })
    },
  )
  if (outcome.ok) bus.announce({ topic: 'inspection', id, what: 'tip' })
  return outcome
}
