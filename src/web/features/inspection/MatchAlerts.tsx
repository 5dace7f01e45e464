/** Images of cases that were over when their goods were declared, or declared anew, as something else: for whoever oversees. Nothing where there are none. */
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import type { MatchAlert } from '#schema/inspection'
import { get } from '../../app/api.ts'
import { Button } from '../../ui/Button.tsx'
import { Section, Stack } from '../../ui/Layout.tsx'
import { Instant } from '../../ui/Values.tsx'
import { Acknowledge } from './Acknowledge.tsx'
import { useFreshRoom } from './centre-data.ts'
import css from './centre.module.css'

const path = '/api/inspection/match-alerts'
const openKey = ['match-alerts', 'open'] as const

export const MatchAlerts = () => {
  const { t } = useTranslation('centre')
  const [asked, setAsked] = useState<MatchAlert | null>(null)
  const found = useQuery({
    queryKey: openKey,
    queryFn: ({ signal }) => get<{ rows: MatchAlert[] }>(path, { open: true, size: 50 }, { signal }),
  })
  useFreshRoom(openKey)
  const alerts = found.data?.rows ?? []
  if (alerts.length === 0) return null
  return (
    <Section title={t('late.title')} count={alerts.length}>
      <Stack>
        {alerts.map((alert) => (
          <div key={alert.id} className={css.alarm} role="alert">
            <strong>
              {t('late.text', {
                subject: alert.subject.id,
                reference: alert.reference,
                version: alert.version,
                outcome: t(`outcome.${alert.outcome ?? 'clear'}`),
              })}
            </strong>
            <Instant at={alert.raisedAt} form="relative" />
            <Link to={`/inspection/cases/${alert.caseId}`}>{t('case')}</Link>
            <Button onClick={() => setAsked(alert)}>{t('sort.acknowledge')}</Button>
          </div>
        ))}
      </Stack>
      {asked && (
        <Acknowledge
          path={`${path}/${asked.id}/acknowledge`}
          refresh={openKey}
          title={t('late.acknowledgeTitle', { subject: asked.subject.id })}
          text={t('late.acknowledgeText')}
          onClose={() => setAsked(null)}
        />
      )}
    </Section>
  )
}
