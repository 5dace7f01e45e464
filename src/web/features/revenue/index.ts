/** Revenue management: overview, refunds and instalments, recovery, reconciliation with the bank, guarantees, the books. */
import { countOf, type Feature } from '../../app/feature.ts'

const needs = 'duty:revenue:read'

export const revenue: Feature = {
  routes: [
    { path: '/revenue/overview', needs, load: () => import('./RevenuePage.tsx') },
    { path: '/revenue/rows', needs, load: () => import('./RowsPage.tsx') },
    { path: '/revenue/refunds', needs, load: () => import('./RefundsPage.tsx') },
    { path: '/revenue/refunds/:number', needs, load: () => import('./RefundPage.tsx') },
    { path: '/revenue/plans/:number', needs, load: () => import('./PlanPage.tsx') },
    { path: '/revenue/recovery', needs, load: () => import('./ClaimsPage.tsx') },
    { path: '/revenue/recovery/:number', needs, load: () => import('./ClaimPage.tsx') },
    { path: '/revenue/bank', needs, load: () => import('./BankPage.tsx') },
    { path: '/revenue/guarantees', needs, load: () => import('./GuaranteesPage.tsx') },
    { path: '/revenue/guarantees/:code', needs, load: () => import('./GuaranteePage.tsx') },
    { path: '/revenue/books', needs, load: () => import('./BooksPage.tsx') },
  ],
  navigation: [
    { to: '/revenue/overview', label: 'revenue', icon: 'scale', needs, order: 11 },
    {
      to: '/revenue/refunds',
      label: 'refunds',
      icon: 'undo',
      needs,
      order: 12,
      count: countOf<{ total: number }>('/api/refunds?status=requested,proposed&size=1', 'refund', (answer) => answer.total),
    },
    {
      to: '/revenue/recovery',
      label: 'recovery',
      icon: 'clock',
      needs,
      order: 13,
      count: countOf<{ total: number }>('/api/claims?state=overdue&size=1', 'claim', (answer) => answer.total),
    },
    {
      to: '/revenue/bank',
      label: 'bank',
      icon: 'building',
      needs,
      order: 14,
      count: countOf<{ total: number }>('/api/bank-entries?status=unmatched,proposed&size=1', 'bank', (answer) => answer.total),
    },
    { to: '/revenue/guarantees', label: 'guarantees', icon: 'shield', needs, order: 15 },
    { to: '/revenue/books', label: 'books', icon: 'book', needs, order: 16 },
  ],
}
