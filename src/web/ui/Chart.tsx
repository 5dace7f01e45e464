/**
 * Charts that answer the question written above them, with the numbers behind them one key away.
 * `<LineChart question="Does the model put fraud first?" x={{ label, format }} y={{ label, format }} series={[{ id, label, points: [{ x, y, low?, high? }] }]} />`
 * `<BarChart question="…" format={…} rows={[{ id, label, value, low?, high?, to? }]} name="Profile" value="Hit rate" />`: `low` and `high` are an interval, drawn and told
 * Lines are labelled where they end; `guide` draws what would be expected (chance, perfect calibration). `zero={false}` only where zero says nothing.
 */
import { useId, useState, type ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { Button } from './Button.tsx'
import { axisOf, placeOf, spreadLabels, type Axis } from './chart-scale.ts'
import css from './Chart.module.css'
import { PlainTable } from './PlainTable.tsx'

export type ChartPoint = { x: number; y: number; low?: number; high?: number }
export type Series = { id: string; label: string; points: readonly ChartPoint[] }
export type Scale = { label: string; format: (value: number) => string; zero?: boolean; /** the axis shows at least this far */ most?: number }

const paper = { width: 640, height: 260, start: 56, end: 132, top: 12, foot: 40 }
const inner = { width: paper.width - paper.start - paper.end, height: paper.height - paper.top - paper.foot }

type Numbers = { head: readonly string[]; rows: readonly (readonly string[])[] }
const cells = (texts: readonly string[]) => texts.map((text, i) => ({ text, end: i > 0 }))

const Frame = ({ question, note, table, children }: { question: string; note?: ReactNode; table: Numbers; children: ReactNode }) => {
  const { t } = useTranslation()
  const id = useId()
  const [asTable, setAsTable] = useState(false)
  return (
    <figure className={css.figure} aria-labelledby={id}>
      <figcaption className={css.head}>
        <span id={id} className={css.question}>
          {question}
        </span>
        <Button size="sm" kind="quiet" icon={asTable ? 'chart' : 'list'} aria-pressed={asTable} onClick={() => setAsTable(!asTable)}>
          {t('chart.numbers')}
        </Button>
      </figcaption>
      {asTable ? <PlainTable caption={question} head={cells(table.head)} rows={table.rows.map(cells)} /> : children}
      {note && <p className={css.note}>{note}</p>}
    </figure>
  )
}

const rangeOf = (values: readonly number[], { zero = true, most }: Scale): Axis => {
  const all = [...values, ...(zero ? [0] : []), ...(most === undefined ? [] : [most])].filter(Number.isFinite)
  return all.length === 0 ? axisOf(0, 1) : axisOf(Math.min(...all), Math.max(...all))
}

export type LineChartProps = {
  question: string
  x: Scale
  y: Scale
  series: readonly Series[]
  guide?: readonly ChartPoint[]
  /** words under the chart: n, period, what it does not show */
  note?: ReactNode
}

type Sheet = { across: Axis; up: Axis; mirrored: boolean; atX: (v: number) => number; atY: (v: number) => number }

const sheetOf = ({ x, y, series, guide = [] }: LineChartProps, mirrored: boolean): Sheet => {
  const points = [...series.flatMap((s) => s.points), ...guide]
  const across = rangeOf(
    points.map((p) => p.x),
    { zero: false, ...x },
  )
  const up = rangeOf(
    points.flatMap((p) => [p.y, p.low ?? p.y, p.high ?? p.y]),
    y,
  )
  return {
    across,
    up,
    mirrored,
    atX: (v) => {
      const place = paper.start + placeOf(across, v, inner.width)
      return mirrored ? paper.width - place : place
    },
    atY: (v) => paper.top + inner.height - placeOf(up, v, inner.height),
  }
}

const Axes = ({ sheet, x, y }: { sheet: Sheet; x: Scale; y: Scale }) => {
  const { across, up, atX, atY, mirrored } = sheet
  return (
    <>
      {up.ticks.map((v) => (
        <g key={v}>
          <line className={css.grid} x1={atX(across.from)} x2={atX(across.to)} y1={atY(v)} y2={atY(v)} data-zero={v === 0 || undefined} />
          <text
            className={css.tick}
            x={atX(across.from) + (mirrored ? 8 : -8)}
            y={atY(v) + 4}
            textAnchor={mirrored ? 'start' : 'end'}
            direction="ltr"
          >
            {y.format(v)}
          </text>
        </g>
      ))}
      {across.ticks.map((v) => (
        <text key={v} className={css.tick} x={atX(v)} y={paper.height - paper.foot + 18} textAnchor="middle" direction="ltr">
          {x.format(v)}
        </text>
      ))}
      <text className={css.axis} x={atX((across.from + across.to) / 2)} y={paper.height - 6} textAnchor="middle">
        {x.label}
      </text>
    </>
  )
}

const pathOf = ({ atX, atY }: Sheet, points: readonly ChartPoint[]): string =>
  points.map((p, i) => `${i === 0 ? 'M' : 'L'}${atX(p.x).toFixed(1)},${atY(p.y).toFixed(1)}`).join('')

const Line = ({ sheet, series, nth, labelY }: { sheet: Sheet; series: Series; nth: number; labelY: number }) => {
  const { atX, atY, across, mirrored } = sheet
  const { points } = series
  return (
    <g className={css.series} data-nth={nth % 4}>
      {points.map(({ x, low, high }) =>
        low === undefined || high === undefined ? null : (
          <line key={x} className={css.interval} x1={atX(x)} x2={atX(x)} y1={atY(low)} y2={atY(high)} />
        ),
      )}
      <path className={css.line} d={pathOf(sheet, points)} />
      {points.length <= 24 && points.map((p) => <circle key={p.x} className={css.dot} cx={atX(p.x)} cy={atY(p.y)} r="3" />)}
      <text className={css.label} x={atX(across.to) + (mirrored ? -8 : 8)} y={labelY + 4} textAnchor="start">
        {series.label}
      </text>
    </g>
  )
}

const numbersOf = ({ x, y, series }: LineChartProps): { head: string[]; rows: string[][] } => ({
  head: [x.label, ...series.map((s) => s.label)],
  rows: [...new Set(series.flatMap((s) => s.points.map((p) => p.x)))]
    .toSorted((a, b) => a - b)
    .map((at) => [
      x.format(at),
      ...series.map((s) => {
        const p = s.points.find((q) => q.x === at)
        return p ? interval(p, y.format) : '–'
      }),
    ]),
})

export const LineChart = (props: LineChartProps) => {
  const { question, x, y, series, guide = [], note } = props
  const { i18n } = useTranslation()
  const sheet = sheetOf(props, i18n.dir() === 'rtl')
  const ends = series.map((s) => sheet.atY(s.points.at(-1)?.y ?? sheet.up.from))
  const labels = spreadLabels(ends, 15, paper.height - paper.foot)
  return (
    <Frame question={question} note={note} table={numbersOf(props)}>
      <svg className={css.paper} viewBox={`0 0 ${paper.width} ${paper.height}`} role="img" aria-label={question}>
        {/* Its words are in the table behind it; the letters' contrast is that of the tokens. */}
        <g aria-hidden="true">
          <Axes sheet={sheet} x={x} y={y} />
          {guide.length > 0 && <path className={css.guide} d={pathOf(sheet, guide)} />}
          {series.map((s, i) => (
            <Line key={s.id} sheet={sheet} series={s} nth={i} labelY={labels[i]!} />
          ))}
        </g>
      </svg>
    </Frame>
  )
}

const interval = (p: { y: number; low?: number; high?: number }, format: (v: number) => string): string =>
  p.low === undefined || p.high === undefined ? format(p.y) : `${format(p.y)} (${format(p.low)} – ${format(p.high)})`

export type Bar = { id: string; label: string; value: number; low?: number; high?: number; /** where its rows are */ to?: string }
export type BarChartProps = {
  question: string
  /** what the rows are */ name: string
  /** what the lengths are */ value: string
  rows: readonly Bar[]
  format: (v: number) => string
  most?: number
  note?: ReactNode
}

export const BarChart = ({ question, name, value, rows, format, most, note }: BarChartProps) => {
  const top = Math.max(most ?? 0, ...rows.map((r) => Math.max(r.value, r.high ?? 0)), Number.MIN_VALUE)
  const share = (v: number): string => `${Math.max(0, Math.min(100, (v / top) * 100))}%`
  return (
    <Frame question={question} note={note} table={{ head: [name, value], rows: rows.map((r) => [r.label, interval({ ...r, y: r.value }, format)]) }}>
      <ul className={css.bars}>
        {rows.map((r) => (
          <li key={r.id}>
            <span className={css.barLabel}>{r.to ? <Link to={r.to}>{r.label}</Link> : r.label}</span>
            <span className={css.track} aria-hidden="true">
              <span className={css.bar} style={{ inlineSize: share(r.value) }} />
              {r.low !== undefined && r.high !== undefined && (
                <span className={css.whisker} style={{ insetInlineStart: share(r.low), inlineSize: `calc(${share(r.high)} - ${share(r.low)})` }} />
              )}
            </span>
            <span className={css.barValue}>{interval({ ...r, y: r.value }, format)}</span>
          </li>
        ))}
      </ul>
    </Frame>
  )
}
