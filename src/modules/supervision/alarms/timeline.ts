/**
 * The alarms of one trip under arrivals in any order. Observations lie sorted in chunks, each with the state before and after it; a late
 * one is put into its place, its chunk is folded again, and the chunks after it only until the state is as it was.
 */
import { take } from './fold.ts'
import { inOrder, type Observation } from './observation.ts'
import { type Episode, initialState, type Plan, type State, withClosures } from './state.ts'

type Chunk = {
  items: Observation[]
  closed: Episode[]
  /** the state after it, and the same as text once that was asked for */ end: State
  mark: string | null
}
export type Timeline = { chunks: Chunk[]; seen: Set<string> }

const chunkSize = 256

export const newTimeline = (): Timeline => ({ chunks: [], seen: new Set() })

const foldChunk = (plan: Plan, before: State, items: Observation[]): Chunk => {
  const step = { s: structuredClone(before), plan, closed: [] as Episode[] }
  for (const o of items) take(step, o)
  return { items, closed: step.closed, end: step.s, mark: null }
}

const markOf = (chunk: Chunk): string => (chunk.mark ??= JSON.stringify(chunk.end))

/** Folds from chunk `from` on, at most as far as the states differ from what they were; `dirty` chunks are folded in any case. */
const refoldFrom = (timeline: Timeline, plan: Plan, from: number, dirty: ReadonlySet<Chunk>): void => {
  const { chunks } = timeline
  let last = -1
  chunks.forEach((chunk, i) => dirty.has(chunk) && (last = i))
  let state = chunks[from - 1]?.end ?? initialState()
  for (let i = from; i < chunks.length; i++) {
    const before = markOf(chunks[i]!)
    chunks[i] = foldChunk(plan, state, chunks[i]!.items)
    state = chunks[i]!.end
    // Nothing that follows can differ.
    if (i >= last && markOf(chunks[i]!) === before) return
  }
}

/** The chunk in which an observation belongs: the first that ends after it, else the last. */
const chunkFor = (chunks: readonly Chunk[], o: Observation): number => {
  let [low, high] = [0, chunks.length - 1]
  while (low < high) {
    const middle = (low + high) >> 1
    if (inOrder(chunks[middle]!.items.at(-1)!, o) < 0) low = middle + 1
    else high = middle
  }
  return low
}

const split = (items: Observation[]): Observation[][] => {
  const parts: Observation[][] = []
  const size = items.length > 2 * chunkSize ? chunkSize : items.length
  for (let at = 0; at < items.length; at += size) parts.push(items.slice(at, at + size))
  return parts
}

const unfolded = (items: Observation[]): Chunk => ({ items, closed: [], end: initialState(), mark: '' })

/** What comes after everything that is there, as nearly all of a live trip does, is folded onto the end. */
const append = (timeline: Timeline, plan: Plan, items: readonly Observation[]): void => {
  for (const o of items) {
    let chunk = timeline.chunks.at(-1)
    if (!chunk || chunk.items.length >= chunkSize) {
      chunk = { items: [], closed: [], end: structuredClone(stateOf(timeline)), mark: null }
      timeline.chunks.push(chunk)
    }
    chunk.items.push(o)
    chunk.mark = null
    take({ s: chunk.end, plan, closed: chunk.closed }, o)
  }
}

/** Puts observations among those that are there; answers the first chunk that changed and all that did. */
const merge = (timeline: Timeline, fresh: readonly Observation[]): { from: number; dirty: Set<Chunk> } => {
  const groups = Map.groupBy(fresh, (o) => chunkFor(timeline.chunks, o))
  const dirty = new Set<Chunk>()
  timeline.chunks = timeline.chunks.flatMap((chunk, i) => {
    const group = groups.get(i)
    if (!group) return [chunk]
    const items = [...chunk.items, ...group].toSorted(inOrder)
    const parts = split(items).map(unfolded)
    // What comes after was folded from the state that the whole chunk had ended in.
    parts.at(-1)!.mark = markOf(chunk)
    for (const part of parts) dirty.add(part)
    return parts
  })
  return { from: Math.min(...groups.keys()), dirty }
}

/** Takes observations in; copies of what is there are dropped. Answers how many were new. */
export const insert = (timeline: Timeline, plan: Plan, arrived: readonly Observation[]): number => {
  const fresh = arrived.filter(({ hash }) => !timeline.seen.has(hash) && timeline.seen.add(hash)).toSorted(inOrder)
  const newest = timeline.chunks.at(-1)?.items.at(-1)
  if (fresh.length > 0 && newest && inOrder(newest, fresh[0]!) > 0) {
    const { from, dirty } = merge(timeline, fresh)
    refoldFrom(timeline, plan, from, dirty)
  } else append(timeline, plan, fresh)
  return fresh.length
}

/** Folds everything again, after a fact of the plan has changed. */
export const refold = (timeline: Timeline, plan: Plan): void => refoldFrom(timeline, plan, 0, new Set(timeline.chunks))

/** The state at the newest observation. */
export const stateOf = (timeline: Timeline): State => timeline.chunks.at(-1)?.end ?? initialState()

/** Every episode of the trip so far, by beginning, kind and subject. */
export const episodesOf = (timeline: Timeline, plan: Plan): Episode[] => {
  const order = (e: Episode): string => `${e.kind}|${e.subject}`
  return [...timeline.chunks.flatMap((c) => c.closed), ...Object.values(stateOf(timeline).open)]
    .map((e) => withClosures(plan, e))
    .toSorted((a, b) => a.openedMs - b.openedMs || (order(a) < order(b) ? -1 : order(a) > order(b) ? 1 : a.lastMs - b.lastMs))
}
