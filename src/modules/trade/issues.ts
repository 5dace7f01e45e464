import type { Catalogue } from '#platform/catalogue.ts'
import { quotaIssues } from './quota/issues.ts'
import { changeIssues } from './change/issues.ts'

/** What the tariff refuses with. Texts live in i18n under the same code. */
export const issues: Catalogue = {
  ...quotaIssues,
  'trade.commodity_unknown': { status: 404 },
  'trade.query_malformed': { status: 400 },
  ...changeIssues,
  'trade.settings_malformed': { status: 422 },
  'trade.settings_expression': { status: 422 },
}
