/** One declaration: the case that traders and officers share, what it looks like on paper, what was just lodged. */
import type { Feature } from '../../app/feature.ts'

export const declaration: Feature = {
  routes: [
    { path: '/declarations/:mrn', needs: null, load: () => import('./DeclarationPage.tsx') },
    { path: '/declarations/:mrn/lodged', needs: null, load: () => import('./LodgedPage.tsx') },
    { path: '/declarations/:mrn/sheet', needs: null, load: () => import('./SheetPage.tsx') },
  ],
  navigation: [],
}
