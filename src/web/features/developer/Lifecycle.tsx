/** The picture of the states; the table beneath it says the same in words, and is what screen readers get. */
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { edges, isQuiet, places, type State } from './graph.ts'
import css from './developer.module.css'

const size = { column: 152, row: 84, width: 116, height: 34, top: 24, left: 8 }
const at = (state: State): { x: number; y: number } => {
  const place = places.find((one) => one.state === state)!
  return { x: size.left + place.column * size.column, y: size.top + place.row * size.row }
}

/** From the right side of one to the left of the other; back and downward lines bend round. */
const pathOf = (from: State, to: State): string => {
  const [a, b] = [at(from), at(to)]
  const [ay, by] = [a.y + size.height / 2, b.y + size.height / 2]
  if (a.x === b.x) {
    const [start, end] = a.y < b.y ? [a.y + size.height, b.y] : [a.y, b.y + size.height]
    const x = a.x + size.width / 2 + (a.y < b.y ? -12 : 12)
    return `M${x} ${start} L${x} ${end}`
  }
  const [start, end] = a.x < b.x ? [a.x + size.width, b.x] : [a.x, b.x + size.width]
  const bend = (end - start) / 2
  const lift = Math.abs(a.x - b.x) > size.column && ay === by ? (a.x < b.x ? -34 : 40) : 0
  return `M${start} ${ay} C${start + bend} ${ay + lift} ${end - bend} ${by + lift} ${end} ${by}`
}

export const Lifecycle = () => {
  const { t } = useTranslation(['developer', 'work'])
  const [shown, setShown] = useState<State | null>(null)
  const width = size.left * 2 + 6 * size.column + size.width
  const height = size.top + 2 * size.row + size.height + 24
  const percent = (part: number, whole: number): string => `${(100 * part) / whole}%`
  const lines = edges.filter((edge) => (shown === null ? isQuiet(edge) : edge.from === shown))
  return (
    <figure className={css.figure} aria-label={t('developer:diagram')}>
      <div className={css.diagram} style={{ aspectRatio: `${width} / ${height}` }} onMouseLeave={() => setShown(null)}>
        <svg viewBox={`0 0 ${width} ${height}`} aria-hidden="true">
          <defs>
            <marker id="lifecycle-end" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="7" markerHeight="7" orient="auto">
              <path d="M0 0 8 4 0 8z" className={css.head} />
            </marker>
          </defs>
          {lines.map(({ from, to, commands }) => (
            <path
              key={`${from}${to}`}
              d={pathOf(from, to)}
              className={css.edge}
              data-shown={shown !== null || undefined}
              markerEnd="url(#lifecycle-end)"
            >
              <title>{commands.join(', ')}</title>
            </path>
          ))}
        </svg>
        {places.map(({ state }) => {
          const { x, y } = at(state)
          return (
            <span
              key={state}
              className={css.state}
              data-shown={shown === state || undefined}
              style={{ left: percent(x, width), top: percent(y, height), width: percent(size.width, width), height: percent(size.height, height) }}
              onMouseEnter={() => setShown(state)}
            >
              {state === 'none' ? t('developer:begin') : t(`work:status.${state}`)}
            </span>
          )
        })}
      </div>
      <figcaption className="muted">{t('developer:diagramText')}</figcaption>
    </figure>
  )
}
