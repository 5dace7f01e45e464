/** What lies above an image: boxes of a model, marks of the reader, the keyboard's cross. Lines in SVG, words on a ground of their own. */
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { formatCount, formatPercent } from '../i18n/format.ts'
import type { Mark } from './marks.ts'
import type { EvidenceBox, FoundBox, Told } from './station.ts'
import { toScreen, type Matrix, type Point, type Size } from './view.ts'
import { useMarkText } from './words.ts'
import type { StationImage } from './station.ts'
import css from './viewer.module.css'

type Placed = { matrix: Matrix; window: Size }

const path = (matrix: Matrix, points: readonly Point[], closed = false): string =>
  points
    .map((point, n) => {
      const { x, y } = toScreen(matrix, point)
      return `${n === 0 ? 'M' : 'L'}${x.toFixed(1)} ${y.toFixed(1)}`
    })
    .join('') + (closed ? 'Z' : '')

const cornersOf = (from: Point, to: Point): Point[] => [from, { x: to.x, y: from.y }, to, { x: from.x, y: to.y }]

/** Every line twice: a dark one under it shows it on light and on dark ground. */
type Kind = 'box' | 'mark' | 'cross' | 'told' | 'amber' | 'red' | 'unit'

const Line = ({ d, kind }: { d: string; kind: Kind }) => (
  <>
    <path className={css.casing} d={d} />
    <path className={css.line} data-kind={kind} d={d} />
  </>
)

/** Words at a place of the image; the place is the lower left corner of their ground. */
const Label = ({ matrix, at, kind, children }: { matrix: Matrix; at: Point; kind: Kind; children: ReactNode }) => {
  const ratio = window.devicePixelRatio
  const { x, y } = toScreen(matrix, at)
  return (
    <span className={css.label} data-kind={kind} style={{ left: x / ratio, top: y / ratio }}>
      {children}
    </span>
  )
}

/** The corner of a shape that is uppermost on the screen, however the image is turned. */
const upper = (matrix: Matrix, corners: readonly Point[]): Point =>
  corners.reduce((best, corner) => {
    const [a, b] = [toScreen(matrix, corner), toScreen(matrix, best)]
    return a.y < b.y - 0.5 || (Math.abs(a.y - b.y) <= 0.5 && a.x < b.x) ? corner : best
  })

/** The lowest corner: what is declared stands below its place, what a model marked above. */
const lower = (matrix: Matrix, corners: readonly Point[]): Point =>
  corners.reduce((best, corner) => {
    const [a, b] = [toScreen(matrix, corner), toScreen(matrix, best)]
    return a.y > b.y + 0.5 || (Math.abs(a.y - b.y) <= 0.5 && a.x < b.x) ? corner : best
  })

const boxCorners = ({ box: [x, y, width, height] }: Pick<FoundBox, 'box'>): Point[] => cornersOf({ x, y }, { x: x + width, y: y + height })

/** The head of an arrow, in pixels of the screen: it does not grow with the image. */
const headOf = (matrix: Matrix, { from, to }: Mark): string => {
  const [a, b] = [toScreen(matrix, from), toScreen(matrix, to)]
  const angle = Math.atan2(b.y - a.y, b.x - a.x)
  const wing = (by: number): string => `L${(b.x - 14 * Math.cos(angle + by)).toFixed(1)} ${(b.y - 14 * Math.sin(angle + by)).toFixed(1)}`
  return `M${b.x.toFixed(1)} ${b.y.toFixed(1)}${wing(0.45)}M${b.x.toFixed(1)} ${b.y.toFixed(1)}${wing(-0.45)}`
}

const crossOf = (matrix: Matrix, at: Point, size: number): string => {
  const { x, y } = toScreen(matrix, at)
  return `M${x - size} ${y}H${x + size}M${x} ${y - size}V${y + size}`
}

const shapeOf = (matrix: Matrix, mark: Mark): string => {
  if (mark.kind === 'rectangle') return path(matrix, cornersOf(mark.from, mark.to), true)
  if (mark.kind === 'arrow') return path(matrix, [mark.from, mark.to]) + headOf(matrix, mark)
  if (mark.kind === 'distance') return path(matrix, [mark.from, mark.to]) + crossOf(matrix, mark.from, 6) + crossOf(matrix, mark.to, 6)
  return mark.kind === 'probe' ? crossOf(matrix, mark.from, 8) : ''
}

const MarkLabel = ({ matrix, mark, image, by }: { matrix: Matrix; mark: Mark; image: StationImage; by?: string }) => {
  const text = [by, useMarkText(image)(mark)].filter(Boolean).join(' · ')
  const corners = mark.kind === 'rectangle' ? cornersOf(mark.from, mark.to) : [mark.from, mark.to]
  return text === '' ? null : (
    <Label matrix={matrix} at={upper(matrix, corners)} kind={by === undefined ? 'mark' : 'told'}>
      {text}
    </Label>
  )
}

