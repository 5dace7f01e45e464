/** Inspection for app.ts: images of scanners, what detectors say of them, and the register of scanners. */
import type { Route } from '#platform/http.ts'
import type { Topics } from '#platform/permissions.ts'
import { evolveImage } from './image-journal.ts'
import { imageRoutes } from './http/images.ts'
import { pixelRoutes } from './http/pixels.ts'
import { scannerRoutes } from './http/scanners.ts'
import { thresholdRoutes } from './http/thresholds.ts'
import type { InspectionDeps } from './service/deps.ts'

export { createDetectors } from './detectors/index.ts'
export { issues } from './issues.ts'
export { tasks } from './jobs.ts'

/** How the state of an image follows from its journal. */
export const folds = { image: evolveImage } as const

export const routes = (deps: InspectionDeps): Route[] => [
  ...imageRoutes(deps),
  ...pixelRoutes(deps),
  ...scannerRoutes(deps),
  ...thresholdRoutes(deps),
]

/** Who may hear of what happens here. */
export const topics: Topics = { inspection: ['inspection:image:read'] }
