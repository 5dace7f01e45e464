/** Open alarms beside the map, gravest first, all of them: no filter reaches them. Each leads to its place, its trip, and its answer. */
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { AlarmRow, LonLat } from '#schema/supervision'
import { useCan } from '../../../app/session.ts'
import { Count } from '../../../ui/Badge.tsx'
import { Button, IconButton } from '../../../ui/Button.tsx'
import { Id, Instant } from '../../../ui/Values.tsx'
import { AlarmDialog, type Asked } from '../AlarmDialog.tsx'
import { Acknowledged, SeverityBadge, severityTone, useKindName } from '../words.tsx'
import css from './control.module.css'

type DeskProps = { alarms: readonly AlarmRow[]; placeOf: (alarm: AlarmRow) => LonLat | null; onGo: (alarm: AlarmRow) => void }

const OpenAlarm = ({
  alarm,
  placed,
  onGo,
  onAsk,
}: {
  alarm: AlarmRow
  placed: boolean
  onGo: () => void
  onAsk: ((asked: Asked) => void) | null
}) => {
  const { t } = useTranslation(['control', 'supervision'])
  const kindName = useKindName()
  return (
    <li className={css.alarm} data-tone={severityTone[alarm.severity]}>
      <p className={css.alarmHead}>
        <SeverityBadge severity={alarm.severity} />
        <strong>{kindName(alarm.kind)}</strong>
        <span className={css.end}>
          <Instant at={alarm.openedAt} form="relative" />
        </span>
      </p>
      <p className={css.alarmHead}>
        <Id value={alarm.reference} plain />
        {!placed && <span className="muted">{t('unplaced')}</span>}
        <span className={css.end}>
          {placed && <IconButton size="sm" icon="map" label={t('showOnMap')} onClick={onGo} />}
          <Button size="sm" kind="quiet" to={`/supervision/trips/${alarm.tripId}`}>
            {t('toTrip')}
          </Button>
        </span>
      </p>
      {alarm.acknowledgedBy ? (
        <Acknowledged alarm={alarm} />
      ) : (
        onAsk && (
          <Button size="sm" onClick={() => onAsk({ alarm, act: 'acknowledge' })}>
            {t('supervision:acknowledge.confirm')}
          </Button>
        )
      )}
    </li>
  )
}

export const AlarmDesk = ({ alarms, placeOf, onGo }: DeskProps) => {
  const { t } = useTranslation('control')
  const can = useCan()
  const [asked, setAsked] = useState<Asked | null>(null)
  const onAsk = can('supervision:alarm:acknowledge') ? setAsked : null
  return (
    <section className={css.desk} aria-label={t('desk')}>
      <h2 className={css.deskHead}>
        {t('desk')} <Count value={alarms.length} />
      </h2>
      {alarms.length === 0 && <p className="muted">{t('noAlarms')}</p>}
      <ul className={css.alarms} tabIndex={0} aria-label={t('desk')}>
        {alarms.map((alarm) => (
          <OpenAlarm key={alarm.id} alarm={alarm} placed={placeOf(alarm) !== null} onGo={() => onGo(alarm)} onAsk={onAsk} />
        ))}
      </ul>
      {asked && <AlarmDialog asked={asked} onClose={() => setAsked(null)} />}
    </section>
  )
}
