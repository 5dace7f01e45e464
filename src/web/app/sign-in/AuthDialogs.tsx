/**
 * Two questions asked above the page, so that nothing on it is lost: sign in again when the session has run out, and prove again who is
 * there before a command that wants it. Requests that wait share one answer.
 */
import { useQueryClient } from '@tanstack/react-query'
import { useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Button } from '../../ui/Button.tsx'
import { Dialog } from '../../ui/Dialog.tsx'
import { prompts, send } from '../api.ts'
import { retryLive } from '../live.ts'
import { asksForCode, DialogForm, EmailField, OneTimeCodeField, PasswordField, useAttempt } from './credentials.tsx'
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

type AgainProps = { before: Session | null; onDone: (session: Session) => void; onGiveUp: () => void }

const SignInAgain = ({ before, onDone, onGiveUp }: AgainProps) => {
  const { t } = useTranslation()
  const demo = useDemo().find((one) => one.personId === before?.person.id)
  const [email, setEmail] = useState(before?.person.email ?? '')
  const [password, setPassword] = useState('')
  const [totp, setTotp] = useState('')
  const attempt = useAttempt(onDone)
  const actions = (
    <>
      <Button kind="quiet" onClick={onGiveUp}>
        {t('signIn.leave')}
      </Button>
      {demo && (
        <Button pending={attempt.pending} onClick={() => void attempt.run(signInAsDemo(demo.personId))}>
          {t('signIn.demoAgain')}
        </Button>
      )}
      <Button kind="primary" type="submit" pending={attempt.pending}>
        {t('signIn.submit')}
      </Button>
    </>
  )
  const submit = (): void => void attempt.run(signInWith({ email, password, ...(totp && { totp }) }))
  return (
    <DialogForm lead={t('signIn.kept')} attempt={attempt} onSubmit={submit} actions={actions}>
      <EmailField value={email} onChange={setEmail} />
      <PasswordField value={password} onChange={setPassword} autoFocus />
      {(asksForCode(attempt.problem) || before?.totp) && <OneTimeCodeField value={totp} onChange={setTotp} />}
    </DialogForm>
  )
}

type StepUpProps = { session: Session | null; onDone: (session: Session) => void; onCancel: () => void }

const StepUp = ({ session, onDone, onCancel }: StepUpProps) => {
  const { t } = useTranslation()
  const [withCode, setWithCode] = useState(session?.totp ?? false)
  const [secret, setSecret] = useState('')
  const attempt = useAttempt(onDone)
  const change = (): void => {
    setWithCode(!withCode)
    setSecret('')
  }
  const actions = (
    <>
      {session?.totp && (
        <Button kind="quiet" onClick={change}>
          {withCode ? t('stepUp.withPassword') : t('stepUp.withCode')}
        </Button>
      )}
      <Button onClick={onCancel}>{t('cancel')}</Button>
      <Button kind="primary" type="submit" pending={attempt.pending} disabled={secret === ''}>
        {t('stepUp.confirm')}
      </Button>
    </>
  )
  const submit = (): void =>
    void attempt.run(send<Session>('POST', '/api/session/step-up', withCode ? { totp: secret } : { password: secret }, { quiet: true }))
  return (
    <DialogForm lead={t('stepUp.why')} attempt={attempt} onSubmit={submit} actions={actions}>
      {withCode ? (
        <OneTimeCodeField value={secret} onChange={setSecret} autoFocus />
      ) : (
        <PasswordField value={secret} onChange={setSecret} autoFocus hint={session?.demo ? t('stepUp.demoHint') : undefined} />
      )}
    </DialogForm>
  )
}
