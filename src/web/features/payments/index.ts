/** Money of the trade side: what is due, accounts, receipts. */
import type { Feature } from '../../app/feature.ts'

const needs = 'duty:account:read-own'

export const payments: Feature = {
  routes: [
    { path: '/payments', needs, load: () => import('./PaymentsPage.tsx') },
    { path: '/payments/accounts/:code', needs, load: () => import('./AccountPage.tsx') },
    { path: '/payments/receipts/:number', needs, load: () => import('./ReceiptPage.tsx') },
    { path: '/payments/:reference', needs, load: () => import('./PayPage.tsx') },
  ],
  navigation: [{ to: '/payments', label: 'payments', icon: 'coins', needs, order: 35 }],
}
