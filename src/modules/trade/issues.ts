import type { Catalogue } from '#platform/catalogue.ts'

/** What the tariff refuses with. Texts live in i18n under the same code. */
export const issues: Catalogue = {
  'trade.commodity_unknown': { status: 404 },
  'trade.settings_malformed': { status: 422 },
  'trade.settings_expression': { status: 422 },
  'trade.query_malformed': { status: 400 },
}
