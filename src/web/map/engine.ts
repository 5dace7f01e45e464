/**
 * One map: sources filled, marks drawn on demand, what is under the pointer told. Knows nothing of React. Close it when its page goes,
 * because a browser has few WebGL contexts.
 */
import { type GeoJSONSource, Map as GlMap, type MapGeoJSONFeature, NavigationControl, ScaleControl, setWorkerUrl } from 'maplibre-gl'
import 'maplibre-gl/dist/maplibre-gl.css'
import workerUrl from 'maplibre-gl/dist/maplibre-gl-worker.mjs?worker&url'
import type { LonLat, MapGround } from '#schema/supervision'
import { areasOf, loadGround } from './ground.ts'
import { type Palette, palettes } from './palette.ts'
import type { SourceChange } from './seals.ts'
import { signOf } from './signs.ts'
import { styleOf } from './style.ts'

export type Bounds = readonly [west: number, south: number, east: number, north: number]
export type Pointed = { id: string; x: number; y: number }
export type Gathered = { ids: string[]; at: LonLat; count: number }

export type Drawn = { seals: number; clusters: number; heads: number; land: number; zoom: number }

export type MapEvents = {
  /** a seal under the pointer, null when it leaves */
  onPoint: (pointed: Pointed | null) => void
  onSeal: (id: string) => void
  onCluster: (gathered: Gathered) => void
  /** a click on no seal */
  onGround: (place: LonLat) => void
  onView: (view: { zoom: number; lat: number }) => void
  /** what is in the picture, whenever the map has come to rest */
  onDrawn: (drawn: Drawn) => void
}

export type MapEngine = {
  /** brings seals to what they should be */
  change: (change: SourceChange) => void
  /** shows or hides the live seals, as while a replay runs */
  showLive: (shown: boolean) => void
  set: (source: 'corridors' | 'fences' | 'places' | 'draft' | 'ways' | 'replay', data: GeoJSON.FeatureCollection) => void
  fit: (bounds: Bounds, options?: { padding?: number; still?: boolean }) => void
  goTo: (place: LonLat, zoom?: number) => void
  close: () => void
}

const mostListed = 500
const sealLayers = ['seals', 'replay'] as const

let workerKnown = false
/** The worker is a file of ours; without its address a bundled map stays empty and says nothing. */
const knowWorker = (): void => {
  if (!workerKnown) setWorkerUrl(new URL(workerUrl, window.location.href).href)
  workerKnown = true
}

const prefersStill = (): boolean => window.matchMedia('(prefers-reduced-motion: reduce)').matches

/** Signs are drawn when a tile first asks for one; what is added later than that is missing from the tile until something else reloads it. */
const drawSigns = (map: GlMap, palette: Palette): void => {
  map.setMissingStyleImageResolver((id) => {
    const sign = signOf(id, palette)
    if (sign && !map.hasImage(id)) map.addImage(id, sign.image, { pixelRatio: sign.pixelRatio })
  })
}

const pointAt = (features: readonly MapGeoJSONFeature[] | undefined): string | null => {
  const id: unknown = features?.[0]?.properties['id']
  return typeof id === 'string' ? id : null
}

const listen = (map: GlMap, events: MapEvents): void => {
  let pointed: string | null = null
  map.on('mousemove', (event) => {
    const [found] = map.queryRenderedFeatures(event.point, { layers: ['seals', 'replay', 'clusters'] })
    map.getCanvas().style.cursor = found ? 'pointer' : ''
    const id = found && found.layer.id !== 'clusters' ? pointAt([found]) : null
    if (id === null && pointed === null) return
    pointed = id
    events.onPoint(id === null ? null : { id, x: event.point.x, y: event.point.y })
  })
  map.on('mouseout', () => events.onPoint((pointed = null)))
  map.on('click', (event) => {
    const [found] = map.queryRenderedFeatures(event.point, { layers: ['clusters', ...sealLayers] })
    if (!found) return events.onGround({ lon: event.lngLat.lng, lat: event.lngLat.lat })
    if (found.layer.id !== 'clusters') {
      const id = pointAt([found])
      return id === null ? undefined : events.onSeal(id)
    }
    const count = Number(found.properties['point_count'])
    const source = map.getSource<GeoJSONSource>('seals')
    void source?.getClusterLeaves(Number(found.properties['cluster_id']), Math.min(count, mostListed), 0).then((leaves) => {
      const ids = leaves.flatMap((leaf) => (typeof leaf.properties?.['id'] === 'string' ? [leaf.properties['id']] : []))
      events.onCluster({ ids, count, at: { lon: event.lngLat.lng, lat: event.lngLat.lat } })
    })
  })
  const view = (): void => events.onView({ zoom: map.getZoom(), lat: map.getCenter().lat })
  map.on('zoomend', view)
  map.on('load', view)
  const count = (layer: string): number => map.queryRenderedFeatures({ layers: [layer] }).length
  map.on('idle', () =>
    events.onDrawn({ seals: count('seals'), clusters: count('clusters'), heads: count('replay'), land: count('areas'), zoom: map.getZoom() }),
  )
}

export type MapOptions = {
  container: HTMLElement
  scheme: 'dark' | 'light'
  ground: MapGround
  /** read by screen readers, names the canvas */
  label: string
  controls: boolean
  events: MapEvents
}

/** Opens a map in an element; it answers once its style is there. */
export const openMap = async ({ container, scheme, ground, label, controls, events }: MapOptions): Promise<MapEngine> => {
  knowWorker()
  const palette = palettes[scheme]
  const map = new GlMap({
    container,
    style: styleOf(palette, ground.tiles),
    center: [20.9, 34.5],
    zoom: 7,
    attributionControl: ground.tiles ? {} : false,
    dragRotate: false,
    pitchWithRotate: false,
    fadeDuration: 0,
    maxZoom: 18,
  })
  map.touchZoomRotate.disableRotation()
  map.keyboard.disableRotation()
  map.getCanvas().setAttribute('aria-label', label)
  if (controls) {
    map.addControl(new NavigationControl({ showCompass: false }), 'bottom-right')
    map.addControl(new ScaleControl({}), 'bottom-left')
  }
  drawSigns(map, palette)
  listen(map, events)
  await new Promise((resolve) => map.once('load', resolve))
  const source = (id: string): GeoJSONSource | undefined => map.getSource<GeoJSONSource>(id)
  void source('areas')?.setData(areasOf(ground.areas))
  void loadGround().then(({ land, borders }) => {
    void source('world')?.setData(land)
    void source('borders')?.setData(borders)
  })
  return {
    change: ({ add, remove }) => {
      if (add.length + remove.length > 0) void source('seals')?.updateData({ add, remove })
    },
    showLive: (shown) => {
      for (const layer of ['seals', 'clusters']) map.setLayoutProperty(layer, 'visibility', shown ? 'visible' : 'none')
    },
    set: (id, data) => void source(id)?.setData(data),
    fit: ([west, south, east, north], { padding = 48, still = false } = {}) =>
      void map.fitBounds([west, south, east, north], { padding, maxZoom: 14, animate: !still && !prefersStill() }),
    goTo: ({ lon, lat }, zoom = 14) => void map.flyTo({ center: [lon, lat], zoom: Math.max(zoom, map.getZoom()), animate: !prefersStill() }),
    close: () => map.remove(),
  }
}
