/** The time line of a replay: play, pause, speed, the clock by hand, and its alarms as marks that one can go to. */
import { useTranslation } from 'react-i18next'
import type { AlarmRow } from '#schema/supervision'
import { formatCount, formatInstant } from '../../../i18n/format.ts'
import { Button, IconButton } from '../../../ui/Button.tsx'
import { severityTone, useKindName } from '../words.tsx'
import { type Replay, type Speed, speeds } from './use-replay.ts'
import css from './control.module.css'

const Marks = ({ replay, alarms }: { replay: Replay; alarms: readonly AlarmRow[] }) => {
  const { t, i18n } = useTranslation('control')
  const kindName = useKindName()
  const { span } = replay
  if (!span) return null
  const length = Math.max(1, span.toMs - span.fromMs)
  const inside = alarms.filter(({ openedAt }) => Date.parse(openedAt) >= span.fromMs && Date.parse(openedAt) <= span.toMs)
  const say = (at: string): string => formatInstant(at, i18n.language)
  return (
    <div className={css.marks}>
      {inside.map((a) => {
        const label = t('replay.jump', { kind: kindName(a.kind), at: say(a.openedAt) })
        return (
          <button
            key={a.id}
            type="button"
            className={css.mark}
            data-tone={severityTone[a.severity]}
            style={{ insetInlineStart: `${((Date.parse(a.openedAt) - span.fromMs) / length) * 100}%` }}
            title={`${kindName(a.kind)}: ${t('replay.learnt', { at: say(a.openedAt), learnt: say(a.learntAt) })}`}
            aria-label={label}
            onClick={() => replay.setNow(Date.parse(a.openedAt))}
          />
        )
      })}
    </div>
  )
}

export const ReplayBar = ({ replay, alarms, onEnd }: { replay: Replay; alarms: readonly AlarmRow[]; onEnd: () => void }) => {
  const { t, i18n } = useTranslation('control')
  const { span, nowMs, playing } = replay
  const clock = formatInstant(new Date(nowMs).toISOString(), i18n.language, { seconds: true })
  return (
    <section className={css.replay} aria-label={t('replay.title')}>
      <IconButton icon={playing ? 'pause' : 'play'} label={t(playing ? 'replay.pause' : 'replay.play')} disabled={!span} onClick={replay.toggle} />
      <label className={css.speed}>
        <span className="visually-hidden">{t('replay.speed')}</span>
        <select value={replay.speed} onChange={(event) => replay.setSpeed(Number(event.target.value) as Speed)}>
          {speeds.map((speed) => (
            <option key={speed} value={speed}>
              {`× ${formatCount(speed, i18n.language)}`}
            </option>
          ))}
        </select>
      </label>
      <div className={css.line}>
        {span ? (
          <>
            <Marks replay={replay} alarms={alarms} />
            <input
              type="range"
              aria-label={t('replay.at')}
              aria-valuetext={clock}
              min={span.fromMs}
              max={span.toMs}
              step={1000}
              value={nowMs}
              onChange={(event) => replay.setNow(Number(event.target.value))}
            />
          </>
        ) : (
          <p className="muted">{t(replay.loading ? 'replay.loading' : 'replay.nothing')}</p>
        )}
      </div>
      <output className={css.clock}>{span ? clock : ''}</output>
      <span className="muted">{t('replay.of', { count: replay.tripIds.length })}</span>
      <Button size="sm" onClick={onEnd}>
        {t('replay.end')}
      </Button>
    </section>
  )
}
