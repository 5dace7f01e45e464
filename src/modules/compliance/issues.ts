import type { Catalogue } from '#platform/catalogue.ts'

/** What authorisations are refused with. */
export const issues: Catalogue = {
  'compliance.holder_unknown': { status: 422 },
  'compliance.validity': { status: 422 },
  'compliance.held_already': { status: 409 },
  'compliance.authorisation_unknown': { status: 404 },
  'compliance.not_possible_now': { status: 409 },
  'compliance.second_person_needed': { status: 403 },
}
