/**
 * What all fields share: label, messages, the control, hint; width. The hint stands beneath, so that controls side by side stay in line. Common props of every field:
 *   path (pointer in the form around) or value/onChange/issues · label · hint · optional (says so) · width: xs 4 | s 8 | m 16 | l 28 | full
 *   readOnly · disabled · code: small note beside the label, such as the data element number
 */
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { Issue } from '#kernel/issue.ts'
import { useIssueText } from '../i18n/issue-text.ts'
import type { FieldBinding } from './form.tsx'
import { Icon } from './Icon.tsx'
import css from './form.module.css'

export type FieldWidth = 'xs' | 's' | 'm' | 'l' | 'full'
export type FieldProps<V> = FieldBinding<V> & {
  label: string
  hint?: string
  optional?: boolean
  width?: FieldWidth
  readOnly?: boolean
  disabled?: boolean
  code?: string
  autoFocus?: boolean
}

/** Ids of what describes a field: hint first, then messages. */
export const describedBy = (id: string, hint: string | undefined, issues: readonly Issue[]): string | undefined =>
  [hint && `${id}-hint`, issues.length > 0 && `${id}-issues`].filter(Boolean).join(' ') || undefined

export const isInvalid = (issues: readonly Issue[]): boolean => issues.some((issue) => issue.severity === 'error')

export const FieldIssues = ({ id, issues }: { id: string; issues: readonly Issue[] }) => {
  const { t } = useTranslation()
  const say = useIssueText()
  if (issues.length === 0) return null
  return (
    <ul id={`${id}-issues`} className={css.issues}>
      {issues.map((issue, at) => {
        const { text, fix } = say(issue)
        return (
          <li key={`${issue.code}${at}`} data-severity={issue.severity}>
            <Icon name={issue.severity === 'info' ? 'info' : 'warning'} size={13} label={t(`severity.${issue.severity}`)} />
            <span>
              {text} {fix} <code>{issue.code}</code>
            </span>
          </li>
        )
      })}
    </ul>
  )
}

type FrameProps = {
  id: string
  label: string
  hint?: string
  optional?: boolean
  width?: FieldWidth
  code?: string
  issues: readonly Issue[]
  children: ReactNode
  /** several controls: the label names the group */ group?: boolean
}

export const FieldFrame = ({ id, label, hint, optional, width = 'm', code, issues, children, group = false }: FrameProps) => {
  const { t } = useTranslation()
  const words = (
    <>
      {label} {optional && <span className={css.optional}>{t('form.optional')}</span>} {code && <span className={css.code}>{code}</span>}
    </>
  )
  return (
    <div
      className={css.field}
      data-width={width}
      data-invalid={isInvalid(issues) || undefined}
      {...(group && { role: 'group', 'aria-labelledby': `${id}-label`, 'aria-describedby': describedBy(id, hint, issues) })}
    >
      {group ? (
        <span id={`${id}-label`} className={css.label}>
          {words}
        </span>
      ) : (
        <label htmlFor={id} className={css.label}>
          {words}
        </label>
      )}
      <FieldIssues id={id} issues={issues} />
      {children}
      {hint && (
        <p id={`${id}-hint`} className={css.hint}>
          {hint}
        </p>
      )}
    </div>
  )
}
