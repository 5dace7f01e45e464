/** What selection may look at, taken from a declaration and named as the profile language names it. Pure. */
import type { LegalDate } from '#kernel/time.ts'
import type { Snapshot } from '#schema/risk'
import type { DeclarationItem } from '../schema/document.ts'
import type { DeclarationState } from '../schema/lifecycle.ts'

type Named = Snapshot['declaration']

/** What was not declared is left out, so that it is unknown and not empty. */
const declared = (values: Record<string, Named[string] | undefined>): Named =>
  Object.fromEntries(
    Object.entries(values).filter(([, v]) => v !== undefined && v !== '' && !(Array.isArray(v) && v.length === 0) && !Number.isNaN(v)),
  ) as Named

const number = (numeral: string | undefined): number | undefined => (numeral === undefined ? undefined : Number(numeral))
const each = (values: readonly (string | undefined)[]): string[] => [...new Set(values.filter((v): v is string => v !== undefined && v !== ''))]

/** Codes of DE 4/17 from 200 on claim a preference; 100 to 199 claim none. */
const claims = (preference: string | undefined): boolean => preference !== undefined && preference >= '200'

const itemOf = (s: DeclarationState, i: DeclarationItem): Named => {
  const duty = s.assessment?.lines.find((l) => l.itemNumber === i.itemNumber && l.type === 'A00')
  const preference = (i.taxes ?? []).map((t) => t.preference).find((p) => p !== undefined)
  return declared({
    'item.hs': i.hsCode,
    'item.hs4': i.hsCode?.slice(0, 4),
    'item.hs6': i.hsCode?.slice(0, 6),
    'item.origin': i.origin ?? i.preferentialOrigin,
    'item.value': s.assessment?.items.find((a) => a.itemNumber === i.itemNumber)?.customsValue.minor,
    'item.netMass': number(i.netMassKg),
    'item.rate': number(duty?.rate ?? undefined),
    'item.taxType': duty?.preference,
    'item.procedure': i.procedure,
    'item.preference': preference,
    'preference.claimed': claims(preference),
    'item.description': i.description,
    'item.packageType': i.packages?.[0]?.type,
  })
}

/** `date` is the legal date of the declaration; amounts are minor units of the administration's currency, mass is kg, dates count days. */
export const snapshotOf = (s: DeclarationState, date: LegalDate, trusted: boolean): Snapshot => {
  const { document: d } = s
  return {
    declaration: declared({
      'declaration.office': s.office,
      'declaration.regime': s.regime,
      'declaration.date': Date.parse(`${date}T00:00:00Z`) / 86_400_000,
      'declaration.departure': d.dispatchCountry,
      'declaration.processType': s.additionalType,
      'declaration.importType': d.declarationType,
      'declaration.paymentType': d.items.flatMap((i) => (i.taxes ?? []).map((t) => t.method)).find((m) => m !== undefined),
      'declaration.totalValue': s.assessment?.totals.customsValue.minor,
      'declaration.grossMass': d.items.reduce((t, i) => t + Number(i.grossMassKg ?? 0), 0),
      'declaration.itemCount': d.items.length,
      'transport.mode': d.borderTransport?.mode,
      'transport.vehicle': d.arrivalTransport?.id ?? d.departureTransport?.id ?? d.borderTransport?.id,
      'transport.containers': each((d.containers ?? []).map((k) => k.id)),
      'party.declarant': s.declarant,
      'party.importer': d.importer?.id,
      'party.importerName': d.importer?.name,
      'party.exporter': d.exporter?.id,
      'party.seller': d.seller?.id ?? d.seller?.name ?? d.exporter?.id ?? d.exporter?.name,
      'party.trusted': trusted,
      'document.codes': each([...(d.documents ?? []), ...d.items.flatMap((i) => i.documents ?? [])].map((x) => `${x.category ?? ''}${x.type ?? ''}`)),
    }),
    items: d.items.map((i) => itemOf(s, i)),
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
