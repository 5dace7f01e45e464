/** One referral: what is asked, of whom, until when, what was answered; and what may be done with it. */
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import type { Referral, ReferralStatus } from '#schema/risk'
import { StatusBadge, type Tone } from '../../ui/Badge.tsx'
import { Row } from '../../ui/Layout.tsx'
import { AgeBar } from '../../ui/Progress.tsx'
import { Id, Instant } from '../../ui/Values.tsx'
import css from './referral.module.css'

const tones: Record<ReferralStatus, Tone> = { issued: 'info', answered: 'warning', resolved: 'ok', expired: 'danger', lifted: 'ok' }

const Saying = ({ title, at, text }: { title: string; at: string; text: string }) => (
  <div className={css.said}>
    <span className="muted">
      {title}, <Instant at={at} form="relative" />
    </span>
    <p>{text}</p>
  </div>
)

export const ReferralCard = ({ referral: r, actions }: { referral: Referral; actions?: ReactNode }) => {
  const { t } = useTranslation('referral')
  const holds = r.kind === 'DNL' && r.status === 'issued'
  return (
    <article className={css.card} aria-label={`${t(`kind.${r.kind}`)} ${r.reference}`}>
      <header className={css.head}>
        <strong>{t(`kind.${r.kind}`)}</strong>
        <StatusBadge tone={holds ? 'danger' : tones[r.status]}>{holds ? t('holds') : t(`status.${r.status}`)}</StatusBadge>
        <Link to={`/declarations/${r.reference}`} className="mono">
          {r.reference}
        </Link>
        <span className="muted">
          {t('to')} <Id value={r.recipient} plain />
        </span>
        {r.status === 'issued' && r.deadlineAt && <AgeBar since={r.issuedAt} dueAt={r.deadlineAt} />}
        {r.previousId && <span className="muted">{t('follows')}</span>}
      </header>
      <Saying
        title={r.issuedBy.name ? t('askedBy', { who: r.issuedBy.name }) : t('asked')}
        at={r.issuedAt}
        text={r.question || t(`about.${r.kind}`)}
      />
      {r.answers.map((a) => (
        <Saying key={a.at} title={t('answeredBy', { who: a.by })} at={a.at} text={a.text} />
      ))}
      {r.closedAt && (
        <Saying title={r.closedBy ? t('concludedBy', { who: r.closedBy.name }) : t('concluded')} at={r.closedAt} text={r.conclusion ?? ''} />
      )}
      {actions && <Row end>{actions}</Row>}
    </article>
  )
}
