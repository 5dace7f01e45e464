/** The image centre: the queue with its cases, the board, readers, practice images, and the belts with their exits. */
import { countOf, type Feature } from '../../app/feature.ts'

const gateAlarms = countOf<{ total: number }>('/api/inspection/gate-alarms?open=true&size=1', 'inspection', (answer) => answer.total)
const waiting = countOf<{ total: number }>('/api/inspection/cases?group=to-read&size=1', 'inspection', (answer) => answer.total)

const read = 'inspection:case:read'

export const imageCentre: Feature = {
  routes: [
    { path: '/inspection/queue', needs: read, load: () => import('./QueuePage.tsx') },
    { path: '/inspection/cases/:id', needs: read, load: () => import('./CasePage.tsx') },
    { path: '/inspection/board', needs: 'inspection:board:read', load: () => import('./BoardPage.tsx') },
    { path: '/inspection/readers', needs: 'inspection:figures:read', load: () => import('./ReadersPage.tsx') },
    { path: '/inspection/practice', needs: 'inspection:tip:manage', load: () => import('./PracticePage.tsx') },
    { path: '/inspection/sorting', needs: 'inspection:tray:read', load: () => import('./SortingPage.tsx') },
  ],
  // Readers begin with the queue, scanner operators with their belts; the bench of an examiner comes after his declarations.
  navigation: [
    {
      to: '/inspection/queue',
      label: 'imageQueue',
      icon: 'queue',
      needs: ['inspection:case:work', 'inspection:case:oversee'],
      order: 10,
      count: waiting,
    },
    {
      to: '/inspection/sorting',
      label: 'sorting',
      icon: 'package',
      needs: ['inspection:gate:report', 'inspection:case:oversee'],
      order: 12,
      count: gateAlarms,
    },
    { to: '/inspection/board', label: 'imageBoard', icon: 'dashboard', needs: 'inspection:board:read', order: 13 },
    { to: '/inspection/readers', label: 'imageReaders', icon: 'people', needs: 'inspection:figures:read', order: 15 },
    { to: '/inspection/practice', label: 'imagePractice', icon: 'shield', needs: 'inspection:tip:manage', order: 16 },
    { to: '/inspection/queue', label: 'imageQueue', icon: 'queue', needs: 'inspection:case:open', order: 36 },
    { to: '/inspection/sorting', label: 'sorting', icon: 'package', needs: 'inspection:tray:read', order: 37, count: gateAlarms },
  ],
}
