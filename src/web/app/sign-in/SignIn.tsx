/** The way in: address and password, the one-time code where the account has one, and in a demo one click for each person. */
import { Menu } from '@mantine/core'
import { useQueryClient } from '@tanstack/react-query'
import { useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useNavigate, useSearchParams } from 'react-router'
import { Button } from '../../ui/Button.tsx'
import { TextField } from '../../ui/fields.tsx'
import { ProblemNote } from '../../ui/IssueList.tsx'
import type { Problem } from '../api.ts'
import { LanguageItems, SchemeItems } from '../shell/menus.tsx'
import { sessionQuery, signInAsDemo, signInWith, useDemo, type DemoSignIn, type Session } from '../session.ts'
import css from './sign-in.module.css'

/** Only addresses of our own: never another site that somebody put into a link. */
const safeTarget = (to: string | null): string => (to !== null && /^\/(?![/\\])/.test(to) && !to.startsWith('/sign-in') ? to : '/')

const hasIssue = (problem: Problem | null, ...codes: string[]): boolean => problem?.issues.some((issue) => codes.includes(issue.code)) ?? false

const useEnter = (): ((session: Session) => void) => {
  const client = useQueryClient()
  const navigate = useNavigate()
  const [search] = useSearchParams()
  return (session) => {
    client.clear()
    client.setQueryData(sessionQuery.queryKey, session)
    void navigate(safeTarget(search.get('to')), { replace: true })
  }
}

const SignInForm = ({ onEnter }: { onEnter: (session: Session) => void }) => {
  const { t } = useTranslation()
  const [email, setEmail] = useState('')
  const [password, setPassword] = useState('')
  const [totp, setTotp] = useState('')
  const [problem, setProblem] = useState<Problem | null>(null)
  const [step, setStep] = useState<'password' | 'code'>('password')
  const [pending, setPending] = useState(false)
  const form = useRef<HTMLFormElement>(null)
  useEffect(() => {
    form.current?.querySelector<HTMLInputElement>('[data-autofocus]')?.focus()
  }, [step])
  const submit = async (): Promise<void> => {
    setPending(true)
    const reply = await signInWith({ email: email.trim(), password, ...(step === 'code' && { totp: totp.replace(/\s/g, '') }) })
    setPending(false)
    if (reply.ok) return onEnter(reply.value)
    const wantsCode = hasIssue(reply.problem, 'identity.totp_required')
    setProblem(wantsCode && step === 'password' ? null : reply.problem)
    if (wantsCode) setStep('code')
  }
  return (
    <form
      ref={form}
      className={css.form}
      onSubmit={(event) => {
        event.preventDefault()
        void submit()
      }}
    >
      {problem && <ProblemNote problem={problem} />}
      {step === 'password' ? (
        <>
          <TextField label={t('signIn.email')} type="email" autoComplete="username" width="full" value={email} onChange={(text) => setEmail(text ?? '')} autoFocus />
          <TextField label={t('signIn.password')} type="password" autoComplete="current-password" width="full" value={password} onChange={(text) => setPassword(text ?? '')} />
        </>
      ) : (
        <TextField label={t('signIn.code')} hint={t('signIn.codeHint')} autoComplete="one-time-code" inputMode="numeric" width="m" mono value={totp} onChange={(text) => setTotp(text ?? '')} autoFocus />
      )}
      <div className={css.buttons}>
        <Button kind="primary" type="submit" pending={pending} disabled={step === 'password' ? email === '' || password === '' : totp.length < 6}>
          {t('signIn.submit')}
        </Button>
        {step === 'code' && (
          <Button
            kind="quiet"
            onClick={() => {
              setStep('password')
              setProblem(null)
            }}
          >
            {t('back')}
          </Button>
        )}
      </div>
    </form>
  )
}

const DemoPerson = ({ person, pending, onChoose }: { person: DemoSignIn; pending: boolean; onChoose: () => void }) => {
  const { t, i18n } = useTranslation()
  // The server sends the line in English and its key; a language that has it says it in its own words.
  const line = i18n.exists(person.lineKey.replace('.', ':')) ? (i18n.t as (key: string) => string)(person.lineKey.replace('.', ':')) : person.line
  return (
    <li>
      <button type="button" className={css.personButton} aria-busy={pending || undefined} onClick={onChoose}>
        <span className={css.personHead}>
          <span className={css.personName}>{person.name}</span>
          <span className={css.personRole}>{t(`role.${person.role}`)}</span>
        </span>
        <span className={css.personPlace}>{person.organisation}</span>
        <span className={css.personLine}>{line}</span>
      </button>
    </li>
  )
}

export const SignIn = () => {
  const { t } = useTranslation()
  const enter = useEnter()
  const demo = useDemo()
  const [chosen, setChosen] = useState<string | null>(null)
  const [problem, setProblem] = useState<Problem | null>(null)
  useEffect(() => {
    document.title = `${t('signIn.title')} · Portcullis`
  }, [t])
  const choose = async (personId: string): Promise<void> => {
    if (chosen) return
    setChosen(personId)
    setProblem(null)
    const reply = await signInAsDemo(personId)
    setChosen(null)
    if (reply.ok) enter(reply.value)
    else setProblem(reply.problem)
  }
  return (
    <main className={css.page} data-demo={demo.length > 0 || undefined}>
      <div className={css.form_side}>
        <div className={css.head}>
          <img src="/icon.svg" alt="" width="32" height="32" />
          <h1>Portcullis</h1>
          <Menu position="bottom-end">
            <Menu.Target>
              <Button kind="quiet" size="sm" icon="globe">
                {t('signIn.settings')}
              </Button>
            </Menu.Target>
            <Menu.Dropdown>
              <LanguageItems />
              <Menu.Divider />
              <SchemeItems />
            </Menu.Dropdown>
          </Menu>
        </div>
        <h2 className={css.subtitle}>{t('signIn.title')}</h2>
        <SignInForm onEnter={enter} />
      </div>
      {demo.length > 0 && (
        <section className={css.demo} aria-labelledby="demo">
          <h2 id="demo">{t('signIn.demoTitle')}</h2>
          <p className="muted">{t('signIn.demoText')}</p>
          {problem && <ProblemNote problem={problem} />}
          <ul className={css.people}>
            {demo.map((person) => (
              <DemoPerson key={person.personId} person={person} pending={chosen === person.personId} onChoose={() => void choose(person.personId)} />
            ))}
          </ul>
        </section>
      )}
    </main>
  )
}
