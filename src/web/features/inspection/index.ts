/** Images of scanners: the list of them, and each in the workstation. */
import type { Feature } from '../../app/feature.ts'

export const inspection: Feature = {
  routes: [
    { path: '/inspection/images', needs: 'inspection:image:read', load: () => import('./ImagesPage.tsx') },
    { path: '/inspection/images/:id', needs: 'inspection:image:read', load: () => import('./WorkstationPage.tsx') },
  ],
  // Who works in the image room has them near; whoever only opens bags begins with his own work.
  navigation: [
    {
      to: '/inspection/images',
      label: 'images',
      icon: 'camera',
      needs: ['inspection:image:store', 'inspection:case:work', 'inspection:case:oversee'],
      order: 14,
    },
    { to: '/inspection/images', label: 'images', icon: 'camera', needs: 'inspection:image:read', order: 38 },
  ],
}
