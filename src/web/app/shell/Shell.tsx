/** The frame of every screen: navigation, bar, the page, the panel beside it. Needs somebody signed in; else leads to the sign-in page. */
import { useQuery } from '@tanstack/react-query'
import { useEffect, useRef, useState, type ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { Navigate, Outlet, ScrollRestoration, useLocation, useNavigation as useRouting } from 'react-router'
import { useKeys } from '../../ui/keys.ts'
import { Loading } from '../../ui/Layout.tsx'
import { setPage, usePageState } from '../../ui/page-store.ts'
import { ProblemNote } from '../../ui/IssueList.tsx'
import { isLanguage, setLanguage } from '../../i18n/index.ts'
import { problemIn } from '../api.ts'
import { connectLive } from '../live.ts'
import { SessionContext, sessionQuery, type Session } from '../session.ts'
import { Banner } from './Banner.tsx'
import { Navigation } from './Navigation.tsx'
import { Panel } from './Panel.tsx'
import { TopBar } from './TopBar.tsx'
import css from './shell.module.css'

/** Whoever is signed in stands around the page; nobody is led to the sign-in page, and back here after it. */
const SignedIn = ({ children }: { children: (session: Session) => ReactNode }) => {
  const { data: session, error, isPending, refetch } = useQuery(sessionQuery)
  const { pathname, search } = useLocation()
  if (isPending) return <Loading />
  if (error) {
    return (
      <main className={css.alone}>
        <ProblemNote problem={problemIn(error)} onRetry={() => void refetch()} />
      </main>
    )
  }
  if (!session) return <Navigate to={pathname === '/' ? '/sign-in' : `/sign-in?to=${encodeURIComponent(pathname + search)}`} replace />
  return <SessionContext value={session}>{children(session)}</SessionContext>
}

export const Shell = () => <SignedIn>{(session) => <Frame session={session} />}</SignedIn>

/** A page without the frame, live all the same. */
export const Bare = () => <SignedIn>{(session) => <Alone session={session} />}</SignedIn>
const Alone = ({ session }: { session: Session }) => {
  useEffect(() => connectLive(), [session.sessionId])
  return <Outlet />
}

/** Says where one has arrived: the page's name in the window, and the focus on the page, unless something in it took the focus itself. */
const useArrival = (main: React.RefObject<HTMLElement | null>): void => {
  const { pathname } = useLocation()
  const { title } = usePageState()
  const first = useRef(true)
  useEffect(() => {
    document.title = title ? `${title} · Portcullis` : 'Portcullis'
  }, [title])
  useEffect(() => {
    if (first.current) {
      first.current = false
      return
    }
    const focused = document.activeElement
    if (!main.current?.contains(focused) || focused === main.current) main.current?.focus({ preventScroll: true })
  }, [pathname, main])
}

const Frame = ({ session }: { session: Session }) => {
  const { t, i18n } = useTranslation()
  const main = useRef<HTMLElement>(null)
  const { title, panel, panelOpen } = usePageState()
  const [navigationOpen, setNavigationOpen] = useState(false)
  const routing = useRouting()
  const { pathname } = useLocation()
  useArrival(main)
  useEffect(() => connectLive(), [session.sessionId])
  useEffect(() => setNavigationOpen(false), [pathname])
  useEffect(() => {
    // The language of the account goes before that of the browser, until one is chosen here. Nobody of a demo chose theirs.
    if (!session.demo && localStorage.getItem('portcullis.language') === null && isLanguage(session.language) && session.language !== i18n.language)
      void setLanguage(session.language)
  }, [session.language, session.demo, i18n])
  useKeys([{ keys: '\\', label: t('shell.keyPanel'), run: () => setPage({ panelOpen: !panelOpen }), hidden: panel === null }], {
    group: t('shell.everywhere'),
    enabled: panel !== null,
  })
  return (
    <div className={css.shell} data-panel={(panel !== null && panelOpen) || undefined}>
      <a className={css.skip} href="#main">
        {t('shell.skip')}
      </a>
      <TopBar onMenu={() => setNavigationOpen(true)} />
      <Navigation open={navigationOpen} onClose={() => setNavigationOpen(false)} />
      <span className={css.going} data-on={routing.state !== 'idle' || undefined} aria-hidden="true" />
      <main id="main" ref={main} className={css.main} tabIndex={-1} aria-label={title || undefined}>
        <Banner />
        <Outlet />
      </main>
      {panel !== null && panelOpen && <Panel title={panel} />}
      <ScrollRestoration />
    </div>
  )
}
