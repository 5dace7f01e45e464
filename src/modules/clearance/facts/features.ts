/** What selection may look at, taken from a declaration. Pure. */
import { toMajor } from '#kernel/money.ts'
import type { Features } from '#schema/risk'
import type { DeclarationState } from '../schema/lifecycle.ts'

const each = <T>(values: readonly (T | undefined)[]): T[] => [...new Set(values.filter((v): v is T => v !== undefined))]

export const featuresOf = (s: DeclarationState, trusted: boolean): Features => {
  const { document: d } = s
  return {
    regime: s.regime,
    office: s.office,
    administration: s.administration,
    declarant: s.declarant,
    importer: d.importer?.id ?? '',
    exporter: d.exporter?.id ?? '',
    trusted,
    hsCodes: each(d.items.map((i) => i.hsCode)),
    origins: each(d.items.map((i) => i.origin ?? i.preferentialOrigin)),
    dispatchCountry: d.dispatchCountry ?? '',
    procedures: each(d.items.map((i) => i.procedure)),
    preferences: each(d.items.flatMap((i) => (i.taxes ?? []).map((t) => t.preference))),
    descriptions: each(d.items.map((i) => i.description)),
    packageTypes: each(d.items.flatMap((i) => (i.packages ?? []).map((p) => p.type))),
    documentCodes: each(d.items.flatMap((i) => (i.documents ?? []).map((x) => `${x.category ?? ''}${x.type ?? ''}`))),
    customsValue: s.assessment ? toMajor(s.assessment.totals.customsValue).floor().toNumber() : 0,
    grossMassKg: d.items.reduce((t, i) => t + Number(i.grossMassKg ?? 0), 0),
    items: d.items.length,
  }
}

/** The same consignment lodged again draws the same lots: its own references, not those of the filing. */
export const consignmentKey = (s: DeclarationState): string =>
  [
    s.declarant,
    s.document.importer?.id ?? s.document.exporter?.id ?? '',
    s.document.traderReference ?? s.lrn,
    ...(s.document.containers ?? []).map((c) => c.id ?? ''),
  ].join('|')
