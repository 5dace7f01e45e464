/** Tagged bags that somebody is carrying out: whole, on top, live and with sound. */
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import type { GateAlarm } from '#schema/inspection'
import { get } from '../../app/api.ts'
import { useCan } from '../../app/session.ts'
import { Button } from '../../ui/Button.tsx'
import { Section, Stack } from '../../ui/Layout.tsx'
import { Instant } from '../../ui/Values.tsx'
import { Acknowledge } from './Acknowledge.tsx'
import { gateAlarmsPath, useFreshRoom } from './centre-data.ts'
import { useAlarmSound } from './use-alarm-sound.ts'
import css from './centre.module.css'

const openKey = ['gate-alarms', 'open'] as const

export const GateAlarms = () => {
  const { t } = useTranslation('centre')
  const can = useCan()
  const [asked, setAsked] = useState<GateAlarm | null>(null)
  const found = useQuery({
    queryKey: openKey,
    queryFn: ({ signal }) => get<{ rows: GateAlarm[] }>(gateAlarmsPath, { open: true, size: 100 }, { signal }),
    // Also where no news reaches the page.
    refetchInterval: 15_000,
  })
  useFreshRoom(openKey)
  const alarms = found.data?.rows ?? []
  const { isOn, turnOn } = useAlarmSound(alarms.map(({ id }) => id))
  return (
    <Section
      title={t('sort.alarms')}
      count={alarms.length}
      actions={
        <Button size="sm" icon="bell" aria-pressed={isOn} onClick={turnOn}>
          {t(isOn ? 'sort.soundOn' : 'sort.soundOff')}
        </Button>
      }
    >
      {alarms.length === 0 && <p className="muted">{t('sort.noAlarm')}</p>}
      <Stack>
        {alarms.map((alarm) => (
          <div key={alarm.id} className={css.alarm} role="alert">
            <strong>{t('sort.alarmText', { tag: alarm.tag, subject: alarm.subject.id, gate: alarm.gate })}</strong>
            <Instant at={alarm.readAt} form="relative" />
            {can('inspection:case:read') && <Link to={`/inspection/cases/${alarm.caseId}`}>{t('case')}</Link>}
            {can('inspection:gate:acknowledge') && <Button onClick={() => setAsked(alarm)}>{t('sort.acknowledge')}</Button>}
          </div>
        ))}
      </Stack>
      {asked && (
        <Acknowledge
          path={`${gateAlarmsPath}/${asked.id}/acknowledge`}
          refresh={openKey}
          title={t('sort.acknowledgeTitle', { gate: asked.gate })}
          text={t('sort.acknowledgeText')}
          onClose={() => setAsked(null)}
        />
      )}
    </Section>
  )
}
