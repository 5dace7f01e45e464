/**
 * The issue catalogue: what a code means to a machine. Texts for people live in i18n under the same code.
 * A module exports its part as a constant; app.ts joins them, and a test asserts that every code used is listed.
 */
export type CatalogueEntry = {
  /** HTTP status when this issue refuses a request */
  status: number
  /** code under which foreign message standards know it (DMS validation code) */
  foreign?: string
  /** legal or standards reference */
  law?: string
}
export type Catalogue = Readonly<Record<string, CatalogueEntry>>

export const platformIssues: Catalogue = {
  'request.invalid': { status: 400 },
  'request.malformed': { status: 400 },
  'request.too_large': { status: 413 },
  'request.unsupported_media': { status: 415 },
  'request.unknown_address': { status: 404 },
  'request.key_missing': { status: 400 },
  'request.key_reused': { status: 409 },
  'request.not_found': { status: 404 },
  'request.conflict': { status: 409 },
  'access.not_signed_in': { status: 401 },
  'access.denied': { status: 403 },
  'system.fault': { status: 500 },
  'system.busy': { status: 503 },
}

/** The status of a refusal: the strictest of its errors decides; what nobody listed is an unprocessable input. */
export const statusOf = (catalogue: Catalogue, codes: readonly string[]): number => {
  const all = codes.map((c) => catalogue[c]?.status ?? 422)
  for (const status of [401, 403, 404, 409, 413, 415, 429, 503, 400]) if (all.includes(status)) return status
  return all[0] ?? 422
}
