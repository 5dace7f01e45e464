/**
 * Two questions asked above the page, so that nothing on it is lost: sign in again when the session has run out, and prove again who is
 * there before a command that wants it. Requests that wait share one answer.
 */
import { useQueryClient } from '@tanstack/react-query'
import { useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Button } from '../../ui/Button.tsx'
import { Dialog } from '../../ui/Dialog.tsx'
import { TextField } from '../../ui/fields.tsx'
import { ProblemNote } from '../../ui/IssueList.tsx'
import { prompts, send, type Problem } from '../api.ts'
import { retryLive } from '../live.ts'
import { sessionQuery, signInAsDemo, signInWith, useDemo, type Session } from '../session.ts'

type Asked = { what: 'sign-in' | 'step-up'; answer: (done: boolean) => void }

/** One question at a time; whoever asks meanwhile for the same waits for the same answer. */
const useQuestion = (): { asked: Asked | null; settle: (done: boolean) => void } => {
  const [asked, setAsked] = useState<Asked | null>(null)
  const waiting = useRef<Partial<Record<Asked['what'], Promise<boolean>>>>({})
  useEffect(() => {
    const ask = (what: Asked['what']) => (): Promise<boolean> => {
      waiting.current[what] ??= new Promise<boolean>((resolve) => setAsked({ what, answer: resolve })).finally(() => {
        delete waiting.current[what]
        setAsked(null)
      })
      return waiting.current[what]
    }
    const before = { ...prompts }
    Object.assign(prompts, { signIn: ask('sign-in'), stepUp: ask('step-up') })
    return () => void Object.assign(prompts, before)
  }, [])
  return { asked, settle: (done) => asked?.answer(done) }
}

export const AuthDialogs = () => {
  const { t } = useTranslation()
  const { asked, settle } = useQuestion()
  const client = useQueryClient()
  const before = client.getQueryData<Session | null>(sessionQuery.queryKey) ?? null
  const take = (session: Session): void => {
    if (before && before.person.id !== session.person.id) {
      // Somebody else: what stands on the page is not theirs to see.
      window.location.assign('/')
      return
    }
    client.setQueryData(sessionQuery.queryKey, session)
    retryLive()
    settle(true)
  }
  return (
    <>
      <Dialog open={asked?.what === 'sign-in'} title={t('signIn.again')} onClose={() => settle(false)} firm>
        {asked?.what === 'sign-in' && <SignInAgain before={before} onDone={take} onGiveUp={() => window.location.assign('/sign-in')} />}
      </Dialog>
      <Dialog open={asked?.what === 'step-up'} title={t('stepUp.title')} onClose={() => settle(false)} size="sm">
        {asked?.what === 'step-up' && <StepUp session={before} onDone={take} onCancel={() => settle(false)} />}
      </Dialog>
    </>
  )
}

const asksForCode = (problem: Problem): boolean => problem.issues.some((issue) => issue.code === 'identity.totp_required' || issue.code === 'identity.totp_wrong')

type AgainProps = { before: Session | null; onDone: (session: Session) => void; onGiveUp: () => void }

const SignInAgain = ({ before, onDone, onGiveUp }: AgainProps) => {
  const { t } = useTranslation()
  const demo = useDemo().find((one) => one.personId === before?.person.id)
  const [email, setEmail] = useState(before?.person.email ?? '')
  const [password, setPassword] = useState('')
  const [totp, setTotp] = useState('')
  const [problem, setProblem] = useState<Problem | null>(null)
  const [pending, setPending] = useState(false)
  const finish = async (asking: ReturnType<typeof signInWith>): Promise<void> => {
    setPending(true)
    const reply = await asking
    setPending(false)
    if (reply.ok) onDone(reply.value)
    else setProblem(reply.problem)
  }
  const wantsCode = problem !== null && asksForCode(problem)
  return (
    <form
      style={{ display: 'grid', gap: '0.75rem' }}
      onSubmit={(event) => {
        event.preventDefault()
        void finish(signInWith({ email, password, ...(totp && { totp }) }))
      }}
    >
      <p>{t('signIn.kept')}</p>
      {problem && <ProblemNote problem={problem} />}
      <TextField label={t('signIn.email')} type="email" autoComplete="username" width="full" value={email} onChange={(text) => setEmail(text ?? '')} />
      <TextField label={t('signIn.password')} type="password" autoComplete="current-password" width="full" value={password} onChange={(text) => setPassword(text ?? '')} autoFocus />
      {(wantsCode || before?.totp) && <TextField label={t('signIn.code')} autoComplete="one-time-code" inputMode="numeric" width="s" mono value={totp} onChange={(text) => setTotp(text ?? '')} />}
      <div style={{ display: 'flex', gap: '0.5rem', justifyContent: 'flex-end', flexWrap: 'wrap' }}>
        <Button kind="quiet" onClick={onGiveUp}>
          {t('signIn.leave')}
        </Button>
        {demo && (
          <Button pending={pending} onClick={() => void finish(signInAsDemo(demo.personId))}>
            {t('signIn.demoAgain')}
          </Button>
        )}
        <Button kind="primary" type="submit" pending={pending}>
          {t('signIn.submit')}
        </Button>
      </div>
    </form>
  )
}

type StepUpProps = { session: Session | null; onDone: (session: Session) => void; onCancel: () => void }

const StepUp = ({ session, onDone, onCancel }: StepUpProps) => {
  const { t } = useTranslation()
  const [withCode, setWithCode] = useState(session?.totp ?? false)
  const [secret, setSecret] = useState('')
  const [problem, setProblem] = useState<Problem | null>(null)
  const [pending, setPending] = useState(false)
  const prove = async (): Promise<void> => {
    setPending(true)
    const reply = await send<Session>('POST', '/api/session/step-up', withCode ? { totp: secret } : { password: secret }, { quiet: true })
    setPending(false)
    if (reply.ok) onDone(reply.value)
    else setProblem(reply.problem)
  }
  return (
    <form
      style={{ display: 'grid', gap: '0.75rem' }}
      onSubmit={(event) => {
        event.preventDefault()
        void prove()
      }}
    >
      <p>{t('stepUp.why')}</p>
      {problem && <ProblemNote problem={problem} />}
      {withCode ? (
        <TextField key="code" label={t('signIn.code')} autoComplete="one-time-code" inputMode="numeric" width="s" mono value={secret} onChange={(text) => setSecret(text ?? '')} autoFocus />
      ) : (
        <TextField
          key="password"
          label={t('signIn.password')}
          hint={session?.demo ? t('stepUp.demoHint') : undefined}
          type="password"
          autoComplete="current-password"
          width="full"
          value={secret}
          onChange={(text) => setSecret(text ?? '')}
          autoFocus
        />
      )}
      <div style={{ display: 'flex', gap: '0.5rem', justifyContent: 'flex-end', flexWrap: 'wrap' }}>
        {session?.totp && (
          <Button
            kind="quiet"
            onClick={() => {
              setWithCode(!withCode)
              setSecret('')
            }}
          >
            {withCode ? t('stepUp.withPassword') : t('stepUp.withCode')}
          </Button>
        )}
        <Button onClick={onCancel}>{t('cancel')}</Button>
        <Button kind="primary" type="submit" pending={pending} disabled={secret === ''}>
          {t('stepUp.confirm')}
        </Button>
      </div>
    </form>
  )
}
