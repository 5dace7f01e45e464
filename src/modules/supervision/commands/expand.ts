/** Commands of people into commands of the protocol: a fence becomes its name, its nodes page by page, and the word that it is complete. Pure. */
import type { Command } from '../protocols/codec.ts'
import { error } from '#kernel/issue.ts'
import { accept, type Outcome, refuse } from '#kernel/outcome.ts'
import type { GiveCommand } from '../schema/command.ts'

type Named = Pick<Command, 'name' | 'params'>

/** Commands that change who can open the lock: they ask for a fresh proof of identity. */
export const isSensitive = (name: string): boolean => ['enable-dynamic-password', 'query-dynamic-password', 'change-password'].includes(name)

const nodesPerPage = 10
const mostPages = 5

/** Degrees as the JT701 wants its nodes: signed degrees and minutes, `DDDMM.MMMM` (manual V1.4, P29). */
const degreesMinutes = (degrees: number, digits: number): string => {
  const all = Math.round(Math.abs(degrees) * 600_000)
  const minutes = String(all % 600_000).padStart(6, '0')
  return `${degrees < 0 ? '-' : ''}${String(Math.floor(all / 600_000)).padStart(digits, '0')}${minutes.slice(0, 2)}.${minutes.slice(2)}`
}

/** A ring as text `lon,lat lon,lat …` in degrees, WGS 84. */
const ringOf = (text: string): [number, number][] | null => {
  const points = text
    .trim()
    .split(/\s+/)
    .map((pair) => pair.split(',').map(Number))
  const sound = points.every((p) => p.length === 2 && Math.abs(p[0]!) <= 180 && Math.abs(p[1]!) <= 90)
  return sound && points.length >= 3 && points.length <= nodesPerPage * mostPages ? (points as [number, number][]) : null
}

const fence = ({ fence: number, name, ring }: GiveCommand['params']): Outcome<Named[]> => {
  const points = ringOf(String(ring ?? ''))
  if (!points) return refuse(error('supervision.fence_ring', '/params/ring', { most: nodesPerPage * mostPages }))
  const id = number ?? null
  const pages = Array.from({ length: Math.ceil(points.length / nodesPerPage) }, (_, page): Named => {
    const nodes = points
      .slice(page * nodesPerPage, (page + 1) * nodesPerPage)
      .map(([lon, lat]) => `${degreesMinutes(lon, 3)},${degreesMinutes(lat, 2)}`)
    return { name: 'fence-nodes', params: { fence: id, page: page + 1, nodes: nodes.join(',') } }
  })
  return accept([{ name: 'fence-name', params: { fence: id, name: name ?? null } }, ...pages, { name: 'fence-done', params: {} }])
}

/** The commands of the protocol that one command of a person becomes, in their order. */
export const expand = ({ name, params }: Pick<GiveCommand, 'name' | 'params'>): Outcome<Named[]> =>
  name === 'fence' ? fence(params) : accept([{ name, params }])
