// What happened to a quota: the balance over time as a line, events and claims as tables.
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import type { QuotaClaimView, QuotaEventView, QuotaView } from '#schema/trade'
import { formatDate, formatDecimal } from '../../../i18n/format.ts'
import { StatusBadge } from '../../../ui/Badge.tsx'
import { Empty } from '../../../ui/Layout.tsx'
import { Id, Instant, LegalDate, Quantity } from '../../../ui/Values.tsx'
import { wholeOf } from './words.tsx'
import css from './quota.module.css'

type Period = QuotaView['periods'][number]
const width = 600
const height = 100

/** Balance as steps between the first and the last day, zero at the foot. */
const pathOf = (period: Period, events: readonly QuotaEventView[], until: number): string => {
  const start = Date.parse(`${period.validFrom}T00:00:00Z`)
  const span = Math.max(1, until - start)
  const whole = Math.max(1, ...events.map((e) => Number(e.balance)), Number(wholeOf(period)))
  const x = (at: number): number => (Math.min(span, Math.max(0, at - start)) / span) * width
  const y = (balance: string): number => height - (Number(balance) / whole) * height
  const inOrder = events.toSorted((a, b) => a.version - b.version)
  const first = inOrder[0]
  if (!first) return ''
  const steps = inOrder.slice(1).map((e) => `H${x(Date.parse(e.at)).toFixed(1)}V${y(e.balance).toFixed(1)}`)
  return `M0,${y(first.balance).toFixed(1)}${steps.join('')}H${width}`
}

export const BalanceChart = ({ period, events }: { period: Period; events: readonly QuotaEventView[] }) => {
  const { t, i18n } = useTranslation('quota')
  const end = Date.parse(`${period.validTo}T00:00:00Z`)
  const until = Math.min(end, Date.now())
  const own = events.filter((e) => e.definitionId === period.id)
  const text = t('chart.text', {
    volume: formatDecimal(wholeOf(period), i18n.language),
    balance: formatDecimal(period.balance, i18n.language),
    unit: period.unit,
    date: formatDate(new Date(until).toISOString().slice(0, 10), i18n.language),
  })
  return (
    <figure className={css.figure}>
      <figcaption>{text}</figcaption>
      <svg className={css.chart} viewBox={`0 -1 ${width} ${height + 2}`} preserveAspectRatio="none" role="img" aria-label={text}>
        <path className={css.axis} d={`M0,${height}H${width}`} />
        <path className={css.line} d={pathOf(period, own, until)} />
      </svg>
    </figure>
  )
}

export const Events = ({ events, unit }: { events: readonly QuotaEventView[]; unit: string }) => {
  const { t } = useTranslation('quota')
  return (
    <div className={css.scroll}>
      <table className={css.table}>
        <thead>
          <tr>
            <th scope="col">{t('events.when')}</th>
            <th scope="col">{t('events.what')}</th>
            <th scope="col" data-end>
              {t('events.quantity')}
            </th>
            <th scope="col" data-end>
              {t('events.after')}
            </th>
            <th scope="col">{t('events.why')}</th>
            <th scope="col">{t('events.by')}</th>
          </tr>
        </thead>
        <tbody>
          {events.map((e) => (
            <tr key={`${e.at}${e.version}`}>
              <td>
                <Instant at={e.at} />
              </td>
              <td>{t(`events.${e.type}`)}</td>
              <td data-end>{e.quantity !== '0' && <Quantity value={e.quantity} unit={unit} />}</td>
              <td data-end>
                <Quantity value={e.balance} unit={unit} />
              </td>
              <td>
                <bdi>{[e.reference, e.reason].filter(Boolean).join(' · ')}</bdi>
              </td>
              <td>
                <bdi>{e.by}</bdi>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}

const claimTone = { pending: 'info', allocated: 'ok', returned: 'neutral' } as const

export const Claims = ({ claims, unit }: { claims: readonly QuotaClaimView[]; unit: string }) => {
  const { t } = useTranslation('quota')
  if (claims.length === 0) return <Empty title={t('claims.none')} />
  return (
    <div className={css.scroll}>
      <table className={css.table}>
        <thead>
          <tr>
            <th scope="col">{t('claims.reference')}</th>
            <th scope="col">{t('claims.holder')}</th>
            <th scope="col">{t('claims.day')}</th>
            <th scope="col" data-end>
              {t('claims.asked')}
            </th>
            <th scope="col" data-end>
              {t('claims.got')}
            </th>
            <th scope="col" data-end>
              {t('claims.back')}
            </th>
            <th scope="col">{t('status')}</th>
          </tr>
        </thead>
        <tbody>
          {claims.map((c) => (
            <tr key={c.id}>
              <td>
                {/^\d\d[A-Z]{2}[0-9A-Z]{13}\d$/.test(c.reference) ? (
                  <Link to={`/declarations/${c.reference}`}>
                    <Id value={c.reference} plain />
                  </Link>
                ) : (
                  <Id value={c.reference} plain />
                )}{' '}
                <span className="muted">
                  {t('claims.item')} {c.itemNumber}
                </span>
              </td>
              <td>
                <Id value={c.holder} plain />
              </td>
              <td>
                <LegalDate date={c.priority} />
              </td>
              <td data-end>
                <Quantity value={c.quantity} unit={unit} />
              </td>
              <td data-end>
                <Quantity value={c.allocated} unit={unit} />
              </td>
              <td data-end>{c.returned !== '0' && <Quantity value={c.returned} unit={unit} />}</td>
              <td>
                <StatusBadge tone={claimTone[c.status]}>{t(`claims.${c.status}`)}</StatusBadge>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}
