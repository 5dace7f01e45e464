/**
 * Ten criteria on 100,000 declarations: our profiles (parsed, checked, compiled), the same written by hand, @gorules/zen-engine in its
 * better mode, json-rules-engine. Same process, same records, and every engine must hit the same number for every criterion.
 */
import { ZenEngine, type ZenDecision } from '@gorules/zen-engine'
import { Engine } from 'json-rules-engine'
import type { Subject, Value } from '../src/modules/risk/profile/closures.ts'
import { fieldCount, fieldNamed } from '../src/modules/risk/profile/fields.ts'
import { readProfile } from '../src/modules/risk/profile/profile.ts'
import { compileSet } from '../src/modules/risk/profile/set.ts'
import { closures, jsonRules, profiles, records, zenExpressions, type Row } from './criteria-data.ts'

type Run = { perSecond: number; hits: number[] }

const count = 100_000
const currency = { code: 'XXX', digits: 2 }

const timed = (rows: number, began: number): number => Math.round(rows / ((performance.now() - began) / 1000))

const byHand = (rows: readonly Row[]): Run => {
  const hits = closures.map(() => 0)
  const began = performance.now()
  for (const r of rows) for (let k = 0; k < closures.length; k++) if (closures[k]!(r)) hits[k]!++
  return { perSecond: timed(rows.length, began), hits }
}

/** From the flat record to the hits: what a declaration would pay, including the filling of its fields. */
const ours = (): ((rows: readonly Row[]) => Run) => {
  const trees = profiles.map((text) => {
    const read = readProfile(text, currency)
    if (!read.ok) throw new Error(`${text}: ${JSON.stringify(read.issues)}`)
    return read.value
  })
  const set = compileSet(trees, currency)
  const d = Array.from({ length: fieldCount('declaration') }, (): Value => undefined)
  const i = Array.from({ length: fieldCount('item') }, (): Value => undefined)
  const subject: Subject = { declaration: d, items: [i] }
  const at = (name: string): number => fieldNamed(name)!.place
  const [hs, origin, value, mass, rate, taxType] = ['hs', 'origin', 'value', 'mass', 'rate', 'taxType'].map(at) as [
    number,
    number,
    number,
    number,
    number,
    number,
  ]
  const [departure, office, importType, importer, declarant] = ['departure', 'office', 'importType', 'importer', 'declarant'].map(at) as [
    number,
    number,
    number,
    number,
    number,
  ]
  return (rows) => {
    const hits = profiles.map(() => 0)
    const began = performance.now()
    for (const r of rows) {
      d[departure] = r.departure
      d[office] = r.office
      d[importType] = r.importType
      d[importer] = r.importer
      d[declarant] = r.declarant
      i[hs] = r.hs
      i[origin] = r.origin
      i[value] = Math.round(r.price * 100)
      i[mass] = r.mass
      i[rate] = r.rate
      i[taxType] = r.taxType
      for (const p of set.hits(subject)) hits[p]!++
    }
    return { perSecond: timed(rows.length, began), hits }
  }
}

const zenDecision = (): { decision: ZenDecision; close: () => void } => {
  const engine = new ZenEngine()
  const decision = engine.createDecision({
    nodes: [
      { id: 'in', name: 'in', type: 'inputNode', position: { x: 0, y: 0 } },
      {
        id: 'ask',
        name: 'ask',
        type: 'expressionNode',
        position: { x: 1, y: 0 },
        content: { expressions: zenExpressions.map((value, k) => ({ id: `e${k}`, key: `c${k}`, value })) },
      },
      { id: 'out', name: 'out', type: 'outputNode', position: { x: 2, y: 0 } },
    ],
    edges: [
      { id: 'a', sourceId: 'in', targetId: 'ask', type: 'edge' },
      { id: 'b', sourceId: 'ask', targetId: 'out', type: 'edge' },
    ],
  })
  return { decision, close: () => engine.dispose() }
}

/** `together`: evaluations in flight at once. */
const zen = async (rows: readonly Row[], together: number): Promise<Run> => {
  const { decision, close } = zenDecision()
  const hits = zenExpressions.map(() => 0)
  const began = performance.now()
  for (let from = 0; from < rows.length; from += together) {
    const answers = await Promise.all(rows.slice(from, from + together).map((r) => decision.evaluate(r)))
    for (const { result } of answers) for (let k = 0; k < hits.length; k++) if ((result as Record<string, boolean>)[`c${k}`]) hits[k]!++
  }
  const perSecond = timed(rows.length, began)
  close()
  return { perSecond, hits }
}

const jsonRulesEngine = async (rows: readonly Row[]): Promise<Run> => {
  const engine = new Engine(jsonRules.map((conditions, k) => ({ conditions, event: { type: String(k) } })))
  const hits = jsonRules.map(() => 0)
  const facts = rows.map((r) => ({ ...r, unit: r.price / (r.mass + 0.1) }))
  const began = performance.now()
  for (const record of facts) {
    const { events } = await engine.run(record)
    for (const e of events) hits[Number(e.type)]!++
  }
  return { perSecond: timed(rows.length, began), hits }
}

/** The middle one: neither the first, cold run nor a lucky one. */
const middle = (runs: readonly Run[]): Run => runs.toSorted((a, b) => a.perSecond - b.perSecond)[runs.length >> 1]!

export const bench = async (): Promise<Record<string, unknown>> => {
  const { rows, from } = records(count)
  const say = (text: string): void => void process.stderr.write(`${text}\n`)
  say('zen-engine')
  const few = rows.slice(0, 5000)
  const modes: (Run & { together: number })[] = []
  for (const together of [1, 1000]) modes.push({ together, ...(await zen(few, together)) })
  const mode = modes.reduce((a, b) => (b.perSecond > a.perSecond ? b : a))
  const byZen = await zen(rows, mode.together)
  say('json-rules-engine')
  const byJsonRules = await jsonRulesEngine(rows)
  say('ours, and by hand')
  const ask = ours()
  const warm = [1, 2, 3, 4, 5]
  const own = warm.map(() => ask(rows))
  const hand = warm.map(() => byHand(rows))
  const runs = { ours: middle(own), byHand: middle(hand), zen: byZen, jsonRules: byJsonRules }
  const same = Object.values(runs).every((r) => JSON.stringify(r.hits) === JSON.stringify(runs.byHand.hits))
  const yardstick = Math.max(byZen.perSecond, byJsonRules.perSecond)
  return {
    bench: 'criteria',
    ok: same,
    declarations: count,
    records: from,
    criteria: profiles.length,
    hits: runs.byHand.hits,
    identicalHits: same,
    perSecond: {
      ours: { first: own[0]!.perSecond, middle: runs.ours.perSecond },
      byHand: { first: hand[0]!.perSecond, middle: runs.byHand.perSecond },
      zenEngine: { perSecond: byZen.perSecond, inFlight: mode.together },
      jsonRulesEngine: byJsonRules.perSecond,
    },
    yardstick: byZen.perSecond >= byJsonRules.perSecond ? 'zen-engine' : 'json-rules-engine',
    ratio: Math.round((runs.ours.perSecond / yardstick) * 10) / 10,
  }
}
