/**
 * An image of the server in the workstation: `<ImageStation id={imageId} />`, or for a case
 * `<ImageStation id={imageId} blind={!mayKnow} reading={reading} onShown={begin} />`. Blind, findings are not even asked for.
 */
import { problemIn } from '../../app/api.ts'
import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { useLive } from '../../app/live.ts'
import { useCan } from '../../app/session.ts'
import { formatInstant } from '../../i18n/format.ts'
import { ProblemNote } from '../../ui/IssueList.tsx'
import { Loading } from '../../ui/Layout.tsx'
import { useDarkRoom } from '../../ui/use-dark-room.ts'
import type { Reading } from '../../viewer/station.ts'
import { Workstation } from '../../viewer/Workstation.tsx'
import { boxesOf, loadStationImage, useFindings, useOpened } from './station-data.ts'

export type ImageStationProps = { id: string; blind?: boolean; reading?: Reading; onShown?: () => void }

export const ImageStation = ({ id, blind = false, reading, onShown }: ImageStationProps) => {
  const { i18n } = useTranslation('viewer')
  const can = useCan()
  const { data, error, isPending, refetch } = useOpened(id)
  const findings = useFindings(id, !blind && can('inspection:finding:read'))
  useLive('inspection', (change) => {
    if (!blind && (change.id === id || change.id === '*')) void findings.refetch()
  })
  useDarkRoom()
  const images = useMemo(
    () => data?.stations.map((station, n) => (n === 0 && findings.data && !blind ? { ...station, boxes: boxesOf(findings.data) } : station)) ?? [],
    [data, findings.data, blind],
  )
  const earlier = useMemo(
    () => data?.earlier.map((row) => ({ id: row.id, label: `${formatInstant(row.takenAt, i18n.language)} · ${row.scannerId}` })) ?? [],
    [data, i18n.language],
  )
  if (isPending) return <Loading />
  if (error) return <ProblemNote problem={problemIn(error)} onRetry={() => void refetch()} />
  const hasBoxes = images.some(({ boxes }) => boxes.length > 0)
  return (
    <Workstation
      key={id}
      id={id}
      images={images}
      boxes={blind ? 'hidden' : hasBoxes ? 'there' : 'none'}
      earlier={earlier}
      loadEarlier={loadStationImage}
      reading={reading}
      onShown={onShown}
    />
  )
}
