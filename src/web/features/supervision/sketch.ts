/** Places of the earth on a small sheet: equirectangular about their middle, north up, whatever the direction of the writing. */
import type { LonLat } from '#schema/supervision'

export type Sheet = {
  width: number
  height: number
  /** units of the sheet in a metre */ scale: number
  at: (place: LonLat) => readonly [number, number]
}

const metresPerDegree = 111_195
const width = 1000
const mostHeight = 420
const leastHeight = 160
const margin = 48

const rangeOf = (values: readonly number[]): { least: number; span: number } => {
  let [least, most] = [Infinity, -Infinity]
  for (const value of values) {
    least = Math.min(least, value)
    most = Math.max(most, value)
  }
  return { least, span: Math.max(most - least, 1) }
}

/** The sheet that just holds these places. */
export const sheetOf = (places: readonly LonLat[]): Sheet => {
  const lats = rangeOf(places.map((p) => p.lat))
  const shrink = Math.cos(((lats.least + (lats.span === 1 ? 0 : lats.span / 2)) * Math.PI) / 180)
  const east = ({ lon }: LonLat): number => lon * metresPerDegree * shrink
  const south = ({ lat }: LonLat): number => -lat * metresPerDegree
  const xs = rangeOf(places.map(east))
  const ys = rangeOf(places.map(south))
  const scale = Math.min((width - 2 * margin) / xs.span, (mostHeight - 2 * margin) / ys.span)
  const height = Math.max(leastHeight, ys.span * scale + 2 * margin)
  const [left, top] = [(width - xs.span * scale) / 2, (height - ys.span * scale) / 2]
  const tenth = (n: number): number => Math.round(n * 10) / 10
  return {
    width,
    height,
    scale,
    at: (place) => [tenth(left + (east(place) - xs.least) * scale), tenth(top + (south(place) - ys.least) * scale)],
  }
}

const mostPoints = 2000

/** A line through these places; of very many only every so many, and always the last. */
export const lineOf = (sheet: Sheet, places: readonly LonLat[]): string => {
  const step = Math.ceil(places.length / mostPoints)
  const some = step > 1 ? places.filter((_, n) => n % step === 0 || n === places.length - 1) : places
  return some.map((place, n) => `${n === 0 ? 'M' : 'L'}${sheet.at(place).join()}`).join('')
}
