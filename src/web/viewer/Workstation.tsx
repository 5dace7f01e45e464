/**
 * The image workstation, for whoever has images of a subject:
 *   <Workstation id={image.id} images={[image]} boxes="there" earlier={earlier} loadEarlier={load} reading={reading} onShown={start} />
 * Tools are a table (tools.ts), pictures are developed by render/, everything is reached by keys. `boxes="hidden"` is the blind reading: what the
 * model marked is then neither shown nor named. Put it into `<Page fill>`; the decision bar, if there is a reading, is the last thing of the page.
 */
import { useCallback, useEffect, useRef, useState, type ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { Note } from '../ui/Layout.tsx'
import { ContextPanel } from '../ui/Page.tsx'
import { useCursor } from './cursor.ts'
import { Figures } from './Figures.tsx'
import { NoteDialog } from './NoteDialog.tsx'
import { Panes } from './Panes.tsx'
import { materialBasis } from './pixels/pixels.ts'
import { middleOf } from './pixels/volume.ts'
import { ReadingBar } from './ReadingBar.tsx'
import type { Earlier, Reading, StationImage, Told } from './station.ts'
import { StationPanel } from './StationPanel.tsx'
import { Toolbox } from './Toolbox.tsx'
import { viewOf, withNote, type Surroundings } from './tools.ts'
import { useDeskKeys } from './use-desk-keys.ts'
import { useDesk } from './use-desk.ts'
import type { Rendering } from './use-renderer.ts'
import type { Size } from './view.ts'
import { sliceImage, VolumePanes } from './VolumePanes.tsx'
import css from './viewer.module.css'

export type WorkstationProps = {
  /** names what is kept in this browser */ id: string
  /** at least one; several views of one subject are moved in step */ images: readonly StationImage[]
  boxes: Surroundings['boxes']
  earlier?: readonly Earlier[]
  loadEarlier?: (id: string) => Promise<StationImage>
  reading?: Reading
  /** what others drew who have decided */ told?: readonly Told[]
  /** what else is known, on top of the panel */ beside?: ReactNode
  /** the first complete picture is on the screen: a reading begins */ onShown?: () => void
}

const none: readonly never[] = []
const anyWindow: Size = { width: 1, height: 1 }

/** Says once that the picture is there, and by what it is drawn. */
const useShown = (onShown: (() => void) | undefined): [Rendering['kind'], (rendering: Rendering) => void] => {
  const [kind, setKind] = useState<Rendering['kind']>(null)
  const told = useRef(false)
  const latest = useRef(onShown)
  latest.current = onShown
  const onRendering = useCallback((rendering: Rendering): void => {
    setKind(rendering.kind)
    if (!rendering.isDrawn || told.current) return
    told.current = true
    latest.current?.()
  }, [])
  return [kind, onRendering]
}

const StationNotes = ({ isApproximate, isSoftware }: { isApproximate: boolean; isSoftware: boolean }) => {
  const { t } = useTranslation('viewer')
  return (
    <>
      {isApproximate && <Note tone="warning">{t('approximate')}</Note>}
      {isSoftware && <Note title={t('software')}>{t('softwareText')}</Note>}
    </>
  )
}

export const Workstation = (props: WorkstationProps) => {
  const { id, images, boxes, earlier = none, loadEarlier, reading, told = none, beside, onShown } = props
  const { t } = useTranslation('viewer')
  const first = images[0]!
  const { volume } = first
  const basis = materialBasis(first.pixels, first.table !== null)
  const [desk, change] = useDesk(id, basis, first.pixels.kind === 'colour')
  const [window, setWindow] = useState<Size>(anyWindow)
  const [kind, onRendering] = useShown(onShown)
  const [place, setPlace] = useState(() => volume && middleOf(volume))
  const [earlierId, setEarlierId] = useState<string | null>(earlier[0]?.id ?? null)
  useEffect(() => setEarlierId((now) => now ?? earlier[0]?.id ?? null), [earlier])
  const cursor = useCursor()
  const main = volume && place ? sliceImage(first, volume, 'axial', place.axial) : first
  const around: Surroundings = { image: main.pixels, window, basis, boxes, hasHistory: earlier.length > 0 }
  useDeskKeys({ desk, change, around, imageId: main.id })
  const shared = { desk, change, cursor, onRendering, onResize: setWindow }
  return (
    <>
      <div className={css.station}>
        <Toolbox desk={desk} change={change} around={around} />
        <div className={css.middle}>
          <StationNotes isApproximate={basis === 'approximate'} isSoftware={kind === 'software'} />
          {volume && place ? (
            <VolumePanes
              {...shared}
              told={boxes === 'there' && desk.boxesShown ? told : none}
              image={first}
              volume={volume}
              place={place}
              areBoxesShown={boxes === 'there' && desk.boxesShown}
              onPlace={setPlace}
            />
          ) : (
            <Panes {...shared} {...{ images, told, earlierId, loadEarlier }} areBoxesShown={boxes === 'there' && desk.boxesShown} />
          )}
          <Figures image={main} basis={basis} cursor={cursor} desk={desk} view={viewOf(desk, around)} />
        </div>
      </div>
      {desk.draft?.kind === 'text' && <NoteDialog onDone={(text) => change((now) => withNote(now, text))} />}
      <ContextPanel title={t('panel')}>
        {beside}
        <StationPanel
          told={told}
          areMarksGiven={reading !== undefined}
          images={volume ? [main] : images}
          desk={desk}
          change={change}
          boxes={boxes}
          earlier={earlier}
          earlierId={earlierId}
          onEarlier={setEarlierId}
        />
      </ContextPanel>
      {reading && !reading.given && <ReadingBar reading={reading} marks={desk.marks} />}
    </>
  )
}
