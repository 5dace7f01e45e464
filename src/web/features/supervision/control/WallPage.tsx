/**
 * The wall of the control room: no frame, figures to be read at five metres, and a map that goes by itself from the country to each grave
 * alarm. Where motion is not wanted it changes without moving.
 */
import { useEffect, useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useNavigate } from 'react-router'
import type { AlarmRow, LiveSeal, LonLat } from '#schema/supervision'
import { useConnection } from '../../../app/live.ts'
import { formatCount, formatInstant, formatRelative } from '../../../i18n/format.ts'
import { MapView } from '../../../map/MapView.tsx'
import type { MapEngine } from '../../../map/engine.ts'
import { boundsOf } from '../../../map/network.ts'
import { Button } from '../../../ui/Button.tsx'
import { useKeys } from '../../../ui/keys.ts'
import { useNow } from '../../../ui/use-now.ts'
import { useFresh } from '../facts.ts'
import { severityShape, severityTone, useKindName } from '../words.tsx'
import { useDarkRoom } from './dark-room.ts'
import { useCorridors, useGround, useOfficePoints, useOpen } from './facts.ts'
import { SoundButton } from './Filters.tsx'
import { useAlarmTone, useSound } from './sound.ts'
import { useLiveSeals } from './use-live-seals.ts'
import { countSilent, scenesOf } from './wall.ts'
import css from './wall.module.css'

const sceneMs = 12_000
const listed = 4
const noSeals: readonly LiveSeal[] = []

const Figure = ({ label, value, tone }: { label: string; value: number; tone?: 'danger' | 'warning' }) => {
  const { i18n } = useTranslation()
  return (
    <div className={css.figure} data-tone={value > 0 ? tone : undefined}>
      <dt>{label}</dt>
      <dd>{formatCount(value, i18n.language)}</dd>
    </div>
  )
}

const Grave = ({ alarm, current, now }: { alarm: AlarmRow; current: boolean; now: number }) => {
  const { i18n } = useTranslation('control')
  const kindName = useKindName()
  return (
    <li className={css.grave} data-tone={severityTone[alarm.severity]} aria-current={current || undefined}>
      <svg width="30" height="30" viewBox="0 0 10 10" aria-hidden="true">
        <path d={severityShape[alarm.severity]} />
      </svg>
      <span>
        <strong>{kindName(alarm.kind)}</strong>
        <span className={css.detail}>
          <bdi className="mono">{alarm.reference}</bdi> · {formatRelative(alarm.openedAt, now, i18n.language)}
        </span>
      </span>
    </li>
  )
}

const useScenes = (engine: MapEngine | null, alarms: readonly AlarmRow[], seals: readonly LiveSeal[]) => {
  const corridors = useCorridors()
  const offices = useOfficePoints()
  const [turn, setTurn] = useState(0)
  const [held, setHeld] = useState(false)
  const placeOf = (alarm: AlarmRow): LonLat | null => {
    const seal = seals.find((s) => s.trip?.id === alarm.tripId)
    if (seal) return { lon: seal.lon, lat: seal.lat }
    return alarm.lat !== null && alarm.lon !== null ? { lon: alarm.lon, lat: alarm.lat } : null
  }
  const scenes = scenesOf(alarms, placeOf)
  const scene = scenes[turn % scenes.length]!
  const key = scene.kind === 'alarm' ? scene.alarm.id : scene.kind
  useEffect(() => {
    if (held) return undefined
    const timer = setInterval(() => setTurn((n) => n + 1), sceneMs)
    return () => clearInterval(timer)
  }, [held])
  useEffect(() => {
    if (!engine) return
    const bounds = boundsOf(corridors, offices)
    if (scene.kind === 'alarm') engine.goTo(scene.at, 12)
    else if (bounds) engine.fit(bounds)
    // A scene is gone to once; its seal may drive on in the picture.
    // oxlint-disable-next-line react/exhaustive-deps
  }, [engine, key, corridors, offices])
  return { scene, corridors, offices, held, toggle: () => setHeld(!held) }
}

const WallPage = () => {
  const { t, i18n } = useTranslation('control')
  const navigate = useNavigate()
  const kindName = useKindName()
  const live = useLiveSeals()
  const { alarms, known } = useOpen()
  const ground = useGround()
  const sound = useSound()
  const { scheme, style } = useDarkRoom()
  const [engine, setEngine] = useState<MapEngine | null>(null)
  const now = useNow(0)
  const seals = live.seals ?? noSeals
  const { scene, corridors, offices, held, toggle } = useScenes(engine, alarms, seals)
  const shown = useMemo(() => seals.filter((s) => s.trip !== null), [seals])
  const lost = useConnection().state === 'lost' || live.failed
  useFresh(['supervision', 'open'])
  useAlarmTone(alarms, known)
  useEffect(() => {
    document.title = `${t('wallView.title')} · Portcullis`
  }, [t])
  useKeys([{ keys: 'Escape', label: t('wallView.leave'), run: () => void navigate('/supervision/map') }], { group: t('keys') })
  const count = (severity: AlarmRow['severity']): number => alarms.filter((a) => a.severity === severity).length
  return (
    <main className={css.wall} style={style} data-alarm={count('critical') > 0 || undefined}>
      <h1 className="visually-hidden">{t('wallView.title')}</h1>
      <div className={css.map}>
        {ground && (
          <MapView
            label={t('mapLabel')}
            scheme={scheme}
            ground={ground}
            corridors={corridors}
            offices={offices}
            seals={shown}
            controls={false}
            padding={80}
            onReady={setEngine}
          />
        )}
        <p className={css.showing}>
          {t('wallView.showing')}: {scene.kind === 'alarm' ? `${kindName(scene.alarm.kind)}, ${scene.alarm.reference}` : t('wallView.country')}
        </p>
      </div>
      <section className={css.side} aria-label={t('wallView.alarms')}>
        <p className={css.clock}>{formatInstant(new Date(now).toISOString(), i18n.language, { seconds: true })}</p>
        {lost && (
          <p className={css.lost} role="alert">
            {t('wallView.lost')}
          </p>
        )}
        <dl className={css.figures}>
          <Figure label={t('wallView.underway')} value={shown.length} />
          <Figure label={t('wallView.critical')} value={count('critical')} tone="danger" />
          <Figure label={t('wallView.high')} value={count('high')} tone="warning" />
          <Figure label={t('wallView.silent')} value={countSilent(seals, now)} tone="warning" />
        </dl>
        {known && alarms.length === 0 && <p className={css.calm}>{t('wallView.calm')}</p>}
        <ul className={css.list}>
          {alarms.slice(0, listed).map((alarm) => (
            <Grave key={alarm.id} alarm={alarm} now={now} current={scene.kind === 'alarm' && scene.alarm.id === alarm.id} />
          ))}
        </ul>
        {alarms.length > listed && <p className={css.calm}>{t('more', { count: alarms.length - listed })}</p>}
        <p className={css.acts}>
          <Button size="sm" icon={held ? 'play' : 'pause'} aria-pressed={held} onClick={toggle}>
            {t(held ? 'wallView.goOn' : 'wallView.hold')}
          </Button>
          <SoundButton sound={sound} />
          <Button size="sm" to="/supervision/map">
            {t('wallView.leave')}
          </Button>
        </p>
      </section>
    </main>
  )
}
export default WallPage
