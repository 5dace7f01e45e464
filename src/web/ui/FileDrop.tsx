/**
 * `<FileDrop label={t('…')} accept={['.xml', '.json']} maxBytes={12 * 2 ** 20} multiple onFiles={take} />`: choose or drop files; the button
 * alone does everything for whoever uses no mouse. Files of another kind or size are refused with a sentence each.
 */
import { useId, useRef, useState, type DragEvent } from 'react'
import { useTranslation } from 'react-i18next'
import { error, type Issue } from '#kernel/issue.ts'
import { Button } from './Button.tsx'
import { IssueList } from './IssueList.tsx'
import css from './FileDrop.module.css'

export type FileDropProps = {
  label: string
  hint?: string
  /** endings or media types */ accept?: readonly string[]
  maxBytes?: number
  multiple?: boolean
  pending?: boolean
  onFiles: (files: readonly File[]) => void
}

const megabytes = (bytes: number): string => `${Math.round((bytes / 2 ** 20) * 10) / 10} MB`
const fits = (file: File, accept: readonly string[]): boolean =>
  accept.length === 0 || accept.some((kind) => (kind.startsWith('.') ? file.name.toLowerCase().endsWith(kind.toLowerCase()) : file.type === kind))

type Limits = Pick<FileDropProps, 'accept' | 'maxBytes'>

/** Why a file is not taken; null when it is. */
const refusalOf = (file: File, { accept = [], maxBytes = Infinity }: Limits): Issue | null => {
  if (!fits(file, accept)) return error('form.file_kind', '', { name: file.name, kinds: accept.join(', ') })
  return file.size > maxBytes ? error('form.file_too_large', '', { name: file.name, limit: megabytes(maxBytes) }) : null
}

export const FileDrop = ({ label, hint, accept = [], maxBytes, multiple = false, pending = false, onFiles }: FileDropProps) => {
  const { t } = useTranslation()
  const id = useId()
  const input = useRef<HTMLInputElement>(null)
  const [over, setOver] = useState(false)
  const [issues, setIssues] = useState<readonly Issue[]>([])
  const take = (list: FileList | null): void => {
    const judged = [...(list ?? [])].slice(0, multiple ? undefined : 1).map((file) => ({ file, refusal: refusalOf(file, { accept, maxBytes }) }))
    setIssues(judged.flatMap(({ refusal }) => refusal ?? []))
    const taken = judged.filter(({ refusal }) => refusal === null).map(({ file }) => file)
    if (taken.length > 0) onFiles(taken)
    if (input.current) input.current.value = ''
  }
  const drag = (isOver: boolean) => (event: DragEvent) => {
    event.preventDefault()
    setOver(isOver)
  }
  const drop = (event: DragEvent): void => {
    drag(false)(event)
    take(event.dataTransfer.files)
  }
  return (
    <div className={css.drop} data-over={over || undefined} onDragOver={drag(true)} onDragLeave={drag(false)} onDrop={drop}>
      <label htmlFor={id} className="visually-hidden">
        {label}
      </label>
      <input
        ref={input}
        id={id}
        type="file"
        className="visually-hidden"
        tabIndex={-1}
        accept={accept.join(',')}
        multiple={multiple}
        onChange={(event) => take(event.target.files)}
      />
      <Button icon="upload" pending={pending} onClick={() => input.current?.click()}>
        {label}
      </Button>
      <span className={css.hint}>{hint ?? t('file.drop')}</span>
      {issues.length > 0 && (
        <div role="alert">
          <IssueList issues={issues} />
        </div>
      )}
    </div>
  )
}
