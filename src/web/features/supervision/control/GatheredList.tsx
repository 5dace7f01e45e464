/** The seals that one cluster stands for, gravest first, such as those parked side by side. */
import { useTranslation } from 'react-i18next'
import type { LiveSeal } from '#schema/supervision'
import { formatCount } from '../../../i18n/format.ts'
import { byGravity } from '../../../map/seals.ts'
import { Button, IconButton } from '../../../ui/Button.tsx'
import { Id } from '../../../ui/Values.tsx'
import { SeverityBadge, TripBadge } from '../words.tsx'
import css from './control.module.css'

type GatheredProps = {
  seals: readonly LiveSeal[]
  count: number
  onChoose: (seal: LiveSeal) => void
  onZoom: () => void
  onReplay: (tripIds: string[]) => void
  onClose: () => void
}

export const GatheredList = ({ seals, count, onChoose, onZoom, onReplay, onClose }: GatheredProps) => {
  const { t, i18n } = useTranslation('control')
  const trips = seals.flatMap((s) => (s.trip ? [s.trip.id] : []))
  const title = t('gathered', { count })
  return (
    <section className={css.gathered} aria-label={title} onKeyDown={(event) => event.key === 'Escape' && onClose()}>
      <header className={css.cardHead}>
        <h2>{title}</h2>
        <span className={css.end}>
          <IconButton size="sm" icon="close" label={t('close')} autoFocus onClick={onClose} />
        </span>
      </header>
      <ul>
        {seals.toSorted(byGravity).map((seal) => (
          <li key={seal.id}>
            <button type="button" className={css.choose} onClick={() => onChoose(seal)}>
              <Id value={seal.id} plain />
              <bdi>{seal.trip?.vehicle ?? ''}</bdi>
              {seal.worst ? (
                <SeverityBadge severity={seal.worst} count={formatCount(seal.alarms, i18n.language)} />
              ) : seal.trip ? (
                <TripBadge status={seal.trip.status} />
              ) : (
                <span className="muted">{t('card.noTrip')}</span>
              )}
            </button>
          </li>
        ))}
      </ul>
      {count > seals.length && <p className="muted">{t('more', { count: count - seals.length })}</p>}
      <p className={css.acts}>
        <Button size="sm" onClick={onZoom}>
          {t('zoomIn')}
        </Button>
        {trips.length > 0 && (
          <Button size="sm" icon="history" onClick={() => onReplay(trips.slice(0, 30))}>
            {t('replay.group')}
          </Button>
        )}
      </p>
    </section>
  )
}
