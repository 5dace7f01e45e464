/** Authorised economic operators: who is trusted, and what waits for a second person. */
import { countOf, type Feature } from '../../app/feature.ts'

export const compliance: Feature = {
  routes: [{ path: '/compliance/authorisations', needs: 'compliance:authorisation:read', load: () => import('./AuthorisationsPage.tsx') }],
  navigation: [
    {
      to: '/compliance/authorisations',
      label: 'authorisations',
      icon: 'shield',
      needs: 'compliance:authorisation:read',
      // Administrators begin with their people.
      order: 74,
      count: countOf<{ waiting: unknown }[]>('/api/compliance/authorisations', 'authorisation', (all) => all.filter((a) => a.waiting).length),
    },
  ],
}
