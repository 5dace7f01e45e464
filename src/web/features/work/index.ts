/** Desk of officers: queue, examinations, exit. The case itself is the feature `declaration`, with our bar and panel. */
import { countOf, type Feature } from '../../app/feature.ts'

type Counts = { officer: number; examiner: number; requests: number }

export const work: Feature = {
  routes: [
    { path: '/work', needs: 'clearance:work:read', load: () => import('./QueuePage.tsx') },
    { path: '/examinations', needs: 'clearance:control:physical', load: () => import('./ExaminationsPage.tsx') },
    { path: '/examinations/:mrn', needs: 'clearance:control:physical', load: () => import('./ExaminationPage.tsx') },
    { path: '/examinations/:mrn/:id', needs: 'clearance:control:physical', load: () => import('./ExaminationPage.tsx') },
    { path: '/exit', needs: 'clearance:movement:record', load: () => import('./ExitPage.tsx') },
  ],
  navigation: [
    {
      to: '/work',
      label: 'work',
      icon: 'queue',
      needs: 'clearance:work:read',
      order: 20,
      count: countOf<Counts>('/api/navigation/counts', 'declaration', (n) => n.officer + n.examiner),
    },
    {
      to: '/examinations',
      label: 'examinations',
      icon: 'search',
      needs: 'clearance:control:physical',
      order: 22,
      count: countOf<Counts>('/api/navigation/counts', 'declaration', (n) => n.examiner),
    },
    { to: '/exit', label: 'exit', icon: 'ship', needs: 'clearance:movement:record', order: 15 },
  ],
}
