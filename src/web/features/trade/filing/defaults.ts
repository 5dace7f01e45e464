/** What a new declaration begins with: what was the same last time, or what the kind of declaration says. Pure. */
import type { DeclarationDocument, DeclarationItem, Regime } from '#schema/clearance'

const asLastTime = [
  'additionalType',
  'exporter',
  'importer',
  'consignee',
  'declarant',
  'representative',
  'authorisations',
  'fiscalReferences',
  'deferments',
  'deliveryTerms',
  'transactionNature',
  'destinationCountry',
  'dispatchCountry',
  'exitOffice',
  'destinationOffice',
  'declarationOffice',
  'goodsLocation',
  'warehouse',
  'inlandMode',
  'containerised',
  'guarantees',
] as const satisfies readonly (keyof DeclarationDocument)[]

const firstLine = (item: DeclarationItem): DeclarationItem => ({
  itemNumber: 1,
  procedure: item.procedure,
  additionalProcedures: item.additionalProcedures,
  valuationMethod: item.valuationMethod,
  valuationIndicators: item.valuationIndicators,
  taxes: item.taxes?.map(({ type, method, preference }) => ({ type, method, preference })),
  packages: item.packages?.slice(0, 1).map(({ type }) => ({ sequence: 1, type })),
  ...(item.itemPrice?.currency && { itemPrice: { currency: item.itemPrice.currency } as DeclarationItem['itemPrice'] }),
})

/** Same as last time, but for what belongs to that consignment alone: references, goods, papers, means. */
export const likeLast = (last: DeclarationDocument): DeclarationDocument => {
  const { borderTransport } = last
  const [first] = last.items
  return {
    function: 'original',
    declarationType: last.declarationType,
    ...Object.fromEntries(asLastTime.flatMap((name) => (last[name] === undefined ? [] : [[name, last[name]]]))),
    ...(borderTransport && {
      borderTransport: { mode: borderTransport.mode, idType: borderTransport.idType, nationality: borderTransport.nationality },
    }),
    items: first ? [firstLine(first)] : [],
  }
}

export type Beginning = { regime: Regime; client: string; own: string | null; country: string }

const types = { import: 'IM', export: 'EX', transit: 'T1' } as const satisfies Record<Regime, string>

/** In whose name, for whom: with a client one represents directly (UCC art. 18). */
export const fresh = ({ regime, client, own, country }: Beginning): DeclarationDocument => ({
  function: 'original',
  declarationType: types[regime],
  additionalType: 'A',
  declarant: { id: client },
  ...(own !== null && own !== client && { representative: { id: own, status: '2' } }),
  ...(regime === 'import' && { importer: { id: client }, destinationCountry: country }),
  ...(regime === 'export' && { exporter: { id: client }, dispatchCountry: country }),
  items: [],
})
