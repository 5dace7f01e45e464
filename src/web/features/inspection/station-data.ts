/** From the server to the workstation: planes at full depth, what the model marked, other views and earlier images of the same subject. */
import { useQuery, type UseQueryResult } from '@tanstack/react-query'
import { stationPreviewPx, type EarlierImage, type Image, type ImageRow, type Plane, type StoredFinding } from '#schema/inspection'
import { get, getBytes } from '../../app/api.ts'
import { plainEnergies, tableFor } from '../../viewer/pixels/material.ts'
import type { Pixels } from '../../viewer/pixels/pixels.ts'
import { sliceOf, stretched, type Volume } from '../../viewer/pixels/volume.ts'
import type { FoundBox, StationImage } from '../../viewer/station.ts'

export const imagesPath = '/api/inspection/images'

/** The picture for people that the server keeps of every image, in the size that it makes beforehand. */
export const previewOf = (id: string): string => `${imagesPath}/${id}/preview?side=${stationPreviewPx}`

const rawOf = ({ id }: Image, plane: Plane, signal: AbortSignal | undefined): Promise<ArrayBuffer> =>
  getBytes(`${imagesPath}/${id}/raw`, { plane }, { signal })

/** Samples come little-endian, as every processor that runs a browser keeps them. */
const counts = async (image: Image, plane: Plane, signal?: AbortSignal): Promise<Uint16Array> => new Uint16Array(await rawOf(image, plane, signal))

const volumeOf = async (image: Image, signal?: AbortSignal): Promise<Volume> => {
  const { mmPerPx } = image.sidecar
  const pitch = mmPerPx ?? 1
  return {
    size: [image.widthPx, image.heightPx, image.slices],
    // The distance of slices is not delivered: the volume is shown as if it were that of pixels, and nothing is measured along it.
    spacingMm: [pitch, pitch, pitch],
    hasSliceDistance: false,
    voxels: stretched(await counts(image, 'grey', signal)),
  }
}

const loadPixels = async (image: Image, signal?: AbortSignal): Promise<{ pixels: Pixels; volume: Volume | null }> => {
  const size = { width: image.widthPx, height: image.heightPx }
  switch (image.modality) {
    case 'dual-energy': {
      const [low, high] = await Promise.all([counts(image, 'low', signal), counts(image, 'high', signal)])
      return { pixels: { kind: 'dual', ...size, low, high }, volume: null }
    }
    case 'grey':
      return { pixels: { kind: 'grey', ...size, isDensity: false, grey: await counts(image, 'grey', signal) }, volume: null }
    case 'colour':
      return { pixels: { kind: 'colour', ...size, rgb: new Uint8Array(await rawOf(image, 'rgb', signal)) }, volume: null }
    case 'volume': {
      const volume = await volumeOf(image, signal)
      return { pixels: sliceOf(volume, 'axial', Math.floor(image.slices / 2)), volume }
    }
  }
}

const nameOf = ({ subject, sidecar }: Image): string => (sidecar.view ? `${subject.id} · ${sidecar.view}` : subject.id)

/** Boxes of the newest finding. */
export const boxesOf = (findings: readonly StoredFinding[]): FoundBox[] =>
  (findings[0]?.bags ?? []).flatMap((bag) => bag.findings.map(({ class: name, confidence, box }) => ({ name, confidence, box })))

/** One image with its pixels, without boxes. */
const toStation = async (image: Image, signal?: AbortSignal): Promise<StationImage> => {
  const energies = image.sidecar.energiesKeV ?? plainEnergies
  const { mmPerPx } = image.sidecar
  return {
    id: image.id,
    name: nameOf(image),
    takenAt: image.takenAt,
    ...(await loadPixels(image, signal)),
    energies,
    table: tableFor(energies),
    pitch: mmPerPx === undefined ? null : [mmPerPx, mmPerPx],
    boxes: [],
    evidence: [],
    units: [],
    preview: previewOf(image.id),
  }
}

const readImage = (id: string, signal?: AbortSignal): Promise<Image> => get<Image>(`${imagesPath}/${id}`, {}, { signal })

export const loadStationImage = async (id: string): Promise<StationImage> => toStation(await readImage(id))

/** What one opens: the image, the other views taken of the subject at the same moment, and earlier images of it, of such goods and of that shipper. */
export type Opened = { image: Image; stations: readonly StationImage[]; earlier: readonly EarlierImage[] }

const mostSiblings = 50

const isOtherView = (image: Image, row: ImageRow): boolean =>
  row.id !== image.id && row.scannerId === image.scannerId && Date.parse(row.takenAt) === Date.parse(image.takenAt)

const open = async (id: string, signal: AbortSignal): Promise<Opened> => {
  const image = await readImage(id, signal)
  const { kind, id: subjectId } = image.subject
  const [station, siblings, earlier] = await Promise.all([
    toStation(image, signal),
    get<{ rows: ImageRow[] }>(imagesPath, { subjectKind: kind, subjectId, sort: '-takenAt', size: mostSiblings }, { signal }),
    get<EarlierImage[]>(`${imagesPath}/${id}/earlier`, {}, { signal }),
  ])
  const views = siblings.rows.filter((row) => isOtherView(image, row))
  const others = await Promise.all(views.map(async (row) => toStation(await readImage(row.id, signal), signal)))
  return { image, stations: [station, ...others], earlier }
}

/** An image never changes: it is read once. */
export const useOpened = (id: string): UseQueryResult<Opened> =>
  useQuery({ queryKey: ['inspection', 'opened', id], queryFn: ({ signal }) => open(id, signal), staleTime: Infinity, gcTime: 60_000 })

/** `isAllowed`: who reads blind does not even ask. */
export const useFindings = (id: string, isAllowed: boolean): UseQueryResult<StoredFinding[]> =>
  useQuery({
    queryKey: ['inspection', 'findings', id],
    queryFn: ({ signal }) => get<StoredFinding[]>(`${imagesPath}/${id}/findings`, {}, { signal }),
    enabled: isAllowed,
  })
