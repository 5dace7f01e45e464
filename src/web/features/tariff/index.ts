/** The tariff: what goods are called and what is charged on them. */
import type { Feature } from '../../app/feature.ts'

export const tariff: Feature = {
  routes: [
    { path: '/tariff/search', needs: null, load: () => import('./search/FindPage.tsx') },
    { path: '/tariff/calculator', needs: null, load: () => import('./calculator/CalculatorPage.tsx') },
    { path: '/tariff/codes', needs: null, load: () => import('./browse/TreePage.tsx') },
    { path: '/tariff/changes', needs: 'trade:tariff:read', load: () => import('./changes/ProposalsPage.tsx') },
    { path: '/tariff/changes/:id', needs: 'trade:tariff:read', load: () => import('./changes/ProposalPage.tsx') },
    { path: '/tariff/changes/import', needs: 'trade:tariff:propose', load: () => import('./changes/ImportPage.tsx') },
    { path: '/tariff/codes/:code', needs: null, load: () => import('./browse/CodePage.tsx') },
    { path: '/quotas', needs: null, load: () => import('./quotas/QuotasPage.tsx') },
    { path: '/quotas/:order', needs: null, load: () => import('./quotas/QuotaPage.tsx') },
    { path: '/licences', needs: null, load: () => import('./licences/LicencesPage.tsx') },
    { path: '/licences/:id', needs: null, load: () => import('./licences/LicencePage.tsx') },
    { path: '/origin', needs: null, load: () => import('./origin/OriginPage.tsx') },
  ],
  navigation: [
    { to: '/tariff/changes', label: 'tariffChanges', icon: 'edit', needs: 'trade:tariff:read', order: 20 },
    { to: '/tariff/codes', label: 'tariff', icon: 'book', needs: null, order: 94 },
    { to: '/tariff/search', label: 'findCode', icon: 'search', needs: null, order: 95 },
    { to: '/tariff/calculator', label: 'calculator', icon: 'coins', needs: null, order: 95.5 },
    { to: '/quotas', label: 'quotas', icon: 'scale', needs: null, order: 96 },
    { to: '/licences', label: 'licences', icon: 'key', needs: null, order: 97 },
    { to: '/origin', label: 'origin', icon: 'globe', needs: null, order: 98 },
  ],
}
