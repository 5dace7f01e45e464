/**
 * Which data set of UCC annex B a declaration fills (H1–H8 imports, I1 simplified, C21i requests, B1–B4, C1, C21e exports, D1 transit, FSD
 * final supplementary), from declaration type, additional type and procedure. Rules, tax notifications and screens all read it from here.
 */
import type { DeclarationDocument, DeclarationItem } from '../schema/document.ts'

export type Dataset = 'H1' | 'H2' | 'H3' | 'H4' | 'H5' | 'H7' | 'H8' | 'I1' | 'C21i' | 'FSD' | 'B1' | 'B2' | 'B4' | 'C1' | 'C21e' | 'D1'
export type Regime = 'import' | 'export' | 'transit'

const exportProcedures = ['10', '11', '21', '22', '23', '31', '76', '77']
/** Additional procedures that select a reduced data set: low value consignments, and movements between two customs territories of one state. */
const lowValue = ['1H7']
const internalMarket = ['1EL', '1EN', '1SG', '1SP', '1AG']

/** The requested procedure (first half of DE 1/10) of an item, '' when absent. */
export const requested = (item: DeclarationItem | undefined): string => item?.procedure?.slice(0, 2) ?? ''
/** The previous procedure (second half of DE 1/10) of an item, '' when absent. */
export const previous = (item: DeclarationItem | undefined): string => item?.procedure?.slice(2, 4) ?? ''

/** DE 1/3: goods that are not in free circulation (T1), and goods that are and keep that status on the way (T2). */
const transitTypes = ['T1', 'T2']
export const isTransit = (document: Pick<DeclarationDocument, 'declarationType'>): boolean => transitTypes.includes(document.declarationType ?? '')

/** Import, export or transit: DE 1/1 or 1/3, and for CO (trade with special fiscal territories) the requested procedure. */
export const regimeOf = (document: DeclarationDocument): Regime =>
  isTransit(document)
    ? 'transit'
    : document.declarationType === 'EX' || (document.declarationType === 'CO' && exportProcedures.includes(requested(document.items[0])))
      ? 'export'
      : 'import'

const exportDataset = (document: DeclarationDocument, item: DeclarationItem | undefined): Dataset => {
  const additional = document.additionalType ?? ''
  if ('JK'.includes(additional) && additional) return 'C21e'
  if ('BCEF'.includes(additional) && additional) return 'C1'
  if (requested(item) === '21' || requested(item) === '22') return 'B2'
  return document.declarationType === 'CO' ? 'B4' : 'B1'
}

const byProcedure: Readonly<Record<string, Dataset>> = { '71': 'H2', '78': 'H2', '53': 'H3', '51': 'H4' }

const importDataset = (document: DeclarationDocument, item: DeclarationItem | undefined): Dataset => {
  const additional = document.additionalType ?? ''
  if (additional === 'Q') return 'FSD'
  if ('JK'.includes(additional) && additional) return 'C21i'
  if ('BCEF'.includes(additional) && additional) return 'I1'
  if (item?.additionalProcedures?.some((p) => lowValue.includes(p))) return 'H7'
  if (item?.additionalProcedures?.some((p) => internalMarket.includes(p))) return 'H8'
  return byProcedure[requested(item)] ?? (document.declarationType === 'CO' ? 'H5' : 'H1')
}

/** The data set of one item; items of one declaration must agree. */
export const datasetOfItem = (document: DeclarationDocument, item: DeclarationItem | undefined): Dataset =>
  ({ transit: () => 'D1' as const, export: () => exportDataset(document, item), import: () => importDataset(document, item) })[regimeOf(document)]()

/** The data set of a declaration: that of its first item. */
export const datasetOf = (document: DeclarationDocument): Dataset => datasetOfItem(document, document.items[0])

/** Supplementary declarations (Y, Z, final Q) come after the release of the goods and carry their own tax point. */
export const isSupplementary = (document: DeclarationDocument): boolean => ['Y', 'Z', 'Q', 'U', 'V', 'X'].includes(document.additionalType ?? '')

const taxed: readonly Dataset[] = ['H1', 'H3', 'H4', 'H5', 'C21i']

/**
 * Does the declarant get tax notifications (DMSTAX) at all? Warehousing, low value, internal movements, final supplementary and
 * regular simplified declarations get none: no debt is notified on them. Requests (C21i) get one even with no line in it.
 */
export const sendsTax = (dataset: Dataset, additionalType: string | undefined): boolean =>
  taxed.includes(dataset) || (dataset === 'I1' && (additionalType === 'B' || additionalType === 'E'))

/** Is a debt notified, and so payable, on this declaration? What a simplified declaration owes is asked for on the supplementary one. */
export const notifiesDebt = (document: DeclarationDocument): boolean =>
  regimeOf(document) === 'import' && sendsTax(datasetOf(document), document.additionalType)

/** Does the data set contain what duty is computed from? Requests for clearance (C21i) leave it to the entry in the records. */
export const isValued = (document: DeclarationDocument): boolean => notifiesDebt(document) && datasetOf(document) !== 'C21i'
