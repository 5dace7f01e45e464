/** One image of the desk: the viewport with what lies above it, and strokes that become marks of this image. */
import { useCallback, type ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { formatCount } from '../i18n/format.ts'
import type { Cursor } from './cursor.ts'
import { Overlay } from './Overlay.tsx'
import { moveWindow } from './pixels/look.ts'
import type { EvidenceBox, FoundBox, StationImage, Told } from './station.ts'
import { stroke, type Desk } from './tools.ts'
import type { ChangeDesk } from './use-desk.ts'
import type { Rendering } from './use-renderer.ts'
import type { Point, Size, View } from './view.ts'
import { Viewport } from './Viewport.tsx'
import css from './viewer.module.css'

export type PaneProps = {
  image: StationImage
  desk: Desk
  change: ChangeDesk
  view: View | null
  onView: (view: View) => void
  cursor: Cursor
  boxes: readonly FoundBox[]
  evidence?: readonly EvidenceBox[]
  units?: StationImage['units']
  told?: readonly Told[]
  /** the keyboard's cross stands on this one */ isMain: boolean
  /** stands above the picture: which view, which date */ caption?: ReactNode
  /** where other planes cut this one */ cut?: Point
  /** a place is pressed, not dragged */ onPoint?: (at: Point) => void
  onResize?: (window: Size) => void
  onRendering?: (rendering: Rendering) => void
}

/** A drag over the whole window moves the level by four, and stretches the window e times. */
const levelByPx = 1 / 200
const stretchByPx = 1 / 300

const none: readonly never[] = []

export const Pane = (props: PaneProps) => {
  const {
    image,
    desk,
    change,
    view,
    onView,
    cursor,
    boxes,
    evidence = none,
    units = none,
    told = none,
    isMain,
    caption,
    cut,
    onPoint,
    onResize,
    onRendering,
  } = props
  const { t, i18n } = useTranslation('viewer')
  const { width, height } = image.pixels
  const { id } = image
  const { set } = cursor
  const onWindow = useCallback(
    (dx: number, dy: number) => change((now) => ({ ...now, look: moveWindow(now.look, dy * levelByPx, Math.exp(dx * stretchByPx)) })),
    [change],
  )
  const marks = [...desk.marks, ...(desk.draft ? [desk.draft] : [])].filter(({ imageId }) => imageId === id)
  const toldHere = told.map((one) => ({ ...one, marks: one.marks.filter(({ imageId }) => imageId === id) }))
  return (
    <figure className={css.pane}>
      {caption && <figcaption className={css.caption}>{caption}</figcaption>}
      <Viewport
        image={image}
        preview={image.preview}
        look={desk.look}
        view={view}
        pointer={desk.pointer}
        label={t('image', { name: image.name, width: formatCount(width, i18n.language), height: formatCount(height, i18n.language) })}
        onView={onView}
        onHover={set}
        onPoint={onPoint}
        onStroke={(phase, at) =>
          change((now) => ({ ...stroke(now, { phase, at, imageId: id, newId: crypto.randomUUID() }), cursor: isMain ? at : now.cursor }))
        }
        onWindow={onWindow}
        onResize={onResize}
        onRendering={onRendering}
      >
        {(matrix, window) => (
          <Overlay {...{ matrix, window, image, boxes, evidence, units, marks, cut }} told={toldHere} cursor={isMain ? desk.cursor : null} />
        )}
      </Viewport>
    </figure>
  )
}
