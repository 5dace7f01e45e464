/** The layers of every map, from the ground up: world, own geography, corridors, places, ways of a replay, seals. All sources are our own. */
import type { LayerSpecification, SourceSpecification, StyleSpecification } from 'maplibre-gl'
import type { MapGround } from '#schema/supervision'
import { empty } from './ground.ts'
import type { Palette } from './palette.ts'

const geojson: SourceSpecification = { type: 'geojson', data: empty }
/** Seals nearer than this (pixels) to one another are one cluster, up to the last zoom that clusters. */
const cluster = { cluster: true, clusterRadius: 34, clusterMaxZoom: 16, clusterProperties: { worst: ['max', ['get', 'rank']] } }

const sources = (tiles: MapGround['tiles']): Record<string, SourceSpecification> => ({
  ...(tiles && { tiles: { type: 'raster', tiles: [tiles.url], tileSize: 256, attribution: tiles.attribution } }),
  world: geojson,
  borders: geojson,
  areas: geojson,
  corridors: geojson,
  fences: geojson,
  places: geojson,
  draft: geojson,
  ways: geojson,
  replay: { ...geojson, promoteId: 'id' },
  seals: { ...geojson, promoteId: 'id', ...cluster } as SourceSpecification,
})

const ground = (p: Palette, tiles: MapGround['tiles']): LayerSpecification[] => [
  { id: 'sea', type: 'background', paint: { 'background-color': p.sea } },
  { id: 'world', type: 'fill', source: 'world', paint: { 'fill-color': p.land } },
  { id: 'borders', type: 'line', source: 'borders', paint: { 'line-color': p.border, 'line-width': 0.7 } },
  {
    id: 'areas',
    type: 'fill',
    source: 'areas',
    filter: ['==', ['get', 'kind'], 'land'],
    paint: { 'fill-color': p.own, 'fill-outline-color': p.border },
  },
  { id: 'waters', type: 'fill', source: 'areas', filter: ['==', ['get', 'kind'], 'water'], paint: { 'fill-color': p.sea } },
  {
    id: 'area-borders',
    type: 'line',
    source: 'areas',
    filter: ['==', ['get', 'kind'], 'border'],
    paint: { 'line-color': p.border, 'line-width': 1.5, 'line-dasharray': [4, 3] },
  },
  ...(tiles ? [{ id: 'tiles', type: 'raster', source: 'tiles', paint: { 'raster-opacity': 0.8 } } satisfies LayerSpecification] : []),
  {
    id: 'area-names',
    type: 'symbol',
    source: 'areas',
    filter: ['==', ['get', 'kind'], 'place'],
    layout: { 'icon-image': ['get', 'image'] },
    paint: { 'icon-opacity': 0.7 },
  },
]

/** Pixels at zoom 0 that double with every step, and never less than two. */
const trueWidth = (): LayerSpecification['paint'] =>
  ({
    'line-width': ['interpolate', ['exponential', 2], ['zoom'], 0, ['max', ['get', 'width'], 0.002], 22, ['*', ['get', 'width'], 2 ** 22]],
  }) as never

const names = (...signs: string[]): Pick<Extract<LayerSpecification, { type: 'symbol' }>, 'type' | 'source' | 'filter' | 'layout'> => ({
  type: 'symbol',
  source: 'places',
  filter: ['in', ['get', 'sign'], ['literal', signs]],
  layout: { 'icon-image': ['get', 'image'], 'icon-anchor': 'top', 'icon-offset': [0, 18], 'icon-padding': 0 },
})

const network = (p: Palette): LayerSpecification[] => [
  {
    id: 'corridors',
    type: 'line',
    source: 'corridors',
    layout: { 'line-join': 'round', 'line-cap': 'round' },
    paint: { 'line-color': p.corridor, 'line-opacity': 0.16, ...(trueWidth() as object) },
  },
  {
    id: 'corridor-lines',
    type: 'line',
    source: 'corridors',
    layout: { 'line-join': 'round' },
    paint: { 'line-color': p.corridorLine, 'line-width': 1.5 },
  },
  { id: 'fences', type: 'fill', source: 'fences', paint: { 'fill-color': p.forbidden, 'fill-opacity': 0.14 } },
  { id: 'fence-lines', type: 'line', source: 'fences', paint: { 'line-color': p.forbidden, 'line-width': 1.2, 'line-dasharray': [2, 2] } },
  {
    id: 'places',
    type: 'symbol',
    source: 'places',
    layout: { 'icon-image': ['get', 'sign'], 'icon-allow-overlap': true, 'symbol-sort-key': ['case', ['==', ['get', 'sign'], 'office'], 0, 1] },
  },
  { id: 'office-names', ...names('office') },
  { id: 'place-names', minzoom: 10.5, ...names('checkpoint', 'stop') },
  {
    id: 'draft-line',
    type: 'line',
    source: 'draft',
    filter: ['==', ['geometry-type'], 'LineString'],
    paint: { 'line-color': p.place, 'line-width': 3 },
  },
  {
    id: 'draft-width',
    type: 'line',
    source: 'draft',
    filter: ['==', ['geometry-type'], 'LineString'],
    layout: { 'line-join': 'round', 'line-cap': 'round' },
    paint: { 'line-color': p.place, 'line-opacity': 0.2, ...(trueWidth() as object) },
  },
  {
    id: 'draft-points',
    type: 'circle',
    source: 'draft',
    filter: ['==', ['geometry-type'], 'Point'],
    paint: { 'circle-radius': 6, 'circle-color': p.sea, 'circle-stroke-width': 2.5, 'circle-stroke-color': p.place },
  },
]

const sealImage = ['concat', 'seal:', ['get', 'rank'], ':', ['case', ['get', 'moving'], 'm', 's']]
/** Only an arrow turns; the shapes of alarms stand upright, so that they are known by their form. */
const turn = ['case', ['<', ['get', 'rank'], 2], ['get', 'course'], 0]

const symbols = (source: string): Pick<Extract<LayerSpecification, { type: 'symbol' }>, 'type' | 'source' | 'layout'> => ({
  type: 'symbol',
  source,
  layout: {
    'icon-image': sealImage as never,
    'icon-rotate': turn as never,
    'icon-rotation-alignment': 'map',
    'icon-allow-overlap': true,
    'icon-ignore-placement': true,
    // The gravest are drawn last, on top.
    'symbol-sort-key': ['get', 'rank'],
  },
})

const moving = (p: Palette): LayerSpecification[] => [
  {
    id: 'ways',
    type: 'line',
    source: 'ways',
    layout: { 'line-join': 'round', 'line-cap': 'round' },
    paint: { 'line-color': p.corridor, 'line-width': 3, 'line-opacity': 0.9 },
  },
  { id: 'replay', ...symbols('replay') },
  { id: 'seals', ...symbols('seals'), filter: ['!', ['has', 'point_count']] },
  {
    id: 'clusters',
    type: 'symbol',
    source: 'seals',
    filter: ['has', 'point_count'],
    layout: {
      'icon-image': ['concat', 'cluster:', ['get', 'worst'], ':', ['get', 'point_count_abbreviated']],
      'icon-allow-overlap': true,
      'icon-ignore-placement': true,
      'symbol-sort-key': ['get', 'worst'],
    },
  },
]

export const styleOf = (palette: Palette, tiles: MapGround['tiles']): StyleSpecification => ({
  version: 8,
  sources: sources(tiles),
  layers: [...ground(palette, tiles), ...network(palette), ...moving(palette)],
})
