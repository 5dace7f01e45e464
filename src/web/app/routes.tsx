/** All addresses: sign-in, the shell around the features' pages, the page of the kit. Each page is fetched when it is opened. */
import { createBrowserRouter, Navigate, Outlet, type RouteObject } from 'react-router'
import { ConfirmProvider } from '../ui/Dialog.tsx'
import { UnsavedGuard } from '../ui/unsaved.tsx'
import { AuthDialogs } from './sign-in/AuthDialogs.tsx'
import { isAllowed, type FeatureRoute } from './feature.ts'
import { features } from './features.ts'
import { NotAllowed, NotFound, PageFault } from './errors.tsx'
import { useSession } from './session.ts'
import { Bare, Shell } from './shell/Shell.tsx'
import { useNavigation } from './shell/use-navigation.ts'

const Guarded = ({ needs }: { needs: FeatureRoute['needs'] }) => {
  const { permissions } = useSession()
  return isAllowed(needs, new Set(permissions)) ? <Outlet /> : <NotAllowed />
}

const pageOf = ({ path, needs, load }: FeatureRoute): RouteObject => ({
  element: <Guarded needs={needs} />,
  children: [{ path, errorElement: <PageFault />, lazy: async () => ({ Component: (await load()).default }) }],
})

/** The first screen is the next thing to do: the first entry of the navigation that this person has. */
const Start = () => {
  const first = useNavigation()[0]
  return first ? <Navigate to={first.to} replace /> : <NotFound />
}

const Root = () => (
  <ConfirmProvider>
    <Outlet />
    <AuthDialogs />
    <UnsavedGuard />
  </ConfirmProvider>
)

const pages = features.flatMap((feature) => feature.routes)

export const router = createBrowserRouter([
  {
    element: <Root />,
    errorElement: <PageFault whole />,
    hydrateFallbackElement: <></>,
    children: [
      { path: '/sign-in', lazy: async () => ({ Component: (await import('./sign-in/SignIn.tsx')).SignIn }) },
      { path: '/codes', lazy: async () => ({ Component: (await import('../features/tariff/search/PublicFind.tsx')).PublicFind }) },
      {
        path: '/calculator',
        lazy: async () => ({ Component: (await import('../features/tariff/calculator/PublicCalculator.tsx')).PublicCalculator }),
      },
      { path: '/kit/viewer', lazy: async () => ({ Component: (await import('./kit/viewer/KitViewer.tsx')).KitViewer }) },
      { path: '/kit/:mrn', lazy: async () => ({ Component: (await import('./kit/KitRow.tsx')).KitRow }) },
      { path: '/kit', lazy: async () => ({ Component: (await import('./kit/Kit.tsx')).Kit }) },
      { element: <Bare />, children: pages.filter((page) => page.bare).map(pageOf) },
      {
        path: '/',
        element: <Shell />,
        children: [
          {
            errorElement: <PageFault />,
            children: [{ index: true, element: <Start /> }, ...pages.filter((page) => !page.bare).map(pageOf), { path: '*', element: <NotFound /> }],
          },
        ],
      },
    ],
  },
])
