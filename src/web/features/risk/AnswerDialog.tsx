/** Takes an alarm up or closes it, with a sentence that stays with it. */
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Issue } from '#kernel/issue.ts'
import { useCommand } from '../../app/use-command.ts'
import { Button } from '../../ui/Button.tsx'
import { Dialog } from '../../ui/Dialog.tsx'
import { TextArea } from '../../ui/fields.tsx'
import { ProblemNote } from '../../ui/IssueList.tsx'
import { Stack } from '../../ui/Layout.tsx'
import { toast } from '../../ui/toast.tsx'

export type Asked = { id: string; /** what it is, in words */ name: string; act: 'acknowledge' | 'close' }

const missing: readonly Issue[] = [{ code: 'form.required', severity: 'error', path: '' }]

export const AnswerDialog = ({ asked: { id, name, act }, onClose }: { asked: Asked; onClose: () => void }) => {
  const { t } = useTranslation(['risk', 'common'])
  const [remark, setRemark] = useState<string | undefined>(undefined)
  const [tried, setTried] = useState(false)
  const takesUp = act === 'acknowledge'
  const command = useCommand<{ remark: string }>({
    path: `/api/risk/alarms/${id}/${act}`,
    refresh: [['risk', 'alarms']],
    onDone: () => {
      toast(t(takesUp ? 'alarm.acknowledged' : 'alarm.closedNow'), { tone: 'ok' })
      onClose()
    },
  })
  const text = remark?.trim() ?? ''
  const perform = (): void => {
    setTried(true)
    if (text !== '') void command.run({ remark: text })
  }
  return (
    <Dialog
      open
      title={t(takesUp ? 'alarm.acknowledgeTitle' : 'alarm.closeTitle', { kind: name })}
      onClose={onClose}
      actions={
        <>
          <Button onClick={onClose}>{t('common:cancel')}</Button>
          <Button kind="primary" pending={command.pending} onClick={perform}>
            {t(takesUp ? 'alarm.acknowledge' : 'alarm.close')}
          </Button>
        </>
      }
    >
      <Stack>
        <TextArea
          label={t(takesUp ? 'alarm.acknowledgeWhy' : 'alarm.closeWhy')}
          rows={3}
          maxLength={2000}
          autoFocus
          value={remark}
          onChange={setRemark}
          issues={tried && text === '' ? missing : []}
        />
        {command.problem && <ProblemNote problem={command.problem} />}
      </Stack>
    </Dialog>
  )
}
