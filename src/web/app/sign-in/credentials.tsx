// Fields and state that the sign-in page and the dialogs above a page share.
import { useState, type ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { TextField } from '../../ui/fields.tsx'
import { ProblemNote } from '../../ui/IssueList.tsx'
import type { Problem, Reply } from '../api.ts'
import type { Session } from '../session.ts'
import css from './sign-in.module.css'

type FieldProps = { value: string; onChange: (text: string) => void; autoFocus?: boolean; hint?: string }

export const EmailField = ({ value, onChange, autoFocus }: FieldProps) => {
  const { t } = useTranslation()
  const change = (text: string | undefined): void => onChange(text ?? '')
  return (
    <TextField label={t('signIn.email')} type="email" autoComplete="username" width="full" value={value} onChange={change} autoFocus={autoFocus} />
  )
}

export const PasswordField = ({ value, onChange, autoFocus, hint }: FieldProps) => {
  const { t } = useTranslation()
  const change = (text: string | undefined): void => onChange(text ?? '')
  return (
    <TextField
      label={t('signIn.password')}
      hint={hint}
      type="password"
      autoComplete="current-password"
      width="full"
      value={value}
      onChange={change}
      autoFocus={autoFocus}
    />
  )
}

export const OneTimeCodeField = ({ value, onChange, autoFocus, hint }: FieldProps) => {
  const { t } = useTranslation()
  const change = (text: string | undefined): void => onChange((text ?? '').replace(/\s/g, ''))
  return (
    <TextField
      label={t('signIn.code')}
      hint={hint}
      autoComplete="one-time-code"
      inputMode="numeric"
      width="m"
      mono
      value={value}
      onChange={change}
      autoFocus={autoFocus}
    />
  )
}

export type Attempt = {
  pending: boolean
  problem: Problem | null
  /** waits for the answer; a session goes to `onDone` */ run: (asking: Promise<Reply<Session>>) => Promise<Problem | null>
  forget: () => void
}

/** One way of proving who one is, and what came of it. */
export const useAttempt = (onDone: (session: Session) => void): Attempt => {
  const [pending, setPending] = useState(false)
  const [problem, setProblem] = useState<Problem | null>(null)
  const run = async (asking: Promise<Reply<Session>>): Promise<Problem | null> => {
    setPending(true)
    const reply = await asking
    setPending(false)
    setProblem(reply.ok ? null : reply.problem)
    if (reply.ok) onDone(reply.value)
    return reply.ok ? null : reply.problem
  }
  return { pending, problem, run, forget: () => setProblem(null) }
}

export const asksForCode = (problem: Problem | null): boolean =>
  problem?.issues.some((issue) => issue.code === 'identity.totp_required' || issue.code === 'identity.totp_wrong') ?? false

type DialogFormProps = { lead: string; attempt: Attempt; onSubmit: () => void; children: ReactNode; actions: ReactNode }

export const DialogForm = ({ lead, attempt, onSubmit, children, actions }: DialogFormProps) => (
  <form
    className={css.form}
    onSubmit={(event) => {
      event.preventDefault()
      onSubmit()
    }}
  >
    <p>{lead}</p>
    {attempt.problem && <ProblemNote problem={attempt.problem} />}
    {children}
    <div className={css.dialogActions}>{actions}</div>
  </form>
)
