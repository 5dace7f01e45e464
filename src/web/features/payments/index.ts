/** Money of the trade side: what is due, accounts, receipts. */
import type { Feature } from '../../app/feature.ts'

const needs = 'duty:account:read-own'
/** accounts and receipts are looked at by the treasury as well */
const alsoTreasury = [needs, 'duty:account:read']

export const payments: Feature = {
  routes: [
    { path: '/payments', needs, load: () => import('./PaymentsPage.tsx') },
    { path: '/payments/accounts/:code', needs: alsoTreasury, load: () => import('./AccountPage.tsx') },
    { path: '/payments/receipts/:number', needs: alsoTreasury, load: () => import('./ReceiptPage.tsx') },
    { path: '/payments/statements/:number', needs: alsoTreasury, load: () => import('./StatementPage.tsx') },
    { path: '/payments/:reference', needs, load: () => import('./PayPage.tsx') },
  ],
  navigation: [{ to: '/payments', label: 'payments', icon: 'coins', needs, order: 35 }],
}
