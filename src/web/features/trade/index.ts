/** The trade side: what waits today, declarations, drafts, filing and amending, inbox, mandates. */
import type { Dashboard } from '#schema/clearance'
import { countOf, type Feature } from '../../app/feature.ts'

type Counts = { trader: number; inbox: number }
const reads = ['clearance:declaration:read-own', 'clearance:declaration:read']
const files = 'clearance:declaration:draft'

export const trade: Feature = {
  routes: [
    { path: '/today', needs: 'clearance:notification:read', load: () => import('./TodayPage.tsx') },
    { path: '/declarations', needs: reads, load: () => import('./DeclarationsPage.tsx') },
    { path: '/declarations/:mrn/amend', needs: 'clearance:declaration:amend', load: () => import('./filing/AmendPage.tsx') },
    { path: '/drafts', needs: files, load: () => import('./DraftsPage.tsx') },
    { path: '/drafts/new', needs: files, load: () => import('./filing/NewPage.tsx') },
    { path: '/drafts/:id', needs: files, load: () => import('./filing/DraftPage.tsx') },
    { path: '/inbox', needs: 'clearance:notification:read', load: () => import('./InboxPage.tsx') },
    { path: '/mandates', needs: 'identity:mandate:manage-own', load: () => import('./MandatesPage.tsx') },
  ],
  navigation: [
    {
      to: '/today',
      label: 'today',
      icon: 'dashboard',
      needs: 'clearance:notification:read',
      order: 1,
      count: countOf<Counts>('/api/navigation/counts', 'declaration', (n) => n.trader),
    },
    { to: '/declarations', label: 'declarations', icon: 'document', needs: reads, order: 30 },
    {
      to: '/drafts',
      label: 'drafts',
      icon: 'edit',
      needs: files,
      order: 3,
      count: countOf<Dashboard>('/api/dashboard', 'declaration', (n) => n.drafts),
    },
    {
      to: '/inbox',
      label: 'inbox',
      icon: 'inbox',
      needs: 'clearance:notification:read',
      order: 4,
      count: countOf<Counts>('/api/navigation/counts', 'notification', (n) => n.inbox),
    },
    { to: '/mandates', label: 'mandates', icon: 'handover', needs: 'identity:mandate:manage-own', order: 40 },
  ],
}
