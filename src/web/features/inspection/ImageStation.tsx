/**
 * An image of the server in the workstation: `<ImageStation id={imageId} />`, or for a case
 * `<ImageStation id={imageId} blind={!mayKnow} told={marksOfReaders} reading={reading} onShown={begin} />`. Blind, findings are not even asked for.
 */
import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { mostMarks, type EarlierImage } from '#schema/inspection'
import { problemIn } from '../../app/api.ts'
import { useLive } from '../../app/live.ts'
import { useCan, useSession } from '../../app/session.ts'
import { formatInstant } from '../../i18n/format.ts'
import { ProblemNote } from '../../ui/IssueList.tsx'
import { useDarkRoom } from '../../ui/use-dark-room.ts'
import { withinEdges, type Mark } from '../../viewer/marks.ts'
import type { Earlier, Reading, StationImage, Told } from '../../viewer/station.ts'
import { forgetMarks } from '../../viewer/use-desk.ts'
import { Waiting } from '../../viewer/Waiting.tsx'
import { Workstation } from '../../viewer/Workstation.tsx'
import { Declared } from './Declared.tsx'
import { unitsOf, useDeclared, useEvidence } from './declared-data.ts'
import { boxesOf, loadStationImage, previewOf, useFindings, useOpened } from './station-data.ts'

export type ImageStationProps = { id: string; blind?: boolean; told?: readonly Told[]; reading?: Reading; onShown?: () => void }

const nobody: readonly Told[] = []

/** Marks as the server takes them: within their image, of those that are open here, the newest. */
const givenMarks = (marks: readonly Mark[], images: readonly StationImage[]): Mark[] =>
  marks
    .flatMap((mark) => {
      const image = images.find(({ id }) => mark.imageId.split('/')[0] === id)
      if (!image) return []
      const [width, height, slices] = image.volume?.size ?? [image.pixels.width, image.pixels.height, 0]
      return [withinEdges(mark, mark.imageId === image.id ? image.pixels : { width: Math.max(width, height), height: Math.max(height, slices) })]
    })
    .slice(-mostMarks)

/** Each earlier image by its date, what it shares with this one, and what became of it. */
const useEarlierLabels = (earlier: readonly EarlierImage[]): Earlier[] => {
  const { t, i18n } = useTranslation('centre')
  return useMemo(
    () =>
      earlier.map(({ id, takenAt, codes, sameConsignor, sameSubject, outcome, found, subject, column }) => {
        const why = [
          ...(sameSubject ? [t('earlier.subject')] : []),
          ...(codes.length > 0 ? [t('earlier.code', { codes: codes.join(', ') })] : []),
          ...(sameConsignor ? [t('earlier.consignor')] : []),
        ].join(', ')
        const became = found === null ? (outcome ?? 'open') : found ? 'found' : 'nothing'
        const words = { at: formatInstant(takenAt, i18n.language), why, outcome: t(`earlier.${became}`), subject: subject.id }
        return { id, label: column === 'real' ? t('earlier.label', words) : t('earlier.labelOf', { ...words, column: t(`column.short.${column}`) }) }
      }),
    [earlier, t, i18n.language],
  )
}

const none: readonly never[] = []

/** The first image carries what is known of it, unless it is read blind. */
const withKnown = (stations: readonly StationImage[], known: Pick<StationImage, 'boxes' | 'evidence' | 'units'>): StationImage[] =>
  stations.map((station, n) => (n === 0 ? { ...station, ...known } : station))

export const ImageStation = ({ id, blind = false, told = nobody, reading, onShown }: ImageStationProps) => {
  const can = useCan()
  const { person } = useSession()
  const { data, error, isPending, refetch } = useOpened(id)
  const findings = useFindings(id, !blind && can('inspection:finding:read'))
  const declared = useDeclared(id)
  const evidence = useEvidence(declared.data?.match)
  const earlier = useEarlierLabels(data?.earlier ?? none)
  useLive('inspection', (change) => {
    if (change.id !== id && change.id !== '*') return
    void declared.refetch()
    if (!blind) void findings.refetch()
  })
  useDarkRoom()
  const stations = data?.stations ?? none
  const boxes = !blind && findings.data ? boxesOf(findings.data) : none
  const images = withKnown(stations, { boxes, evidence, units: unitsOf(declared.data?.match) })
  if (isPending) return <Waiting preview={previewOf(id)} />
  if (error) return <ProblemNote problem={problemIn(error)} onRetry={() => void refetch()} />
  const hasBoxes =
    images.some((image) => image.boxes.length + image.evidence.length + image.units.length > 0) || told.some(({ marks }) => marks.length > 0)
  // What somebody draws is his own: whoever sits down after him at this browser finds a clean image.
  const stationId = `${person.id}.${id}`
  const give: Reading['give'] | undefined =
    reading &&
    (async (verdict, seen, grounds, marks) => {
      const reply = await reading.give(verdict, seen, grounds, givenMarks(marks, stations))
      if (reply?.ok) forgetMarks(stationId)
      return reply
    })
  return (
    <Workstation
      key={id}
      id={stationId}
      images={images}
      boxes={blind ? 'hidden' : hasBoxes ? 'there' : 'none'}
      earlier={earlier}
      loadEarlier={loadStationImage}
      reading={reading && give && { ...reading, give }}
      told={told}
      beside={declared.data && <Declared of={declared.data} withheld={blind} />}
      onShown={onShown}
    />
  )
}
