/** What is told of one seal: in the card under the pointer, and whole for the one that is chosen. */
import { useTranslation } from 'react-i18next'
import type { LiveSeal, SealCard } from '#schema/supervision'
import { formatCount, formatPercent, formatSpan } from '../../../i18n/format.ts'
import { isMoving } from '../../../map/seals.ts'
import { Button, IconButton } from '../../../ui/Button.tsx'
import { useNow } from '../../../ui/use-now.ts'
import { Id, Instant } from '../../../ui/Values.tsx'
import { LockBadge, SeverityBadge, TripBadge, useKindName, Way } from '../words.tsx'
import { useCard } from './facts.ts'
import css from './control.module.css'

/** Its speed, or for how long it has been standing. */
const Motion = ({ seal, card }: { seal: LiveSeal; card: SealCard | undefined }) => {
  const { t, i18n } = useTranslation('control')
  const since = card?.standsSince ?? null
  const now = useNow(since ? Date.now() - Date.parse(since) : 0)
  if (isMoving(seal)) return t('kph', { speed: formatCount(Math.round(seal.speedKph ?? 0), i18n.language) })
  return since
    ? `${t('card.stands')} ${formatSpan(now - Date.parse(since), i18n.language, 'short')}`
    : t('kph', { speed: formatCount(0, i18n.language) })
}

const Facts = ({ seal, card }: { seal: LiveSeal; card: SealCard | undefined }) => {
  const { t, i18n } = useTranslation('control')
  const { trip } = seal
  const facts: [string, React.ReactNode][] = [
    [t('card.vehicle'), trip ? <bdi>{trip.vehicle}</bdi> : t('card.noTrip')],
    ...(card?.driver ? ([[t('card.driver'), <bdi key="driver">{card.driver}</bdi>]] as [string, React.ReactNode][]) : []),
    trip ? [t('card.way'), <Way key="way" trip={trip} />] : [t('card.office'), <bdi key="office">{seal.office}</bdi>],
    [t('card.speed'), <Motion key="motion" seal={seal} card={card} />],
    [t('card.lock'), <LockBadge key="lock" seal={seal} />],
    [t('card.battery'), seal.batteryPct === null ? '–' : formatPercent(seal.batteryPct / 100, i18n.language)],
    [t('card.last'), <Instant key="last" at={seal.eventAt} form="relative" />],
  ]
  return (
    <dl className={css.facts}>
      {facts.map(([label, value]) => (
        <div key={label}>
          <dt>{label}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  )
}

const OpenKinds = ({ card }: { card: SealCard | undefined }) => {
  const kindName = useKindName()
  if (!card || card.alarms.length === 0) return null
  return (
    <ul className={css.kinds}>
      {card.alarms.map((a) => (
        <li key={a.id}>
          <SeverityBadge severity={a.severity} /> {kindName(a.kind)} <Instant at={a.openedAt} form="relative" />
        </li>
      ))}
    </ul>
  )
}

/** The seals of a trip that has several. */
const EachSeal = ({ card }: { card: SealCard | undefined }) => {
  const { i18n } = useTranslation('control')
  if (!card || card.seals.length < 2) return null
  return (
    <ul className={css.kinds}>
      {card.seals.map(({ id, place, locked, batteryPct, eventAt }) => (
        <li key={id}>
          <span className="mono">{id}</span> <bdi>{place}</bdi> <LockBadge seal={{ locked }} />{' '}
          {batteryPct !== null && formatPercent(batteryPct / 100, i18n.language)} <Instant at={eventAt} form="relative" />
        </li>
      ))}
    </ul>
  )
}

export type Pointed = { seal: LiveSeal; x: number; y: number; right: boolean; low: boolean }

/** Beside the pointer; it takes no clicks, so that it is never in the way. */
export const HoverCard = ({ pointed: { seal, x, y, right, low } }: { pointed: Pointed }) => {
  const card = useCard(seal.id).data
  return (
    <div
      className={css.card}
      role="status"
      style={{
        [right ? 'right' : 'left']: right ? `calc(100% - ${x - 14}px)` : x + 14,
        [low ? 'bottom' : 'top']: low ? `calc(100% - ${y - 14}px)` : y + 14,
      }}
    >
      <p className={css.cardHead}>
        <span className="mono">{[seal.id, ...seal.others].join(' · ')}</span> {seal.trip && <TripBadge status={seal.trip.status} />}
      </p>
      <OpenKinds card={card} />
      <Facts seal={seal} card={card} />
      <EachSeal card={card} />
    </div>
  )
}

/** The chosen seal, at the head of the desk. */
export const ChosenSeal = ({ seal, onReplay, onClose }: { seal: LiveSeal; onReplay: (tripId: string) => void; onClose: () => void }) => {
  const { t } = useTranslation('control')
  const card = useCard(seal.id).data
  const { trip } = seal
  return (
    <section className={css.chosen} aria-label={t('selected')}>
      <header className={css.cardHead}>
        <h2>
          <Id value={seal.id} label={t('column.seal')} />
        </h2>
        {trip && <TripBadge status={trip.status} />}
        <span className={css.end}>
          <IconButton size="sm" icon="close" label={t('close')} onClick={onClose} />
        </span>
      </header>
      <OpenKinds card={card} />
      <Facts seal={seal} card={card} />
      <EachSeal card={card} />
      {trip && (
        <p className={css.acts}>
          <Button size="sm" to={`/supervision/trips/${trip.id}`}>
            {t('toTrip')}
          </Button>
          <Button size="sm" icon="history" onClick={() => onReplay(trip.id)}>
            {t('replay.one')}
          </Button>
        </p>
      )}
    </section>
  )
}
