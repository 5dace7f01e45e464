/** The tariff: what goods are called and what is charged on them. */
import type { Feature } from '../../app/feature.ts'

export const tariff: Feature = {
  routes: [{ path: '/tariff/search', needs: null, load: () => import('./search/FindPage.tsx') }],
  navigation: [{ to: '/tariff/search', label: 'findCode', icon: 'search', needs: null, order: 95 }],
}
