/** Administration: people with their roles, and the register of organisations. */
import type { Feature } from '../../app/feature.ts'

const people = 'identity:person:manage'
const organisations = 'identity:organisation:manage'

export const administration: Feature = {
  routes: [
    { path: '/people', needs: people, load: () => import('./PeoplePage.tsx') },
    { path: '/people/invite', needs: people, load: () => import('./InvitePage.tsx') },
    { path: '/people/:id', needs: people, load: () => import('./PersonPage.tsx') },
    { path: '/organisations', needs: organisations, load: () => import('./OrganisationsPage.tsx') },
    { path: '/organisations/register', needs: organisations, load: () => import('./RegisterPage.tsx') },
    { path: '/organisations/:id', needs: organisations, load: () => import('./OrganisationPage.tsx') },
  ],
  navigation: [
    { to: '/people', label: 'people', icon: 'people', needs: people, order: 70 },
    { to: '/organisations', label: 'organisations', icon: 'building', needs: organisations, order: 72 },
  ],
}
