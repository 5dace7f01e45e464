/** One invented declaration from a stream of chance; the same seed gives the same trade. */
import type { DeclarationDocument, DeclarationItem } from '#schema/clearance'
import { entries, goods, suppliers, type Entry, type Good } from './goods.ts'

/** Mulberry32: small, seeded, good enough for a demo's variety. Not for anything that must not be guessed. */
export const chance = (seed: number) => {
  let a = seed >>> 0
  const next = (): number => {
    a = (a + 0x6d2b79f5) >>> 0
    let t = a
    t = Math.imul(t ^ (t >>> 15), t | 1)
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61)
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296
  }
  return {
    next,
    between: (low: number, high: number): number => low + Math.floor(next() * (high - low + 1)),
    pick: <T>(from: readonly T[]): T => from[Math.floor(next() * from.length)]!,
  }
}
export type Chance = ReturnType<typeof chance>

const weighted = (c: Chance): Entry => {
  let rest = c.next() * entries.reduce((t, e) => t + e.weight, 0)
  for (const e of entries) if ((rest -= e.weight) < 0) return e
  return entries[0]
}

/** ISO 6346: four letters, six digits, check digit. */
const container = (c: Chance): string => {
  const body = `${c.pick(['PELU', 'MSKU', 'TGHU'])}${String(c.between(0, 999999)).padStart(6, '0')}`
  const value = (ch: string): number => (/\d/.test(ch) ? Number(ch) : ((n) => n + Math.floor((n - 1) / 10))(ch.charCodeAt(0) - 55))
  return `${body}${([...body].reduce((t, ch, i) => t + value(ch) * 2 ** i, 0) % 11) % 10}`
}

const item = (
  c: Chance,
  good: Good,
  n: number,
  reference: string,
  regime: 'import' | 'export',
  preference: boolean,
  client: string,
): DeclarationItem => {
  const units = c.between(good.units[0], good.units[1])
  const net = units * good.unitMassKg
  const price = units * good.unitPrice * (0.85 + c.next() * 0.3)
  const origin = c.pick(good.origins)
  const packages = Math.max(1, Math.round(units / c.between(10, 60)))
  return {
    itemNumber: n,
    description: good.description,
    hsCode: good.hsCode,
    taricCode: '00',
    origin,
    procedure: regime === 'import' ? '4000' : '1000',
    additionalProcedures: ['000'],
    ...(regime === 'import' && preference && { preferentialOrigin: origin }),
    itemPrice: { amount: price.toFixed(2), currency: 'VRC' },
    ...(regime === 'import' && {
      valuationMethod: '1',
      valuationIndicators: '0000',
      taxes: [
        { type: 'A00', preference: preference ? '300' : '100', method: 'E' },
        { type: 'B00', method: 'E' },
      ],
    }),
    ...(regime === 'export' && { statisticalValue: { amount: price.toFixed(2), currency: 'VRC' } }),
    netMassKg: net.toFixed(3),
    grossMassKg: (net * 1.06 + packages * 0.4).toFixed(3),
    ...(good.supplementary && { supplementary: { value: String(units), unit: good.supplementary } }),
    packages: [{ sequence: 1, type: good.packageType, count: String(packages), marks: `${reference}/${n}` }],
    documents: [
      { category: 'N', type: '935', id: `INV-${reference}`, status: 'AC' },
      ...(regime === 'import' ? [{ category: 'C', type: '506', id: `XVDPO${client}` }] : []),
      ...(preference ? [{ category: 'N', type: '954', id: `EUR1-${reference}`, status: 'AC' }] : []),
    ],
    previousDocuments: [{ category: 'Z', type: 'ZZZ', id: `BL-${reference}` }],
  }
}

const transport = (c: Chance, entry: Entry, regime: 'import' | 'export'): Partial<DeclarationDocument> => {
  const id = c.pick(entry.ids)
  return {
    borderTransport: { mode: entry.mode, idType: entry.idType, id, nationality: 'XV' },
    ...(regime === 'import' ? { arrivalTransport: { idType: entry.idType, id } } : { departureTransport: { idType: entry.idType, id } }),
    containerised: entry.container ? '1' : '0',
    ...(entry.container && { containers: [{ sequence: 1, id: container(c) }] }),
    goodsLocation: { country: 'XV', type: 'A', qualifier: 'U', name: entry.location },
  }
}

export type Lodger = { registration: string; client: string }

/** An import or export as a broker files it; about one in twelve has a slip that the rules find, one in nine is pre-lodged. */
export const inventDeclaration = (c: Chance, who: Lodger, reference: string): DeclarationDocument => {
  const regime = c.next() < 0.78 ? 'import' : 'export'
  const entry = weighted(c)
  const offered = goods.filter((g) => g.regime === 'both' || g.regime === regime)
  const items = Array.from({ length: c.pick([1, 1, 2, 2, 3, 5]) }, (_, i) =>
    item(c, c.pick(offered), i + 1, reference, regime, regime === 'import' && c.next() < 0.2, who.client),
  )
  const supplier = c.pick(suppliers)
  const { name, ...address } = supplier
  const total = items.reduce((t, i) => t + Number(i.itemPrice!.amount), 0)
  const slip = c.next() < 0.08
  if (slip) items[0] = { ...items[0]!, grossMassKg: (Number(items[0]!.netMassKg) * 0.8).toFixed(3) }
  const trader =
    regime === 'import'
      ? { importer: { id: who.client }, exporter: { name, address } }
      : { exporter: { id: who.client }, consignee: { name, address } }
  return {
    function: 'original',
    lrn: reference,
    declarationType: regime === 'import' ? 'IM' : 'EX',
    additionalType: c.next() < 0.11 ? 'D' : 'A',
    itemCount: items.length,
    totalPackages: String(items.reduce((t, i) => t + Number(i.packages![0]!.count), 0)),
    invoiceTotal: { amount: total.toFixed(2), currency: 'VRC' },
    declarant: { id: who.registration },
    ...(who.client !== who.registration && { representative: { id: who.registration, status: '2' } }),
    ...trader,
    ...(regime === 'import'
      ? { dispatchCountry: supplier.country, destinationCountry: 'XV' }
      : { dispatchCountry: 'XV', destinationCountry: supplier.country, exitOffice: entry.office }),
    deliveryTerms: { incoterm: regime === 'import' ? 'CIF' : 'FOB', place: 'XVPMR' },
    transactionNature: '11',
    traderReference: reference,
    ...transport(c, entry, regime),
    ...(regime === 'import' && {
      deferments: [{ category: '1', type: 'DAN', account: who.client }],
      authorisations: [{ holder: who.client, type: 'DPO' }],
    }),
    ...(regime === 'export' && { previousDocuments: [{ category: 'Z', type: 'DCR', id: `6${who.client}-${reference}` }] }),
    items,
  }
}
