/** The declaration as the calculation of duty sees it. Pure. */
import type { AssessmentInput, AssessmentItem } from '#schema/duty'
import type { DeclarationDocument, DeclarationItem } from '../schema/document.ts'
import type { DeclarationState } from '../schema/lifecycle.ts'

const codes = (statements: readonly { code?: string }[] | undefined): string[] => (statements ?? []).flatMap((s) => (s.code ? [s.code] : []))
const roles = (references: readonly { role?: string }[] | undefined): string[] => (references ?? []).flatMap((r) => (r.role ? [r.role] : []))

/** Documents of the whole declaration are stated for each of its items. */
const documentsOf = (d: DeclarationDocument, i: DeclarationItem): { documents?: string[] } => {
  const stated = [...(d.documents ?? []), ...(i.documents ?? [])].flatMap((x) => (x.category && x.type ? [x.category + x.type] : []))
  return stated.length > 0 ? { documents: [...new Set(stated)] } : {}
}

const toItem = (d: DeclarationDocument, i: DeclarationItem): AssessmentItem => ({
  itemNumber: i.itemNumber,
  ...(i.hsCode && { commodity: `${i.hsCode}${i.taricCode ?? ''}` }),
  additionalCodes: [...(i.taricAdditional ?? []), ...(i.nationalAdditional ?? [])],
  ...(i.origin && { origin: i.origin }),
  ...(i.preferentialOrigin && { preferentialOrigin: i.preferentialOrigin }),
  ...(i.procedure && { procedure: i.procedure }),
  additionalProcedures: i.additionalProcedures ?? [],
  ...(i.itemPrice && { price: i.itemPrice }),
  ...(i.customsValue && { customsValue: i.customsValue }),
  ...(i.intrinsicValue && { intrinsicValue: i.intrinsicValue }),
  ...(i.transportCost && { transportCost: i.transportCost }),
  adjustments: i.valuationAdjustments ?? [],
  ...(i.netMassKg && { netMassKg: i.netMassKg }),
  ...(i.grossMassKg && { grossMassKg: i.grossMassKg }),
  ...(i.supplementary && { supplementary: i.supplementary }),
  taxes: i.taxes ?? [],
  fiscalRoles: roles(i.fiscalReferences),
  statements: codes(i.additionalInformation),
  ...documentsOf(d, i),
})

/** Exports owe nothing here; their items are still valued, because selection and statistics ask. */
export const toAssessmentInput = ({ document: d }: DeclarationState): AssessmentInput => ({
  ...(d.invoiceTotal?.currency && { invoiceCurrency: d.invoiceTotal.currency }),
  adjustments: d.valuationAdjustments ?? [],
  ...(d.transportCost && { transportCost: d.transportCost }),
  fiscalRoles: roles(d.fiscalReferences),
  statements: codes(d.additionalInformation),
  items: d.items.map((i) => toItem(d, i)),
})
