/** Cash desk. */
import type { Feature } from '../../app/feature.ts'

const needs = 'duty:payment:receive'

export const cash: Feature = {
  routes: [
    { path: '/cash', needs, load: () => import('./CashPage.tsx') },
    { path: '/cash/day', needs, load: () => import('./DayPage.tsx') },
    { path: '/cash/receipts/:number', needs, load: () => import('./ReceiptPage.tsx') },
  ],
  navigation: [{ to: '/cash', label: 'cash', icon: 'coins', needs, order: 10 }],
}
