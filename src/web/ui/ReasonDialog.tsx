/** A command that asks for a sentence, which stays with what it does. */
import type { QueryKey } from '@tanstack/react-query'
import { useState, type ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { Issue } from '#kernel/issue.ts'
import { useCommand } from '../app/use-command.ts'
import { Button } from './Button.tsx'
import { Dialog } from './Dialog.tsx'
import { TextArea } from './fields.tsx'
import { ProblemNote } from './IssueList.tsx'
import { Stack } from './Layout.tsx'
import { toast } from './toast.tsx'

export type Asked = {
  title: string
  /** of the field */ label: string
  confirm: string
  /** told when it is done */ done: string
  path: string
  /** name of the sentence in the body */ field: 'remark' | 'remarks' | 'text' | 'conclusion'
  refresh: readonly QueryKey[]
  /** what it is about, above the field */ about?: ReactNode
}

const missing: readonly Issue[] = [{ code: 'form.required', severity: 'error', path: '' }]

export const ReasonDialog = ({ asked, onClose }: { asked: Asked; onClose: () => void }) => {
  const { t } = useTranslation()
  const [words, setWords] = useState<string | undefined>(undefined)
  const [tried, setTried] = useState(false)
  const command = useCommand<string>({
    path: asked.path,
    body: (text) => ({ [asked.field]: text }),
    refresh: asked.refresh,
    onDone: () => {
      toast(asked.done, { tone: 'ok' })
      onClose()
    },
  })
  const text = words?.trim() ?? ''
  const perform = (): void => {
    setTried(true)
    if (text !== '') void command.run(text)
  }
  return (
    <Dialog
      open
      title={asked.title}
      onClose={onClose}
      actions={
        <>
          <Button onClick={onClose}>{t('cancel')}</Button>
          <Button kind="primary" pending={command.pending} onClick={perform}>
            {asked.confirm}
          </Button>
        </>
      }
    >
      <Stack>
        {asked.about}
        <TextArea
          label={asked.label}
          rows={3}
          maxLength={2000}
          autoFocus
          value={words}
          onChange={setWords}
          issues={tried && text === '' ? missing : []}
        />
        {command.problem && <ProblemNote problem={command.problem} />}
      </Stack>
    </Dialog>
  )
}
