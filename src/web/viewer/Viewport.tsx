/**
 * One image in a window: zoom by wheel about the pointer, pan by dragging, draw with the tool in hand; boxes, marks and the keyboard's cross lie
 * above it. What it shows and what happens to it belongs to whoever holds the desk.
 */
import { useEffect, useMemo, useRef, type PointerEvent as ReactPointerEvent, type ReactNode } from 'react'
import type { Look } from './pixels/look.ts'
import type { StationImage } from './station.ts'
import type { Pointer } from './tools.ts'
import { useRenderer, useWindowSize, type Rendering } from './use-renderer.ts'
import { fitted, matrixOf, pannedBy, toImage, zoomedAt, type Matrix, type Point, type Size, type View } from './view.ts'
import css from './viewer.module.css'

export type ViewportProps = {
  image: Pick<StationImage, 'pixels' | 'table'>
  /** shown until the image is drawn */ preview?: string | null
  look: Look
  /** null: the whole image */ view: View | null
  pointer: Pointer
  label: string
  onView: (view: View) => void
  /** where the pointer is, in pixels of the image; null when it leaves */ onHover?: (at: Point | null) => void
  /** a place is pressed without dragging, nothing in hand */ onPoint?: (at: Point) => void
  /** a tool that draws: pressed, moved while pressed, let go */ onStroke?: (phase: 'begin' | 'move' | 'end', at: Point) => void
  /** the window of brightness is dragged, in device pixels */ onWindow?: (dx: number, dy: number) => void
  onResize?: (window: Size) => void
  onRendering?: (rendering: Rendering) => void
  /** lies above the picture */ children?: (matrix: Matrix, window: Size) => ReactNode
}

/** A notch of the wheel makes a sixth of difference; track pads send many small ones. */
const wheelFactor = ({ deltaY, deltaMode }: WheelEvent): number => Math.exp((-deltaY * (deltaMode === 0 ? 1 : 30)) / 600)

/** Where on the canvas something happened, device pixels. */
const placeIn = (element: Element, { clientX, clientY }: { clientX: number; clientY: number }): Point => {
  const edge = element.getBoundingClientRect()
  const ratio = globalThis.devicePixelRatio
  return { x: (clientX - edge.left) * ratio, y: (clientY - edge.top) * ratio }
}

/** `hasMoved`: more than a hand trembles. */
type Drag = { kind: 'pan' | 'window' | 'stroke'; x: number; y: number; from: Point; hasMoved: boolean }
const tremblePx = 3

const useGestures = (props: ViewportProps, host: React.RefObject<HTMLDivElement | null>, view: View | null, window: Size | null) => {
  const drag = useRef<Drag | null>(null)
  const latest = useRef({ props, view, window })
  latest.current = { props, view, window }
  const imagePoint = (event: ReactPointerEvent<HTMLDivElement>): Point => toImage(matrixOf(view!, window!), placeIn(event.currentTarget, event))
  useEffect(() => {
    const { current } = host
    // React listens to wheels passively; the page must not scroll under the picture.
    const onWheel = (event: WheelEvent): void => {
      const now = latest.current
      if (!now.view || !now.window) return
      event.preventDefault()
      now.props.onView(zoomedAt(now.view, now.window, placeIn(current!, event), wheelFactor(event)))
    }
    current?.addEventListener('wheel', onWheel, { passive: false })
    return () => current?.removeEventListener('wheel', onWheel)
  }, [host])
  const begin = (event: ReactPointerEvent<HTMLDivElement>): void => {
    if (!view || !window || event.button > 1) return
    event.currentTarget.setPointerCapture(event.pointerId)
    const isPan = props.pointer === 'pan' || event.button === 1
    const kind = isPan ? 'pan' : props.pointer === 'window' ? 'window' : 'stroke'
    const from = placeIn(event.currentTarget, event)
    drag.current = { kind, ...from, from, hasMoved: false }
    if (kind === 'stroke') props.onStroke?.('begin', imagePoint(event))
  }
  const move = (event: ReactPointerEvent<HTMLDivElement>): void => {
    if (!view || !window) return
    props.onHover?.(imagePoint(event))
    const { current } = drag
    if (!current) return
    const at = placeIn(event.currentTarget, event)
    if (current.kind === 'pan') props.onView(pannedBy(view, { x: at.x - current.x, y: at.y - current.y }))
    else if (current.kind === 'window') props.onWindow?.(at.x - current.x, at.y - current.y)
    else props.onStroke?.('move', imagePoint(event))
    drag.current = { ...current, ...at, hasMoved: current.hasMoved || Math.hypot(at.x - current.from.x, at.y - current.from.y) > tremblePx }
  }
  const end = (event: ReactPointerEvent<HTMLDivElement>): void => {
    const { current } = drag
    drag.current = null
    if (!current || !view || !window) return
    if (current.kind === 'stroke') props.onStroke?.('end', imagePoint(event))
    else if (current.kind === 'pan' && !current.hasMoved) props.onPoint?.(imagePoint(event))
  }
  return { onPointerDown: begin, onPointerMove: move, onPointerUp: end, onPointerCancel: end, onPointerLeave: () => props.onHover?.(null) }
}

export const Viewport = (props: ViewportProps) => {
  const { image, preview, look, label, pointer, children, onResize, onRendering } = props
  const host = useRef<HTMLDivElement>(null)
  const window = useWindowSize(host)
  const { width, height } = image.pixels
  const view = useMemo(() => props.view ?? (window && fitted({ width, height }, window)), [props.view, window, width, height])
  const rendering = useRenderer(host, { pixels: image.pixels, table: image.table, look, view, window })
  const gestures = useGestures(props, host, view, window)
  useEffect(() => {
    if (window) onResize?.(window)
  }, [window, onResize])
  const { kind, isDrawn } = rendering
  useEffect(() => onRendering?.({ kind, isDrawn }), [kind, isDrawn, onRendering])
  return (
    <div
      ref={host}
      className={css.viewport}
      role="img"
      aria-label={label}
      data-pointer={pointer}
      data-renderer={kind ?? undefined}
      data-drawn={isDrawn || undefined}
      {...gestures}
    >
      {!isDrawn && preview && <img className={css.preview} src={preview} alt="" />}
      {view && window && children?.(matrixOf(view, window), window)}
    </div>
  )
}
