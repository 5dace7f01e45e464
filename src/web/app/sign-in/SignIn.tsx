/** The way in: address and password, the one-time code where the account has one, and in a demo one click for each person. */
import { Menu } from '@mantine/core'
import { useQueryClient } from '@tanstack/react-query'
import { useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useNavigate, useSearchParams } from 'react-router'
import { Button } from '../../ui/Button.tsx'
import { ProblemNote } from '../../ui/IssueList.tsx'
import { useDrop } from '../../ui/use-drop.ts'
import { LanguageItems, SchemeItems } from '../shell/menus.tsx'
import { asksForCode, EmailField, OneTimeCodeField, PasswordField, useAttempt } from './credentials.tsx'
import { sessionQuery, signInAsDemo, signInWith, useDemo, type DemoSignIn, type Session } from '../session.ts'
import css from './sign-in.module.css'

/** Only addresses of our own: never another site that somebody put into a link. */
const safeTarget = (to: string | null): string => (to !== null && /^\/(?![/\\])/.test(to) && !to.startsWith('/sign-in') ? to : '/')

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
  const [step, setStep] = useState<'password' | 'code'>('password')
  const attempt = useAttempt(onEnter)
  const form = useRef<HTMLFormElement>(null)
  useEffect(() => form.current?.querySelector<HTMLInputElement>('[data-autofocus]')?.focus(), [step])
  const goTo = (next: typeof step): void => {
    attempt.forget()
    setStep(next)
  }
  const submit = async (): Promise<void> => {
    const problem = await attempt.run(signInWith({ email: email.trim(), password, ...(step === 'code' && { totp }) }))
    // Being asked for the code is the next step, not a mistake.
    if (step === 'password' && asksForCode(problem)) goTo('code')
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
      {attempt.problem && <ProblemNote problem={attempt.problem} />}
      {step === 'password' && <EmailField value={email} onChange={setEmail} autoFocus />}
      {step === 'password' && <PasswordField value={password} onChange={setPassword} />}
      {step === 'code' && <OneTimeCodeField value={totp} onChange={setTotp} hint={t('signIn.codeHint')} autoFocus />}
      <div className={css.buttons}>
        <Button kind="primary" type="submit" pending={attempt.pending} disabled={step === 'password' ? !email || !password : totp.length < 6}>
          {t('signIn.submit')}
        </Button>
        {step === 'code' && (
          <Button kind="quiet" onClick={() => goTo('password')}>
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

const Head = () => {
  const { t } = useTranslation()
  const drop = useDrop()
  return (
    <div className={css.head}>
      <img src="/icon.svg" alt="" width="32" height="32" />
      <h1>Portcullis</h1>
      <Menu position="bottom-end" {...drop.props}>
        <Menu.Target>
          <Button ref={drop.button} kind="quiet" size="sm" icon="globe">
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
  )
}

export const SignIn = () => {
  const { t } = useTranslation()
  const enter = useEnter()
  const demo = useDemo()
  const [chosen, setChosen] = useState<string | null>(null)
  const attempt = useAttempt(enter)
  useEffect(() => {
    document.title = `${t('signIn.title')} · Portcullis`
  }, [t])
  const choose = async (personId: string): Promise<void> => {
    if (attempt.pending) return
    setChosen(personId)
    await attempt.run(signInAsDemo(personId))
    setChosen(null)
  }
  return (
    <main className={css.page} data-demo={demo.length > 0 || undefined}>
      <div className={css.form_side}>
        <Head />
        <h2 className={css.subtitle}>{t('signIn.title')}</h2>
        <SignInForm onEnter={enter} />
        <Button kind="quiet" size="sm" icon="search" to="/codes">
          {t('signIn.findCode')}
        </Button>
      </div>
      {demo.length > 0 && (
        <section className={css.demo} aria-labelledby="demo">
          <h2 id="demo">{t('signIn.demoTitle')}</h2>
          <p className="muted">{t('signIn.demoText')}</p>
          {attempt.problem && <ProblemNote problem={attempt.problem} />}
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
