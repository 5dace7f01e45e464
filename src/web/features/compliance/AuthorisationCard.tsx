/** One authorisation: whose, which, how it stands, what was decided; and what may be done by this person now, by the table that the server asks. */
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import {
  authorisationTransitions,
  type Authorisation,
  type AuthorisationCommandName,
  type AuthorisationRow,
  type AuthorisationStatus,
} from '#schema/compliance'
import { useCan, useSession } from '../../app/session.ts'
import { StatusBadge, type Tone } from '../../ui/Badge.tsx'
import { Button } from '../../ui/Button.tsx'
import { Row } from '../../ui/Layout.tsx'
import { Instant, LegalDate } from '../../ui/Values.tsx'
import css from './compliance.module.css'

export type Asked = { authorisation: Authorisation; command: AuthorisationCommandName }

const tones: Record<AuthorisationStatus, Tone> = { proposed: 'warning', granted: 'ok', suspended: 'danger', refused: 'neutral', revoked: 'neutral' }
const names = ['reject', 'suspend', 'ask-resume', 'ask-revoke', 'approve'] as const

/** Commands that the state allows and the person may give. */
const usePossible = (a: Authorisation): readonly AuthorisationCommandName[] => {
  const can = useCan()
  const { person } = useSession()
  return names.filter((name) => {
    const step = authorisationTransitions[a.status][name]
    if (!step || !can(step.permission)) return false
    if (name === 'approve' || name === 'reject') return a.waiting !== null && a.waiting.by.personId !== person?.id
    return name === 'suspend' || a.waiting === null
  })
}

const events = ['proposed', 'granted', 'resumed', 'revoked', 'suspended', 'rejected', 'change-asked'] as const

export const AuthorisationCard = ({ authorisation: a, onAsk }: { authorisation: AuthorisationRow; onAsk?: (asked: Asked) => void }) => {
  const { t } = useTranslation('compliance')
  const possible = usePossible(a)
  return (
    <article className={css.card} aria-label={`${a.kind} ${a.holderName ?? a.holder}`}>
      <header className={css.head}>
        <strong>{t(`kind.${a.kind}`)}</strong>
        <StatusBadge tone={tones[a.status]}>{t(`status.${a.status}`)}</StatusBadge>
        <Link to={`/risk/entities/${a.holder}`}>{a.holderName ?? a.holder}</Link>
        <bdi className="mono">{a.holder}</bdi>
        <span className="muted">
          {t('from')} <LegalDate date={a.validFrom} />
          {a.validTo && (
            <>
              {' '}
              {t('to')} <LegalDate date={a.validTo} />
            </>
          )}
        </span>
      </header>
      {a.waiting && <p>{t(`waits.${a.waiting.change}`, { who: a.waiting.by.name, reason: a.waiting.reason })}</p>}
      <ul className={css.history}>
        {a.history.map((h) => {
          const event = events.find((e) => e === h.event)
          return (
            <li key={h.at + h.event}>
              <span className="muted">
                {event ? t(`event.${event}`, { who: h.by }) : h.event}, <Instant at={h.at} form="relative" />
              </span>{' '}
              {h.reason}
            </li>
          )
        })}
      </ul>
      {onAsk && possible.length > 0 && (
        <Row end>
          {possible.map((command) => (
            <Button
              key={command}
              size="sm"
              kind={command === 'approve' ? 'primary' : 'secondary'}
              onClick={() => onAsk({ authorisation: a, command })}
            >
              {t(`command.${command}`)}
            </Button>
          ))}
        </Row>
      )}
    </article>
  )
}
