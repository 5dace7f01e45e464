/** The seals of a trip, each with where it sits, how it stands by its newest report, what is open against it, and its sub-locks. */
import { useTranslation } from 'react-i18next'
import type { AlarmRow, SealNow } from '#schema/supervision'
import { formatPercent } from '../../i18n/format.ts'
import { StatusBadge, type Tone } from '../../ui/Badge.tsx'
import { Id, Instant } from '../../ui/Values.tsx'
import { LockBadge, severityTone, useKindName } from './words.tsx'
import css from './supervision.module.css'

type SubLock = SealNow['subLocks'][number]

const SubLockBadge = ({ lock: { id, locked, cut, lost } }: { lock: SubLock }) => {
  const { t } = useTranslation('supervision')
  const [tone, state]: [Tone, 'cut' | 'lost' | 'locked' | 'open' | 'untold'] = cut
    ? ['danger', 'cut']
    : lost
      ? ['warning', 'lost']
      : locked === null
        ? ['neutral', 'untold']
        : [locked ? 'ok' : 'warning', locked ? 'locked' : 'open']
  return (
    <StatusBadge tone={tone}>
      <bdi className="mono">{id}</bdi> {t(`seal.${state}`)}
    </StatusBadge>
  )
}

/** Is an alarm of a seal, or of one of its sub-locks, or of it and another that have parted? */
const isOf = ({ id, subLocks }: SealNow, alarm: AlarmRow): boolean =>
  alarm.status === 'open' && alarm.subject.split(' ').some((part) => part === id || subLocks.some((lock) => lock.id === part))

export const SealList = ({ seals, alarms }: { seals: readonly SealNow[]; alarms: readonly AlarmRow[] }) => {
  const { t, i18n } = useTranslation('supervision')
  const kindName = useKindName()
  return (
    <ul className={css.alarms}>
      {seals.map((seal) => (
        <li key={seal.id} className={css.alarm}>
          <Id value={seal.id} label={t('seal.number')} />
          <LockBadge seal={seal} />
          {alarms
            .filter((alarm) => isOf(seal, alarm))
            .map((alarm) => (
              <StatusBadge key={alarm.id} tone={severityTone[alarm.severity]}>
                {kindName(alarm.kind)}
              </StatusBadge>
            ))}
          {seal.place && (
            <strong>
              <bdi>{seal.place}</bdi>
            </strong>
          )}
          <span className="muted">
            <bdi>{`${seal.vendor} ${seal.model}`}</bdi>
          </span>
          {seal.batteryPct !== null && <span>{t('seal.charge', { percent: formatPercent(seal.batteryPct / 100, i18n.language) })}</span>}
          <span className="muted">
            {t('lastReport')} <Instant at={seal.eventAt} />
          </span>
          <span className="muted">
            {t('seal.liable')} <bdi>{seal.liable}</bdi>
          </span>
          {seal.subLocks.length > 0 && (
            <span className={css.subLocks}>
              <span className="muted">{t('seal.subLocks')}</span>
              {seal.subLocks.map((lock) => (
                <SubLockBadge key={lock.id} lock={lock} />
              ))}
            </span>
          )}
        </li>
      ))}
    </ul>
  )
}
