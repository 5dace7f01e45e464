/** Colours of maps, for a dark room and a light one: land and sea stay behind what moves on them. */
import { dark, light } from '../ui/tokens.ts'

export type Palette = {
  sea: string
  land: string
  border: string
  own: string
  name: string
  halo: string
  corridor: string
  corridorLine: string
  forbidden: string
  place: string
  /** by rank of severity, 0 (no alarm) to 4 (critical) */
  ranks: readonly string[]
  /** text and mark on the colour of a rank */
  onRank: string
}

export const palettes: Readonly<Record<'dark' | 'light', Palette>> = {
  dark: {
    sea: '#0b1113',
    land: '#1a2427',
    border: '#37484e',
    own: '#223034',
    name: '#a0b0b4',
    halo: '#0b1113',
    corridor: dark.accent,
    corridorLine: '#3f7f8b',
    forbidden: dark.laneRed,
    place: '#d5dfe1',
    ranks: ['#9fb4b9', dark.laneBlue, dark.laneBlue, dark.laneYellow, dark.laneRed],
    onRank: '#0b1113',
  },
  light: {
    sea: '#dfe8ea',
    land: '#f6f7f4',
    border: '#aab7ba',
    own: '#ffffff',
    name: '#4c5b5d',
    halo: '#ffffff',
    corridor: light.accent,
    corridorLine: '#5a97a2',
    forbidden: light.laneRed,
    place: '#2b3a3d',
    ranks: ['#4c5b5d', light.laneBlue, light.laneBlue, light.laneYellow, light.laneRed],
    onRank: '#ffffff',
  },
}
