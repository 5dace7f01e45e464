/** Asks for a reason, says what happens at once, and does it; a refusal stays in the dialog with what was typed. */
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Reply } from '../../app/api.ts'
import { Button } from '../../ui/Button.tsx'
import { Dialog } from '../../ui/Dialog.tsx'
import { TextArea } from '../../ui/fields.tsx'
import { ProblemNote } from '../../ui/IssueList.tsx'
import { Stack } from '../../ui/Layout.tsx'
import type { Problem } from '../../app/api.ts'

export type ReasonDialogProps = {
  title: string
  text: string
  confirm: string
  danger?: boolean
  onClose: () => void
  run: (reason: string) => Promise<Reply<unknown>>
}

export const ReasonDialog = ({ title, text, confirm, danger = false, onClose, run }: ReasonDialogProps) => {
  const { t } = useTranslation(['people', 'common'])
  const [reason, setReason] = useState('')
  const [asked, setAsked] = useState(false)
  const [pending, setPending] = useState(false)
  const [problem, setProblem] = useState<Problem | null>(null)
  const isMissing = reason.trim() === ''
  const perform = async (): Promise<void> => {
    setAsked(true)
    if (isMissing) return
    setPending(true)
    const reply = await run(reason.trim())
    setPending(false)
    if (reply.ok) onClose()
    else setProblem(reply.problem)
  }
  return (
    <Dialog
      open
      title={title}
      onClose={onClose}
      actions={
        <>
          <Button onClick={onClose}>{t('common:cancel')}</Button>
          <Button kind={danger ? 'danger' : 'primary'} pending={pending} onClick={() => void perform()}>
            {confirm}
          </Button>
        </>
      }
    >
      <Stack>
        <p>{text}</p>
        <TextArea
          label={t('people:person.reason')}
          maxLength={500}
          rows={2}
          autoFocus
          value={reason}
          onChange={(next) => setReason(next ?? '')}
          issues={asked && isMissing ? [{ code: 'form.required', severity: 'error', path: '' }] : []}
        />
        {problem && <ProblemNote problem={problem} />}
      </Stack>
    </Dialog>
  )
}