/** The number of a package in its middle; it says nothing that the table beside the image does not say to those who hear it. */
const UnitNumber = ({ matrix, number, box: [x, y, width, height] }: { matrix: Matrix; number: string; box: EvidenceBox['box'] }) => {
  const ratio = window.devicePixelRatio
  const at = toScreen(matrix, { x: x + width / 2, y: y + height / 2 })
  return <span className={css.unit} data-number={number} style={{ left: at.x / ratio, top: at.y / ratio }} aria-hidden="true" />
}

/** Lines across the whole slice. */
const cutThrough = (matrix: Matrix, { width, height }: Size, { x, y }: Point): string =>
  path(matrix, [
    { x, y: 0 },
    { x, y: height },
  ]) +
  path(matrix, [
    { x: 0, y },
    { x: width, y },
  ])

/** How far the edges of two boxes may lie apart and still be one place, as a share of its size. */
const samePlace = 0.08
const isNear = (a: EvidenceBox['box'], b: EvidenceBox['box']): boolean => {
  const size = Math.max(a[2], a[3], b[2], b[3])
  const edges = (box: EvidenceBox['box']): number[] => [box[0], box[1], box[0] + box[2], box[1] + box[3]]
  return edges(a).every((edge, n) => Math.abs(edge - edges(b)[n]!) <= samePlace * size)
}

const around = (a: EvidenceBox['box'], b: EvidenceBox['box']): EvidenceBox['box'] => {
  const [left, top] = [Math.min(a[0], b[0]), Math.min(a[1], b[1])]
  return [left, top, Math.max(a[0] + a[2], b[0] + b[2]) - left, Math.max(a[1] + a[3], b[1] + b[3]) - top]
}

/** Several values may point at one and the same place: it is drawn once and named by all, the gravest colours it. */
const byPlace = (evidence: readonly EvidenceBox[]): EvidenceBox[] => {
  const places: EvidenceBox[] = []
  for (const one of evidence) {
    const at = places.findIndex(({ box }) => isNear(box, one.box))
    const there = places[at]
    if (there)
      places[at] = {
        ...there,
        name: `${there.name} · ${one.name}`,
        level: one.level === 'red' ? 'red' : there.level,
        box: around(there.box, one.box),
      }
    else places.push(one)
  }
  return places
}

export type OverlayProps = Placed & {
  image: StationImage
  boxes: readonly FoundBox[]
  evidence: readonly EvidenceBox[]
  /** packages that were told apart: outlined and numbered, thinner than what is asked about */ units: StationImage['units']
  marks: readonly Mark[]
  /** marks of others, with who drew them */ told: readonly Told[]
  cursor: Point | null
  /** where other planes cut this one */ cut?: Point
}

export const Overlay = ({ matrix, window: { width, height }, image, boxes, evidence, units, marks, told, cursor, cut }: OverlayProps) => {
  const { t, i18n } = useTranslation('viewer')
  const places = byPlace(evidence)
  return (
    <>
      <svg className={css.overlay} viewBox={`0 0 ${width} ${height}`} aria-hidden="true">
        {cut && <path className={css.cut} d={cutThrough(matrix, image.pixels, cut)} />}
        {units.map(({ number, box }) => (
          <Line key={number} kind="unit" d={path(matrix, boxCorners({ box }), true)} />
        ))}
        {boxes.map((box) => (
          <Line key={box.box.join()} kind="box" d={path(matrix, boxCorners(box), true)} />
        ))}
        {places.map((one) => (
          <Line key={one.name} kind={one.level} d={path(matrix, boxCorners(one), true)} />
        ))}
        {told.flatMap(({ id, marks: drawn }) => drawn.map((mark) => <Line key={id + mark.id} kind="told" d={shapeOf(matrix, mark)} />))}
        {marks.map((mark) => (
          <Line key={mark.id} kind="mark" d={shapeOf(matrix, mark)} />
        ))}
        {cursor && <Line kind="cross" d={crossOf(matrix, cursor, 16)} />}
      </svg>
      {units.map(({ number, box }) => (
        <UnitNumber key={number} matrix={matrix} number={formatCount(number, i18n.language)} box={box} />
      ))}
      {boxes.map((box) => (
        <Label key={box.box.join()} matrix={matrix} at={upper(matrix, boxCorners(box))} kind="box">
          {t('box', { name: box.name, percent: formatPercent(box.confidence, i18n.language) })}
        </Label>
      ))}
      {places.map((one) => (
        <Label key={one.name} matrix={matrix} at={lower(matrix, boxCorners(one))} kind={one.level}>
          {one.name}
        </Label>
      ))}
      {told.flatMap(({ id, by, marks: drawn }) =>
        drawn.map((mark) => <MarkLabel key={id + mark.id} matrix={matrix} mark={mark} image={image} by={by} />),
      )}
      {marks.map((mark) => (
        <MarkLabel key={mark.id} matrix={matrix} mark={mark} image={image} />
      ))}
    </>
  )
}
