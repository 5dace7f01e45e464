/** Positions as files that other programs read: GPX 1.1 (Topografix), GeoJSON (RFC 7946), CSV (RFC 4180). */
import type { SealRecord } from './schema/record.ts'

export const exportFormats = ['gpx', 'geojson', 'csv'] as const
type Format = (typeof exportFormats)[number]

const xml = (text: string): string => text.replace(/[<>&"']/g, (c) => `&#${c.charCodeAt(0)};`)
/** `deviceId` is the registry's number of the seal. */
type Fixed = SealRecord & { deviceId: string; lat: number; lon: number; eventTime: string }
const isFixed = (r: SealRecord): r is Fixed => r.valid && r.lat !== null && r.lon !== null && r.eventTime !== null && !r.clockSuspect

/** A track for each seal. */
const gpx = (name: string, records: readonly Fixed[]): string =>
  [
    '<?xml version="1.0" encoding="UTF-8"?>',
    '<gpx version="1.1" creator="Portcullis" xmlns="http://www.topografix.com/GPX/1/1">',
    ...[...Map.groupBy(records, (r) => r.deviceId)].flatMap(([seal, own]) => [
      `<trk><name>${xml(name)}</name><desc>${xml(seal)}</desc><trkseg>`,
      ...own.map(
        (r) => `<trkpt lat="${r.lat}" lon="${r.lon}">${r.altitudeM === null ? '' : `<ele>${r.altitudeM}</ele>`}<time>${r.eventTime}</time></trkpt>`,
      ),
      '</trkseg></trk>',
    ]),
    '</gpx>',
    '',
  ].join('\n')

const geojson = (name: string, records: readonly Fixed[]): string =>
  JSON.stringify({
    type: 'FeatureCollection',
    features: records.map((r) => ({
      type: 'Feature',
      geometry: { type: 'Point', coordinates: [r.lon, r.lat] },
      properties: {
        trip: name,
        seal: r.deviceId,
        time: r.eventTime,
        speedKph: r.speedKph,
        courseDeg: r.courseDeg,
        batteryPct: r.batteryPct,
        locked: r.sealState?.locked ?? null,
        alarms: r.alarms,
      },
    })),
  })

const csv = (records: readonly Fixed[]): string =>
  [
    'time,lat,lon,speedKph,courseDeg,batteryPct,locked,alarms,seal',
    ...records.map((r) =>
      [r.eventTime, r.lat, r.lon, r.speedKph, r.courseDeg, r.batteryPct, r.sealState?.locked ?? null, r.alarms.join(' '), r.deviceId]
        .map((v) => v ?? '')
        .join(','),
    ),
    '',
  ].join('\r\n')

/** The fixed positions among these records as a file; records of unset clocks have no place in a track. */
export const writeTrack = (
  format: Format,
  name: string,
  records: readonly { deviceId: string; record: SealRecord }[],
): { contentType: string; content: string } => {
  const fixed = records.map(({ deviceId, record }) => ({ ...record, deviceId })).filter(isFixed)
  if (format === 'gpx') return { contentType: 'application/gpx+xml', content: gpx(name, fixed) }
  return format === 'geojson'
    ? { contentType: 'application/geo+json', content: geojson(name, fixed) }
    : { contentType: 'text/csv; charset=utf-8', content: csv(fixed) }
}
