/** Routes of the register of scanners. */
import { Type } from 'typebox'
import { askingOf } from '#platform/command.ts'
import { route, type Route } from '#platform/http.ts'
import { Scanner } from '../schema/scanner.ts'
import type { InspectionDeps } from '../service/deps.ts'
import { keepScanner } from '../service/images.ts'
import { listScanners } from '../store/scanners.ts'
import { tag } from './shared.ts'

export const scannerRoutes = (deps: InspectionDeps): Route[] => [
  route({
    method: 'GET',
    path: '/api/inspection/scanners',
    permission: 'inspection:scanner:read',
    summary: 'The register of scanners',
    tag,
    out: Type.Array(Scanner),
    handler: () => listScanners(deps.sql),
  }),
  route({
    method: 'POST',
    path: '/api/inspection/scanners',
    permission: 'inspection:scanner:manage',
    summary: 'Add a scanner, or change what is said of the one with this id',
    tag,
    body: Scanner,
    out: Scanner,
    handler: (x) => keepScanner(deps, askingOf(x), x.body),
  }),
]
