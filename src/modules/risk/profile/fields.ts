/** The fixed schema of names that a profile may use. A name is looked up as an own key of one table, so `__proto__` and the like name nothing. */
import type { ValueType } from './ast.ts'

export type Scope = 'declaration' | 'item'
/** `place` is the field's place in the list of values of its scope. */
export type FieldInfo = { name: string; scope: Scope; type: ValueType; place: number; about: string }

type Row = [names: string, scope: Scope, type: ValueType, about: string]

/** First the full name, then short ones. */
const rows: Row[] = [
  ['declaration.office office', 'declaration', 'text', 'customs office'],
  ['declaration.regime regime', 'declaration', 'text', 'import, export, transit'],
  ['declaration.date date', 'declaration', 'date', 'day of lodging'],
  ['declaration.departure departure dispatchCountry', 'declaration', 'text', 'country of departure, ISO 3166-1'],
  ['declaration.processType processType', 'declaration', 'text', 'kind of process, national code'],
  ['declaration.importType importType', 'declaration', 'text', 'kind of import, national code'],
  ['declaration.importUse importUse', 'declaration', 'text', 'use of the goods, national code'],
  ['declaration.paymentType paymentType', 'declaration', 'text', 'way of payment, national code'],
  ['declaration.totalValue totalValue customsValue', 'declaration', 'money', 'customs value of all items'],
  ['declaration.grossMass grossMass', 'declaration', 'mass', 'gross mass, kg'],
  ['declaration.itemCount itemCount', 'declaration', 'number', 'number of items'],
  ['transport.mode mode', 'declaration', 'text', 'mode of transport at the border, national or UN/ECE 19 code'],
  ['transport.vehicle vehicle', 'declaration', 'text', 'identity of the means of transport'],
  ['transport.containers containers', 'declaration', 'list', 'container numbers'],
  ['party.declarant declarant', 'declaration', 'text', 'declarant, identifier'],
  ['party.importer importer', 'declaration', 'text', 'importer, identifier'],
  ['party.importerName importerName', 'declaration', 'text', 'importer, name'],
  ['party.exporter exporter', 'declaration', 'text', 'exporter, identifier'],
  ['party.seller seller', 'declaration', 'text', 'seller, identifier'],
  ['party.courier courier', 'declaration', 'text', 'courier, identifier'],
  ['party.trusted trusted', 'declaration', 'boolean', 'the importer is an authorised economic operator'],
  ['party.importerAge importerAge', 'declaration', 'duration', 'days since the importer was registered'],
  ['party.screening screening', 'declaration', 'text', 'result of screening against lists of persons'],
  ['document.codes documents documentCodes', 'declaration', 'list', 'codes of the documents declared'],
  ['model.score', 'declaration', 'number', 'log odds of the model'],
  ['model.rank', 'declaration', 'number', 'share of recent declarations with a lower score, 0 to 1'],
  ['image.finding', 'declaration', 'text', 'class of the strongest image finding'],
  ['image.score', 'declaration', 'number', 'score of that finding, 0 to 1'],
  ['image.mismatch', 'declaration', 'boolean', 'the image does not look like the description'],
  ['image.detector', 'declaration', 'text', 'version of the detector'],
  ['valuation.worstRatio', 'declaration', 'number', 'lowest declared to usual unit value of all items'],
  ['item.hs hs hsCode', 'item', 'text', 'commodity code'],
  ['item.hs4 hs4', 'item', 'text', 'heading: first four figures of the code'],
  ['item.hs6 hs6', 'item', 'text', 'subheading: first six figures of the code'],
  ['item.origin origin', 'item', 'text', 'country of origin, ISO 3166-1'],
  ['item.originMark originMark', 'item', 'text', 'how the origin is marked'],
  ['item.value value price', 'item', 'money', 'customs value of the item'],
  ['item.netMass mass netMass', 'item', 'mass', 'net mass, kg'],
  ['item.rate rate taxRate', 'item', 'number', 'rate of duty, per cent'],
  ['item.taxType taxType', 'item', 'text', 'kind of the rate, national code'],
  ['item.procedure procedure', 'item', 'text', 'procedure code'],
  ['item.preference preference', 'item', 'text', 'preference code'],
  ['preference.claimed', 'item', 'boolean', 'a preference is claimed'],
  ['item.description description', 'item', 'text', 'description of the goods'],
  ['item.packageType packageType', 'item', 'text', 'kind of packages, UN/ECE 21'],
  ['valuation.ratio', 'item', 'number', 'declared to usual unit value'],
  ['valuation.references', 'item', 'number', 'declarations that the usual value rests on'],
]

const table = new Map<string, FieldInfo>()
export const fields: FieldInfo[] = []
const places: Record<Scope, number> = { declaration: 0, item: 0 }
for (const [names, scope, type, about] of rows) {
  const [name, ...short] = names.split(' ')
  const info: FieldInfo = { name: name!, scope, type, place: places[scope]++, about }
  fields.push(info)
  for (const n of [name!, ...short]) table.set(n, info)
}

/** Other names by which a text may call a field. */
export const shortNamesOf = (name: string): string[] => [...table].flatMap(([n, info]) => (info.name === name && n !== name ? [n] : []))

export const fieldCount = (scope: Scope): number => places[scope]

export const fieldNamed = (name: string): FieldInfo | undefined => table.get(name)

/** Steps (insert, delete, replace) from one word to the other. */
const distance = (a: string, b: string): number => {
  let row = Array.from({ length: b.length + 1 }, (_, i) => i)
  for (let i = 1; i <= a.length; i++) {
    const next = [i]
    for (let j = 1; j <= b.length; j++) next[j] = Math.min(row[j]! + 1, next[j - 1]! + 1, row[j - 1]! + (a[i - 1] === b[j - 1] ? 0 : 1))
    row = next
  }
  return row[b.length]!
}

/** The known name that is most like a wrong one, or '' when none is. */
export const nearestName = (name: string): string => {
  if (name.length > 40) return ''
  const plain = name.toLowerCase()
  const [best] = [...table.keys()].map((k) => ({ k, d: distance(plain, k.toLowerCase()) })).toSorted((a, b) => a.d - b.d || (a.k < b.k ? -1 : 1))
  return best && best.d <= Math.max(2, name.length / 3) ? best.k : ''
}
