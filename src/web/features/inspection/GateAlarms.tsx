/** Tagged bags that somebody is carrying out: whole, on top, live and with sound. */
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import type { GateAlarm } from '#schema/inspection'
import { get } from '../../app/api.ts'
import { useCan } from '../../app/session.ts'
import { useCommand } from '../../app/use-command.ts'
import { Button } from '../../ui/Button.tsx'
import { Dialog } from '../../ui/Dialog.tsx'
import { TextArea } from '../../ui/fields.tsx'
import { ProblemNote } from '../../ui/IssueList.tsx'
import { Section, Stack } from '../../ui/Layout.tsx'
import { toast } from '../../ui/toast.tsx'
import { Instant } from '../../ui/Values.tsx'
import { gateAlarmsPath, useFreshRoom } from './centre-data.ts'
import { useAlarmSound } from './use-alarm-sound.ts'
import css from './centre.module.css'

const openKey = ['gate-alarms', 'open'] as const

const Acknowledge = ({ alarm, onClose }: { alarm: GateAlarm; onClose: () => void }) => {
  const { t } = useTranslation(['centre', 'common'])
  const [remarks, setRemarks] = useState('')
  const [tried, setTried] = useState(false)
  const command = useCommand<{ remarks: string }>({
    path: `${gateAlarmsPath}/${alarm.id}/acknowledge`,
    refresh: [openKey],
    onDone: () => {
      toast(t('sort.acknowledged'), { tone: 'ok' })
      onClose()
    },
  })
  const perform = (): void => {
    setTried(true)
    if (remarks.trim() !== '') void command.run({ remarks: remarks.trim() })
  }
  return (
    <Dialog
      open
      title={t('sort.acknowledgeTitle', { gate: alarm.gate })}
      onClose={onClose}
      actions={
        <>
          <Button onClick={onClose}>{t('common:cancel')}</Button>
          <Button kind="primary" pending={command.pending} onClick={perform}>
            {t('sort.acknowledge')}
          </Button>
        </>
      }
    >
      <Stack>
        <p>{t('sort.acknowledgeText')}</p>
        <TextArea
          label={t('sort.remarks')}
          rows={2}
          maxLength={2000}
          autoFocus
          value={remarks}
          onChange={(text) => setRemarks(text ?? '')}
          issues={tried && remarks.trim() === '' ? [{ code: 'form.required', severity: 'error', path: '' }] : []}
        />
        {command.problem && <ProblemNote problem={command.problem} />}
      </Stack>
    </Dialog>
  )
}

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
      {asked && <Acknowledge alarm={asked} onClose={() => setAsked(null)} />}
    </Section>
  )
}
