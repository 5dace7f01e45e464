/** One command on an authorisation, with the reason that stays with it. */
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
import type { Asked } from './AuthorisationCard.tsx'

const missing: readonly Issue[] = [{ code: 'form.required', severity: 'error', path: '' }]

export const CommandDialog = ({ asked: { authorisation: a, command: name }, onClose }: { asked: Asked; onClose: () => void }) => {
  const { t } = useTranslation(['compliance', 'common'])
  const [words, setWords] = useState<string | undefined>(undefined)
  const [tried, setTried] = useState(false)
  const command = useCommand<{ reason: string }>({
    path: `/api/compliance/authorisations/${a.id}/${name}`,
    refresh: [['compliance']],
    onDone: () => {
      toast(t(`done.${name}`), { tone: 'ok' })
      onClose()
    },
  })
  const reason = words?.trim() ?? ''
  const perform = (): void => {
    setTried(true)
    if (reason !== '') void command.run({ reason })
  }
  return (
    <Dialog
      open
      title={`${t(`command.${name}`)}: ${a.kind} ${a.holder}`}
      onClose={onClose}
      actions={
        <>
          <Button onClick={onClose}>{t('common:cancel')}</Button>
          <Button kind="primary" pending={command.pending} onClick={perform}>
            {t(`command.${name}`)}
          </Button>
        </>
      }
    >
      <Stack>
        <p>{t(`consequence.${name}`)}</p>
        <TextArea
          label={t('reason')}
          rows={3}
          maxLength={2000}
          autoFocus
          value={words}
          onChange={setWords}
          issues={tried && reason === '' ? missing : []}
        />
        {command.problem && <ProblemNote problem={command.problem} />}
      </Stack>
    </Dialog>
  )
}
