/** Acknowledges an alarm, or ends one that only an officer ends: either with a reason, which stays with it. */
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Issue } from '#kernel/issue.ts'
import { alarmReasons, type AlarmRow } from '#schema/supervision'
import { useCommand } from '../../app/use-command.ts'
import { Button } from '../../ui/Button.tsx'
import { Dialog } from '../../ui/Dialog.tsx'
import { Select, TextArea } from '../../ui/fields.tsx'
import { ProblemNote } from '../../ui/IssueList.tsx'
import { Stack } from '../../ui/Layout.tsx'
import { toast } from '../../ui/toast.tsx'
import { alarmsPath, tripKey, tripsPath } from './facts.ts'
import { SeverityBadge, useKindName } from './words.tsx'

export type Asked = { alarm: AlarmRow; act: 'acknowledge' | 'close' }
type Reason = { code: string; text: string }

const missing: readonly Issue[] = [{ code: 'form.required', severity: 'error', path: '' }]

export const AlarmDialog = ({ asked: { alarm, act }, onClose }: { asked: Asked; onClose: () => void }) => {
  const { t } = useTranslation(['supervision', 'common'])
  const kindName = useKindName()
  const [reason, setReason] = useState<Reason>({ code: '', text: '' })
  const [tried, setTried] = useState(false)
  const isAck = act === 'acknowledge'
  const command = useCommand<Reason>({
    path: isAck ? `${alarmsPath}/${alarm.id}/acknowledge` : `${tripsPath}/${alarm.tripId}/close-alarm`,
    body: ({ code, text }) => (isAck ? { reasonCode: code, text } : { kind: alarm.kind, subject: alarm.subject, reason: text }),
    refresh: [['list', alarmsPath], ['supervision', 'open'], tripKey(alarm.tripId)],
    onDone: () => {
      toast(t(isAck ? 'acknowledge.done' : 'close.done'), { tone: 'ok' })
      onClose()
    },
  })
  const perform = (): void => {
    setTried(true)
    const text = reason.text.trim()
    if (text !== '' && (!isAck || reason.code !== '')) void command.run({ code: reason.code, text })
  }
  return (
    <Dialog
      open
      title={t(isAck ? 'acknowledge.title' : 'close.title', { kind: kindName(alarm.kind) })}
      onClose={onClose}
      actions={
        <>
          <Button onClick={onClose}>{t('common:cancel')}</Button>
          <Button kind="primary" pending={command.pending} onClick={perform}>
            {t(isAck ? 'acknowledge.confirm' : 'close.confirm')}
          </Button>
        </>
      }
    >
      <Stack>
        <p>
          <SeverityBadge severity={alarm.severity} /> <bdi className="mono">{alarm.reference}</bdi>
        </p>
        <p>{t(isAck ? 'acknowledge.text' : 'close.text')}</p>
        {isAck && (
          <Select
            label={t('acknowledge.code')}
            autoFocus
            options={alarmReasons.map((value) => ({ value, label: t(`reason.${value}`) }))}
            value={reason.code || undefined}
            onChange={(code) => setReason({ ...reason, code: code ?? '' })}
            issues={tried && reason.code === '' ? missing : []}
          />
        )}
        <TextArea
          label={t('why')}
          rows={2}
          maxLength={2000}
          autoFocus={!isAck}
          value={reason.text}
          onChange={(text) => setReason({ ...reason, text: text ?? '' })}
          issues={tried && reason.text.trim() === '' ? missing : []}
        />
        {command.problem && <ProblemNote problem={command.problem} />}
      </Stack>
    </Dialog>
  )
}
