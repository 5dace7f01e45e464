/** Risk: profiles from draft to live, what was selected and why, what came of it, and the models. */
import { countOf, type Feature, type NavigationEntry } from '../../app/feature.ts'

const capacity: Omit<NavigationEntry, 'needs' | 'order'> = { to: '/risk/capacity', label: 'riskCapacity', icon: 'scale' }

export const risk: Feature = {
  routes: [
    { path: '/risk/decisions', needs: 'risk:decision:read', load: () => import('./DecisionsPage.tsx') },
    { path: '/risk/decisions/:id', needs: 'risk:decision:read', load: () => import('./DecisionPage.tsx') },
    { path: '/risk/profiles', needs: 'risk:profile:read', load: () => import('./ProfilesPage.tsx') },
    { path: '/risk/profiles/new', needs: 'risk:profile:write', load: () => import('./WritePage.tsx') },
    { path: '/risk/profiles/:code', needs: 'risk:profile:read', load: () => import('./ProfilePage.tsx') },
    { path: '/risk/entities/:id', needs: 'risk:entity:read', load: () => import('./EntityPage.tsx') },
    { path: '/risk/results', needs: 'risk:result:read', load: () => import('./ResultsPage.tsx') },
    { path: '/risk/referrals', needs: 'risk:referral:read', load: () => import('./ReferralsPage.tsx') },
    { path: '/referrals', needs: 'risk:referral:answer', load: () => import('./OwnReferralsPage.tsx') },
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
    {
      to: '/risk/referrals',
      label: 'referrals',
      icon: 'inbox',
      needs: 'risk:referral:read',
      order: 13,
      count: countOf<{ total: number }>('/api/risk/referrals?status=answered&size=1', 'referral', (answer) => answer.total),
    },
    {
      to: '/referrals',
      label: 'ownReferrals',
      icon: 'help',
      needs: 'risk:referral:answer',
      order: 37,
      count: countOf<{ total: number }>('/api/risk/own-referrals?status=issued&size=1', 'referral', (answer) => answer.total),
    },
    { ...capacity, needs: 'risk:model:read', order: 15 },
    // Whoever heads an office begins with its work.
    { ...capacity, needs: 'risk:capacity:read', order: 36 },
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
