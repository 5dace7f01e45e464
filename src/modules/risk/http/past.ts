/** Routes of what an older system examined. */
import { askingOf } from '#platform/command.ts'
import { route, type Route } from '#platform/http.ts'
import { home as administration } from '#schema/reference'
import { ImportPast, PastImported, PastSummary } from '../schema.ts'
import type { Risk } from '../service/live.ts'
import { importPast } from '../service/past.ts'
import { summarisePast } from '../store/past.ts'
import { tag } from './shared.ts'

const mostBytes = 16 * 1024 * 1024

export const pastRoutes = (r: Risk): Route[] => [
  route({
    method: 'GET',
    path: '/api/risk/past-examinations',
    permission: 'risk:model:read',
    summary: 'How much of an older system’s examinations models can learn from, and who brought it in',
    tag,
    out: PastSummary,
    handler: () => summarisePast(r.deps.sql, administration),
  }),
  route({
    method: 'POST',
    path: '/api/risk/past-examinations',
    permission: 'risk:model:train',
    summary: 'Import results of examinations from CSV, one row a goods item; said again, a row replaces what was said before',
    tag,
    body: ImportPast,
    bodyLimitBytes: mostBytes,
    out: PastImported,
    successStatus: 201,
    handler: (x) => importPast(r, askingOf(x), x.body),
  }),
]
