/** Providers around everything, once: colours and direction, queries, addresses, questions, messages. */
import { DirectionProvider, MantineProvider } from '@mantine/core'
import { QueryClient, QueryClientProvider } from '@tanstack/react-query'
import { Suspense, useEffect } from 'react'
import { useTranslation } from 'react-i18next'
import { RouterProvider } from 'react-router/dom'
import { directionOf } from '../i18n/index.ts'
import { Loading } from '../ui/Layout.tsx'
import { Toasts } from '../ui/toast.tsx'
import { problemOf } from './api.ts'
import { router } from './routes.tsx'
import { resolver, theme } from './theme.ts'

const isPassing = (fault: Error): boolean => {
  const status = problemOf(fault)?.status ?? 500
  return status === 0 || status === 429 || status >= 500
}

const queries = new QueryClient({
  defaultOptions: {
    queries: { staleTime: 10_000, refetchOnWindowFocus: false, retry: (failures, fault) => failures < 2 && isPassing(fault), networkMode: 'always' },
  },
})

export const App = () => {
  const { i18n } = useTranslation()
  useEffect(() => {
    // Issue texts are wanted at the first refusal; fetched before, so that nobody waits then.
    const timer = setTimeout(() => void i18n.loadNamespaces(['issues', 'problems']), 1_500)
    return () => clearTimeout(timer)
  }, [i18n])
  return (
    <MantineProvider theme={theme} cssVariablesResolver={resolver} defaultColorScheme="auto">
      <DirectionProvider key={directionOf(i18n.language)} initialDirection={directionOf(i18n.language)} detectDirection={false}>
        <QueryClientProvider client={queries}>
          <Suspense fallback={<Loading />}>
            <RouterProvider router={router} />
            <Toasts />
          </Suspense>
        </QueryClientProvider>
      </DirectionProvider>
    </MantineProvider>
  )
}
