/** Risk: profiles from draft to live. */
import type { Feature } from '../../app/feature.ts'

export const risk: Feature = {
  routes: [
    { path: '/risk/profiles', needs: 'risk:profile:read', load: () => import('./ProfilesPage.tsx') },
    { path: '/risk/profiles/new', needs: 'risk:profile:write', load: () => import('./WritePage.tsx') },
    { path: '/risk/profiles/:code', needs: 'risk:profile:read', load: () => import('./ProfilePage.tsx') },
  ],
  navigation: [{ to: '/risk/profiles', label: 'riskProfiles', icon: 'filter', needs: 'risk:profile:read', order: 10 }],
}
