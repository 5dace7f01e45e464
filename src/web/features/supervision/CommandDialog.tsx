/** Asks something of a seal: how often it reports, whether it sleeps, what it still keeps. Opening it is a decision on the trip, not here. */
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Trip } from '#schema/supervision'
import { useCommand } from '../../app/use-command.ts'
import { Button } from '../../ui/Button.tsx'
import { Dialog } from '../../ui/Dialog.tsx'
import { Checkbox, Select, TextField } from '../../ui/fields.tsx'
import { ProblemNote } from '../../ui/IssueList.tsx'
import { Stack } from '../../ui/Layout.tsx'
import { toast } from '../../ui/toast.tsx'
import { tripKey } from './facts.ts'
import { SealSelect } from './SealSelect.tsx'

/** Commands that make sense on the road, with their parameters. */
const offered = {
  interval: ['seconds', 'wakeMinutes'],
  'tracking-mode': ['on'],
  'query-unsent': [],
  'low-battery': ['percent'],
  'long-unlock': ['minutes'],
  'delete-fence': ['fence'],
  'change-password': [],
  restart: [],
} as const
type Name = keyof typeof offered
const names = Object.keys(offered) as Name[]
const waits = ['1', '12', '24', '168'] as const

export const CommandDialog = ({ trip, onClose }: { trip: Trip; onClose: () => void }) => {
  const { t } = useTranslation(['seal', 'common'])
  const [name, setName] = useState<Name>('interval')
  const [sealId, setSeal] = useState(trip.seals[0]?.sealId ?? '')
  const [params, setParams] = useState<Record<string, string | boolean>>({ seconds: '30', wakeMinutes: '10', on: true })
  const [hours, setHours] = useState<(typeof waits)[number]>('12')
  const wanted: readonly string[] = offered[name]
  const command = useCommand<void>({
    path: `/api/supervision/devices/${sealId}/commands`,
    body: () => ({
      name,
      params: Object.fromEntries(wanted.map((key) => [key, params[key] ?? ''])),
      minutes: Number(hours) * 60,
      tripId: trip.id,
    }),
    refresh: [tripKey(trip.id)],
    onDone: () => {
      toast(t('dialog.done'), { tone: 'ok' })
      onClose()
    },
  })
  return (
    <Dialog
      open
      title={t('dialog.title', { id: sealId })}
      onClose={onClose}
      actions={
        <>
          <Button onClick={onClose}>{t('common:cancel')}</Button>
          <Button kind="primary" pending={command.pending} onClick={() => void command.run()}>
            {t('dialog.confirm')}
          </Button>
        </>
      }
    >
      <Stack>
        <p>{t('dialog.text')}</p>
        <SealSelect trip={trip} value={sealId} onChange={setSeal} />
        <Select
          label={t('dialog.name')}
          autoFocus
          options={names.map((value) => ({ value, label: t(`name.${value}`) }))}
          value={name}
          onChange={(next) => setName(names.find((one) => one === next) ?? 'interval')}
        />
        {offered[name].map((key) =>
          key === 'on' ? (
            <Checkbox key={key} label={t('param.on')} value={params[key] === true} onChange={(on) => setParams({ ...params, on: on ?? false })} />
          ) : (
            <TextField
              key={key}
              label={t(`param.${key}`)}
              value={String(params[key] ?? '')}
              maxLength={6}
              mono
              width="s"
              onChange={(text) => setParams({ ...params, [key]: text ?? '' })}
            />
          ),
        )}
        <Select
          label={t('dialog.wait')}
          width="s"
          options={waits.map((value) => ({ value, label: t(`hours.${value}`) }))}
          value={hours}
          onChange={(next) => setHours(waits.find((one) => one === next) ?? '12')}
        />
        {command.problem && <ProblemNote problem={command.problem} />}
      </Stack>
    </Dialog>
  )
}
