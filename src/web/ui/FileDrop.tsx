/**
 * `<FileDrop label={t('…')} accept={['.xml', '.json']} maxBytes={12 * 2 ** 20} multiple onFiles={take} />`: choose or drop files; the button
 * alone does everything for whoever uses no mouse. Files of another kind or size are refused with a sentence each.
 */
import { useId, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Issue } from '#kernel/issue.ts'
import { Button } from './Button.tsx'
import { IssueList } from './IssueList.tsx'
import css from './FileDrop.module.css'

export type FileDropProps = { label: string; hint?: string; /** endings or media types */ accept?: readonly string[]; maxBytes?: number; multiple?: boolean; pending?: boolean; onFiles: (files: readonly File[]) => void }

const megabytes = (bytes: number): string => `${Math.round((bytes / 2 ** 20) * 10) / 10} MB`
const fits = (file: File, accept: readonly string[]): boolean => accept.length === 0 || accept.some((kind) => (kind.startsWith('.') ? file.name.toLowerCase().endsWith(kind.toLowerCase()) : file.type === kind))

export const FileDrop = ({ label, hint, accept = [], maxBytes, multiple = false, pending = false, onFiles }: FileDropProps) => {
  const { t } = useTranslation()
  const id = useId()
  const input = useRef<HTMLInputElement>(null)
  const [over, setOver] = useState(false)
  const [issues, setIssues] = useState<readonly Issue[]>([])
  const take = (list: FileList | null): void => {
    const files = [...(list ?? [])].slice(0, multiple ? undefined : 1)
    const refused = files.flatMap((file): Issue[] => {
      if (!fits(file, accept)) return [{ code: 'form.file_kind', severity: 'error', path: '', params: { name: file.name, kinds: accept.join(', ') } }]
      if (maxBytes !== undefined && file.size > maxBytes) return [{ code: 'form.file_too_large', severity: 'error', path: '', params: { name: file.name, limit: megabytes(maxBytes) } }]
      return []
    })
    setIssues(refused)
    const taken = files.filter((file) => fits(file, accept) && (maxBytes === undefined || file.size <= maxBytes))
    if (taken.length > 0) onFiles(taken)
    if (input.current) input.current.value = ''
  }
  return (
    <div
      className={css.drop}
      data-over={over || undefined}
      onDragOver={(event) => {
        event.preventDefault()
        setOver(true)
      }}
      onDragLeave={() => setOver(false)}
      onDrop={(event) => {
        event.preventDefault()
        setOver(false)
        take(event.dataTransfer.files)
      }}
    >
      <label htmlFor={id} className="visually-hidden">
        {label}
      </label>
      <input ref={input} id={id} type="file" className="visually-hidden" tabIndex={-1} accept={accept.join(',')} multiple={multiple} onChange={(event) => take(event.target.files)} />
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
