/** Somebody has seen an alarm or an alert, and says what became of it. */
import type { QueryKey } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useCommand } from '../../app/use-command.ts'
import { Button } from '../../ui/Button.tsx'
import { Dialog } from '../../ui/Dialog.tsx'
import { TextArea } from '../../ui/fields.tsx'
import { ProblemNote } from '../../ui/IssueList.tsx'
import { Stack } from '../../ui/Layout.tsx'
import { toast } from '../../ui/toast.tsx'

type AcknowledgeProps = { path: string; /** the list it stands in */ refresh: QueryKey; title: string; text: string; onClose: () => void }

export const Acknowledge = ({ path, refresh, title, text, onClose }: AcknowledgeProps) => {
  const { t } = useTranslation(['centre', 'common'])
  const [remarks, setRemarks] = useState('')
  const [tried, setTried] = useState(false)
  const command = useCommand<{ remarks: string }>({
    path,
    refresh: [refresh],
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
      title={title}
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
        <p>{text}</p>
        <TextArea
          label={t('sort.remarks')}
          rows={2}
          maxLength={2000}
          autoFocus
          value={remarks}
          onChange={(value) => setRemarks(value ?? '')}
          issues={tried && remarks.trim() === '' ? [{ code: 'form.required', severity: 'error', path: '' }] : []}
        />
        {command.problem && <ProblemNote problem={command.problem} />}
      </Stack>
    </Dialog>
  )
}
