/** Where the trip may go and where each of its seals has been: our own drawing, without the tiles of others. */
import { useTranslation } from 'react-i18next'
import type { AlarmRow, Corridor, LonLat } from '#schema/supervision'
import { formatCount, formatInstant } from '../../i18n/format.ts'
import type { Fix } from './facts.ts'
import { lineOf, sheetOf, type Sheet } from './sketch.ts'
import { severityShape, severityTone, useKindName } from './words.tsx'
import css from './supervision.module.css'

type Placed = AlarmRow & LonLat
const isPlaced = (alarm: AlarmRow): alarm is Placed => alarm.lat !== null && alarm.lon !== null
const isSeen = (alarm: AlarmRow): boolean => alarm.status === 'open' || alarm.status === 'closed'

const Road = ({ corridor, sheet }: { corridor: Corridor; sheet: Sheet }) => {
  const line = lineOf(sheet, corridor.line)
  return (
    <g>
      <path className={css.width} d={line} strokeWidth={Math.max(8, 2 * corridor.halfWidthM * sheet.scale)} />
      {corridor.fences.map((fence) => (
        <path key={fence.id} className={css.fence} data-rule={fence.rule} d={`${lineOf(sheet, fence.ring)}Z`} />
      ))}
      <path className={css.centre} d={line} />
    </g>
  )
}

const squareOf = (x: number, y: number): string => `M${x - 5},${y - 5}h10v10h-10Z`
const diamondOf = (x: number, y: number): string => `M${x},${y - 6}L${x + 6},${y}L${x},${y + 6}L${x - 6},${y}Z`

const Places = ({ corridor, sheet }: { corridor: Corridor; sheet: Sheet }) => {
  const { t } = useTranslation('supervision')
  const places = [
    { id: 'origin', look: 'start', name: t('sketch.origin'), at: corridor.origin.at },
    ...corridor.checkpoints.map(({ id, name, area }) => ({ id, look: 'checkpoint', name, at: area.at })),
    { id: 'destination', look: 'end', name: t('sketch.destination'), at: corridor.destination.at },
  ]
  return places.map(({ id, look, name, at }) => {
    const [x, y] = sheet.at(at)
    return (
      <g key={id}>
        <title>{name}</title>
        <path className={css.place} data-look={look} d={look === 'checkpoint' ? diamondOf(x, y) : squareOf(x, y)} />
      </g>
    )
  })
}

const Legend = () => {
  const { t } = useTranslation('supervision')
  const signs = [
    { id: 'start', sign: <path className={css.place} d={squareOf(8, 8)} />, words: t('sketch.origin') },
    { id: 'checkpoint', sign: <path className={css.place} d={diamondOf(8, 8)} />, words: t('act.checkpoint') },
    { id: 'end', sign: <path className={css.place} data-look="end" d={squareOf(8, 8)} />, words: t('sketch.destination') },
    { id: 'last', sign: <circle className={css.last} cx="8" cy="8" r="5" />, words: t('lastReport') },
  ]
  return (
    <ul className={css.legend}>
      {signs.map(({ id, sign, words }) => (
        <li key={id}>
          <svg width="16" height="16" viewBox="0 0 16 16" aria-hidden="true">
            {sign}
          </svg>
          {words}
        </li>
      ))}
    </ul>
  )
}

const Alarms = ({ alarms, sheet }: { alarms: readonly Placed[]; sheet: Sheet }) => {
  const kindName = useKindName()
  return alarms.map((alarm) => {
    const [x, y] = sheet.at(alarm)
    return (
      <g key={alarm.id} className={css.mark} data-tone={severityTone[alarm.severity]} data-open={alarm.status === 'open' || undefined}>
        <title>{kindName(alarm.kind)}</title>
        <path d={severityShape[alarm.severity]} transform={`translate(${x - 10},${y - 10}) scale(2)`} />
      </g>
    )
  })
}

type SketchProps = { corridor: Corridor; track: readonly Fix[]; alarms: readonly AlarmRow[] }

/** What the drawing shows, in words. */
const useWords = ({ corridor, track, alarms }: { corridor: Corridor; track: readonly Fix[]; alarms: readonly Placed[] }): string => {
  const { t, i18n } = useTranslation('supervision')
  const kindName = useKindName()
  const last = track.at(-1)
  const number = (n: number): string => formatCount(n, i18n.language)
  const names = [...new Set(alarms.map(({ kind }) => kindName(kind)))]
  return [
    t('sketch.road', {
      name: corridor.name,
      metres: number(2 * corridor.halfWidthM),
      places: corridor.checkpoints.map(({ name }) => name).join(', ') || t('noneOfThem'),
    }),
    last
      ? t('sketch.track', {
          fixes: number(track.length),
          lat: last.lat.toFixed(4),
          lon: last.lon.toFixed(4),
          time: formatInstant(last.at, i18n.language),
        })
      : t('sketch.noTrack'),
    ...(names.length > 0 ? [t('sketch.alarms', { kinds: names.join(', ') })] : []),
  ].join(' ')
}

export const Sketch = ({ corridor, track, alarms: all }: SketchProps) => {
  // Of two on one place, the open one is drawn last and hides the other.
  const alarms = all
    .filter(isPlaced)
    .filter(isSeen)
    .toSorted((a, b) => Number(a.status === 'open') - Number(b.status === 'open'))
  const words = useWords({ corridor, track, alarms })
  const sheet = sheetOf([
    ...corridor.line,
    ...corridor.fences.flatMap((fence) => fence.ring),
    ...corridor.checkpoints.map(({ area }) => area.at),
    corridor.origin.at,
    corridor.destination.at,
    ...track,
    ...alarms,
  ])
  const last = track.at(-1)
  const [x, y] = last ? sheet.at(last) : [0, 0]
  return (
    <figure className={css.figure}>
      <svg className={css.sketch} viewBox={`0 0 ${sheet.width} ${sheet.height}`} role="img" aria-label={words}>
        <Road corridor={corridor} sheet={sheet} />
        {[...Map.groupBy(track, (fix) => fix.seal)].map(([seal, fixes]) => (
          <path key={seal} className={css.track} d={lineOf(sheet, fixes)} />
        ))}
        <Places corridor={corridor} sheet={sheet} />
        {last && <circle className={css.last} cx={x} cy={y} r="8" />}
        <Alarms alarms={alarms} sheet={sheet} />
      </svg>
      <Legend />
      <figcaption>{words}</figcaption>
    </figure>
  )
}
