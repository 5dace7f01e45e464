/** Risk: profiles from draft to live, what was selected and why, what came of it, and the models. */
import { countOf, type Feature } from '../../app/feature.ts'

export const risk: Feature = {
  routes: [
    { path: '/risk/decisions', needs: 'risk:decision:read', load: () => import('./DecisionsPage.tsx') },
    { path: '/risk/decisions/:id', needs: 'risk:decision:read', load: () => import('./DecisionPage.tsx') },
    { path: '/risk/profiles', needs: 'risk:profile:read', load: () => import('./ProfilesPage.tsx') },
    { path: '/risk/profiles/new', needs: 'risk:profile:write', load: () => import('./WritePage.tsx') },
    { path: '/risk/profiles/:code', needs: 'risk:profile:read', load: () => import('./ProfilePage.tsx') },
    { path: '/risk/entities/:id', needs: 'risk:entity:read', load: () => import('./EntityPage.tsx') },
    { path: '/risk/results', needs: 'risk:result:read', load: () => import('./ResultsPage.tsx') },
    { path: '/risk/capacity', needs: 'risk:capacity:read', load: () => import('./CapacityPage.tsx') },
    { path: '/risk/alarms', needs: 'risk:profile:read', load: () => import('./AlarmsPage.tsx') },
    { path: '/risk/models', needs: 'risk:model:read', load: () => import('./ModelsPage.tsx') },
    { path: '/risk/models/:hash', needs: 'risk:model:read', load: () => import('./ModelPage.tsx') },
  ],
  navigation: [
    { to: '/risk/profiles', label: 'riskProfiles', icon: 'filter', needs: 'risk:profile:read', order: 10 },
    { to: '/risk/decisions', label: 'riskDecisions', icon: 'list', needs: 'risk:decision:read', order: 11 },
    { to: '/risk/results', label: 'riskResults', icon: 'chart', needs: 'risk:result:read', order: 12 },
    { to: '/risk/models', label: 'riskModels', icon: 'dashboard', needs: 'risk:model:read', order: 13 },
    { to: '/risk/capacity', label: 'riskCapacity', icon: 'scale', needs: 'risk:capacity:read', order: 15 },
    {
      to: '/risk/alarms',
      label: 'riskAlarms',
      icon: 'bell',
      needs: 'risk:profile:read',
      order: 14,
      count: countOf<readonly unknown[]>('/api/risk/alarms?open=true', 'risk-alarm', (open) => open.length),
    },
  ],
}
