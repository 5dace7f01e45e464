/** Routes to import a foreign tariff from a browser: look first, then make it a draft proposal. */
import { Type } from 'typebox'
import { error } from '#kernel/issue.ts'
import { accept, refuse } from '#kernel/outcome.ts'
import { route, type Route } from '#platform/http.ts'
import type { Deps } from '#platform/module.ts'
import { shippedHs } from '../demo/hs.ts'
import { dryRun, type DryRun } from '../importing/run.ts'
import { importKinds } from '../importing/types.ts'
import { ImportReport, TariffFile } from '../schema.ts'
import { importFile } from '../service/import.ts'
import { loadRows } from '../store/load.ts'

const reportOf = (done: DryRun & { importId?: string; proposalId?: string | null }) => ({
  rows: done.tally.rows,
  records: done.tally.records,
  difference: done.difference.counts,
  byWhat: done.difference.byWhat,
  refused: done.tally.refused,
  ignored: done.tally.ignored,
  remarks: done.tally.remarks,
  ...(done.proposalId !== undefined && { proposalId: done.proposalId }),
})

export const importRoutes = (deps: Deps): Route[] => [
  route({
    method: 'GET',
    path: '/api/trade/imports/kinds',
    permission: 'trade:tariff:propose',
    summary: 'Kinds of tariff file that can be read',
    tag: 'tariff changes',
    out: Type.Array(Type.String()),
    handler: async () => [...importKinds],
  }),
  route({
    method: 'POST',
    path: '/api/trade/imports',
    permission: 'trade:tariff:propose',
    summary: 'Read a tariff file: what it would change and which rows it refuses; unless it is a dry run, a draft proposal with the changes',
    tag: 'tariff changes',
    body: TariffFile,
    out: ImportReport,
    handler: async ({ body, principal }) => {
      const options = { administration: body.administration, from: body.effectiveFrom, hs: shippedHs(), repair: body.repair ?? false }
      const done = body.dryRun
        ? await dryRun(body.kind, [body.content], options, await loadRows(deps.sql))
        : await importFile(deps, principal, {
            kind: body.kind,
            fileName: body.fileName,
            title: body.title ?? `Import of ${body.fileName}`,
            open: () => [body.content],
            options,
          })
      return done.tally.rows.taken === 0
        ? refuse(error('trade.import_nothing', '/content', { kind: body.kind }), ...done.tally.refused.slice(0, 100))
        : accept(reportOf(done))
    },
  }),
]
