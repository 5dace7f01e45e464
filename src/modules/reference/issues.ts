import type { Catalogue } from '#platform/catalogue.ts'

/** What reference data refuses with. Texts live in i18n under the same code. */
export const issues: Catalogue = {
  'reference.administration_unknown': { status: 404 },
  'reference.currency_unknown': { status: 422 },
  'reference.rate_in_past': { status: 422, law: 'UCC-IA Art. 146' },
  'reference.rate_later_exists': { status: 409 },
  'reference.rate_not_positive': { status: 422 },
}
