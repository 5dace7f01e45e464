/** Inspection for app.ts: images of scanners, what detectors say of them, and the register of scanners. */
import type { Route } from '#platform/http.ts'
import type { Topics } from '#platform/permissions.ts'
import { declaredRoutes } from './declared/http/declared.ts'
import { evolveCase } from './centre/case.ts'
import { caseRoutes } from './centre/http/cases.ts'
import { figureRoutes } from './centre/http/figures.ts'
import { evolveSetting } from './centre/service/settings.ts'
import { evolveImage } from './image-journal.ts'
import { imageRoutes } from './http/images.ts'
import { pixelRoutes } from './http/pixels.ts'
import { scannerRoutes } from './http/scanners.ts'
import { thresholdRoutes } from './http/thresholds.ts'
import type { InspectionDeps } from './service/deps.ts'
import { sortingRoutes } from './sorting/http/sorting.ts'

export { loadDemoInspection } from './demo.ts'
export { createDetectors } from './detectors/index.ts'
export { forwardAll, type Forwarding } from './service/forward.ts'
export { issues } from './issues.ts'
export { tasks } from './jobs.ts'
export { watchFolders } from './service/watch.ts'
export { openSorting } from './sorting/service/open.ts'

/** How states follow from their journals. */
export const folds = { image: evolveImage, 'image-case': evolveCase, 'centre-setting': evolveSetting } as const

/** Who may hear of what happens here. */
export const topics: Topics = { inspection: ['inspection:image:read'] }

export const routes = (deps: InspectionDeps): Route[] => [
  ...imageRoutes(deps),
  ...pixelRoutes(deps),
  ...scannerRoutes(deps),
  ...thresholdRoutes(deps),
  ...declaredRoutes(deps),
  ...caseRoutes(deps),
  ...figureRoutes(deps),
  ...sortingRoutes(deps),
]
