/**
 * Seals as features of a map source, and the difference that brings the source from what it shows to what it should. Only what changed is
 * sent, so that thousands of seals move without stutter.
 */
import type { LiveSeal } from '#schema/supervision'

export type Severity = NonNullable<LiveSeal['worst']>
/** How grave, as a number that clusters can take the greatest of; 0 is no alarm. */
export const rankOf: Readonly<Record<Severity, number>> = { critical: 4, high: 3, medium: 2, low: 1, quality: 0 }
export const rank = (seal: Pick<LiveSeal, 'worst'>): number => (seal.worst === null ? 0 : rankOf[seal.worst])

const movingKph = 5
export const isMoving = (seal: Pick<LiveSeal, 'speedKph'>): boolean => (seal.speedKph ?? 0) >= movingKph

export type SealProperties = { id: string; rank: number; moving: boolean; course: number }
export type SealFeature = {
  type: 'Feature'
  id: string
  geometry: { type: 'Point'; coordinates: [lon: number, lat: number] }
  properties: SealProperties
}

export const featureOf = (seal: LiveSeal): SealFeature => ({
  type: 'Feature',
  id: seal.id,
  geometry: { type: 'Point', coordinates: [seal.lon, seal.lat] },
  properties: { id: seal.id, rank: rank(seal), moving: isMoving(seal), course: Math.round(seal.courseDeg ?? 0) },
})

/** A place or a look that differs by less than this is not worth a message to the source: a metre. */
const keyOf = ({ geometry: { coordinates }, properties: p }: SealFeature): string =>
  `${coordinates[0].toFixed(5)},${coordinates[1].toFixed(5)},${p.rank},${p.moving ? p.course : ''}`

export type SourceChange = { add: SealFeature[]; remove: string[] }

/** Keeps what a source shows. `next` answers what to add (a known id replaces its feature) and remove, and takes it as done. */
export const createShown = () => {
  const shown = new Map<string, string>()
  return {
    next: (wanted: Iterable<LiveSeal>): SourceChange => {
      const add: SealFeature[] = []
      const still = new Set<string>()
      for (const seal of wanted) {
        const feature = featureOf(seal)
        const key = keyOf(feature)
        still.add(seal.id)
        if (shown.get(seal.id) === key) continue
        shown.set(seal.id, key)
        add.push(feature)
      }
      const remove = [...shown.keys()].filter((id) => !still.has(id))
      for (const id of remove) shown.delete(id)
      return { add, remove }
    },
  }
}

export type SealFilter = { text: string; onTrip: boolean; corridorId: string | null; status: string | null }
export const noFilter: SealFilter = { text: '', onTrip: false, corridorId: null, status: null }

/** Does the filter let a seal be seen? Whatever it says, a seal with an open alarm is. */
export const isShown = (seal: LiveSeal, filter: SealFilter): boolean => {
  if (rank(seal) > 0) return true
  const { trip } = seal
  if (filter.onTrip && !trip) return false
  if (filter.corridorId !== null && trip?.corridorId !== filter.corridorId) return false
  if (filter.status !== null && trip?.status !== filter.status) return false
  const text = filter.text.trim().toLowerCase()
  return text === '' || [seal.id, ...seal.others, trip?.reference, trip?.vehicle, trip?.carrier].some((part) => part?.toLowerCase().includes(text))
}

/** The gravest first, then those that reported last. */
export const byGravity = (a: LiveSeal, b: LiveSeal): number =>
  rank(b) - rank(a) || (a.eventAt < b.eventAt ? 1 : a.eventAt > b.eventAt ? -1 : 0) || (a.id < b.id ? -1 : 1)
