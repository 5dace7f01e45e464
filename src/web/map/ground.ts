/** What maps are drawn on: land and borders of the world (Natural Earth 1:50m, through world-atlas), and our own geography over it. */
import { feature, mesh } from 'topojson-client'
import worldUrl from 'world-atlas/countries-50m.json?url'
import type { MapArea } from '#schema/supervision'

type World = Parameters<typeof mesh>[0]
export type Ground = { land: GeoJSON.FeatureCollection; borders: GeoJSON.FeatureCollection }

let world: Promise<Ground> | null = null

/** Fetched once for all maps of a page; where it cannot be, maps stand on our own geography alone. */
export const loadGround = (): Promise<Ground> => {
  world ??= fetch(worldUrl)
    .then((answer) => answer.json() as Promise<World>)
    .then((topology) => ({
      land: collection(feature(topology, topology.objects['land']!)),
      borders: {
        type: 'FeatureCollection' as const,
        features: [
          {
            type: 'Feature' as const,
            properties: {},
            geometry: mesh(topology, topology.objects['countries'] as Parameters<typeof mesh>[1], (a, b) => a !== b),
          },
        ],
      },
    }))
    .catch(() => {
      world = null
      return { land: empty, borders: empty }
    })
  return world
}

export const empty: GeoJSON.FeatureCollection = { type: 'FeatureCollection', features: [] }

const collection = (found: ReturnType<typeof feature>): GeoJSON.FeatureCollection =>
  found.type === 'FeatureCollection' ? (found as GeoJSON.FeatureCollection) : { type: 'FeatureCollection', features: [found] }

/** Our own areas as features; `kind` says what each is, names of places become images (`label:size:text`). */
export const areasOf = (areas: readonly MapArea[]): GeoJSON.FeatureCollection => ({
  type: 'FeatureCollection',
  features: areas.map(({ id, kind, name, geometry }) => ({
    type: 'Feature',
    properties: { id, kind, image: `label:16:${name}` },
    geometry,
  })),
})
