/** Who is signed in. `useSession()` below the shell always has somebody; `useCan()` answers what they may do. */
import { queryOptions, useQuery, useQueryClient } from '@tanstack/react-query'
import { createContext, useCallback, useContext, useMemo } from 'react'
import type { SessionView } from '#schema/identity'
import { forgetAllCopies } from '../ui/local-copy.ts'
import { flushAll } from '../ui/unsaved.tsx'
import { get, problemOf, send, type Reply } from './api.ts'

export type Session = SessionView

export const sessionQuery = queryOptions({
  queryKey: ['session'],
  queryFn: async ({ signal }): Promise<Session | null> => {
    try {
      return await get<Session>('/api/session', {}, { signal, quiet: true })
    } catch (fault) {
      if (problemOf(fault)?.status === 401) return null
      throw fault
    }
  },
  staleTime: 60_000,
  retry: false,
})

export const SessionContext = createContext<Session | null>(null)

export const useSession = (): Session => {
  const session = useContext(SessionContext)
  if (!session) throw new Error('useSession is for what stands below the shell')
  return session
}

/** `const can = useCan(); can('clearance:declaration:lodge')` */
export const useCan = (): ((permission: string) => boolean) => {
  const { permissions } = useSession()
  const all = useMemo(() => new Set(permissions), [permissions])
  return useCallback((permission) => all.has(permission), [all])
}

/** Is this a demo, signed in or not? Its sign-ins are there only then. */
export type DemoSignIn = {
  personId: string
  name: string
  role: Session['roles'][number]
  organisation: string
  office: string | null
  line: string
  lineKey: string
}
export const demoQuery = queryOptions({
  queryKey: ['demo', 'sign-ins'],
  queryFn: ({ signal }) => get<DemoSignIn[]>('/api/demo/sign-ins', {}, { signal, quiet: true }).catch(() => [] as DemoSignIn[]),
  staleTime: Infinity,
})
export const useDemo = (): readonly DemoSignIn[] => useQuery(demoQuery).data ?? []

export type Credentials = { email: string; password: string; totp?: string }
export const signInWith = (credentials: Credentials): Promise<Reply<Session>> => send<Session>('POST', '/api/session', credentials, { quiet: true })
export const signInAsDemo = (personId: string): Promise<Reply<Session>> => send<Session>('POST', '/api/demo/sign-in', { personId }, { quiet: true })

/** Ends the session and forgets everything that was read under it, and the copies in this browser, unless one holds what was never saved. */
export const useSignOut = (): (() => Promise<void>) => {
  const client = useQueryClient()
  return useCallback(async () => {
    const isSaved = await flushAll()
    await send('DELETE', '/api/session', undefined, { quiet: true })
    if (isSaved) forgetAllCopies()
    client.clear()
    window.location.assign('/sign-in')
  }, [client])
}
