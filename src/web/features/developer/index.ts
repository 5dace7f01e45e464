/** For those who connect their own systems. */
import type { Feature } from '../../app/feature.ts'

export const developer: Feature = {
  routes: [{ path: '/developer', needs: null, load: () => import('./DeveloperPage.tsx') }],
  navigation: [],
}
