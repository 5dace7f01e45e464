/** The table behind the map: the same seals, gravest first, for whoever works without pointer or picture. */
import { useTranslation } from 'react-i18next'
import type { LiveSeal } from '#schema/supervision'
import { formatCount, formatPercent } from '../../../i18n/format.ts'
import { byGravity } from '../../../map/seals.ts'
import { Button } from '../../../ui/Button.tsx'
import { Empty } from '../../../ui/Layout.tsx'
import { Elide, Id, Instant } from '../../../ui/Values.tsx'
import { SeverityBadge, TripBadge } from '../words.tsx'
import css from './control.module.css'

const mostRows = 200

const Row = ({ seal, onShow }: { seal: LiveSeal; onShow: () => void }) => {
  const { t, i18n } = useTranslation('control')
  const { trip } = seal
  return (
    <tr>
      <th scope="row">
        <Id value={seal.id} plain />
        {seal.others.map((id) => (
          <div key={id}>
            <Id value={id} plain />
          </div>
        ))}
      </th>
      <td>{seal.worst && <SeverityBadge severity={seal.worst} count={formatCount(seal.alarms, i18n.language)} />}</td>
      <td>{trip && <Id value={trip.reference} plain />}</td>
      <td>{trip && <Elide max="8rem">{trip.vehicle}</Elide>}</td>
      <td>{trip ? <TripBadge status={trip.status} /> : <span className="muted">{t('card.noTrip')}</span>}</td>
      <td className={css.number}>{seal.speedKph === null ? '–' : t('kph', { speed: formatCount(Math.round(seal.speedKph), i18n.language) })}</td>
      <td className={css.number}>{seal.batteryPct === null ? '–' : formatPercent(seal.batteryPct / 100, i18n.language)}</td>
      <td>
        <Instant at={seal.eventAt} form="relative" />
      </td>
      <td>
        <Button size="sm" onClick={onShow}>
          {t('showOnMap')}
        </Button>
      </td>
    </tr>
  )
}

const columns = ['seal', 'alarms', 'trip', 'vehicle', 'status', 'speed', 'battery', 'last'] as const

export const SealTable = ({ seals, onShow }: { seals: readonly LiveSeal[]; onShow: (seal: LiveSeal) => void }) => {
  const { t, i18n } = useTranslation('control')
  const rows = seals.toSorted(byGravity).slice(0, mostRows)
  if (rows.length === 0) return <Empty title={t('none')} />
  return (
    <div className={css.tablePlace} tabIndex={0} role="region" aria-label={t('tableCaption')}>
      <table className={css.table}>
        <caption className="visually-hidden">{t('tableCaption')}</caption>
        <thead>
          <tr>
            {columns.map((column) => (
              <th key={column} scope="col" className={column === 'speed' || column === 'battery' ? css.number : undefined}>
                {t(`column.${column}`)}
              </th>
            ))}
            <th scope="col">
              <span className="visually-hidden">{t('showOnMap')}</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {rows.map((seal) => (
            <Row key={seal.id} seal={seal} onShow={() => onShow(seal)} />
          ))}
        </tbody>
      </table>
      {seals.length > rows.length && (
        <p className="muted">{t('tableMore', { count: rows.length, total: formatCount(seals.length, i18n.language) })}</p>
      )}
    </div>
  )
}
