/** Audit: the journal searched, a subject's chain, the proof, decisions taken again. */
import type { Feature } from '../../app/feature.ts'

const needs = 'audit:journal:read'

export const audit: Feature = {
  routes: [
    { path: '/audit', needs, load: () => import('./SearchPage.tsx') },
    { path: '/audit/proof', needs, load: () => import('./ProofPage.tsx') },
    { path: '/audit/replay', needs, load: () => import('./ReplayPage.tsx') },
    { path: '/audit/entries/:seq', needs, load: () => import('./EntryPage.tsx') },
    { path: '/audit/subjects/:kind/:id', needs, load: () => import('./ChainPage.tsx') },
  ],
  navigation: [
    // For auditors it is where the day begins; for heads of office it comes last.
    { to: '/audit', label: 'audit', icon: 'history', needs: 'audit:journal:verify', order: 10 },
    { to: '/audit', label: 'audit', icon: 'history', needs, order: 60 },
  ],
}
