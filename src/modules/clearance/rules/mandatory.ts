/**
 * What each data set must contain (UCC-DA annex B, title I, columns): one line a data element. Conditional elements are rules of
 * their own in the other tables. `strict` where the column says A but the trader test service is known to accept without.
 */
import type { DeclarationDocument, DeclarationItem } from '../schema/document.ts'
import type { Dataset } from './dataset.ts'
import { eachItem, type Rule, type RuleContext } from './types.ts'

const full: readonly Dataset[] = ['H1', 'H3', 'H4', 'H5']
const imports: readonly Dataset[] = ['H1', 'H2', 'H3', 'H4', 'H5', 'H7', 'H8', 'I1', 'C21i']
const exports: readonly Dataset[] = ['B1', 'B2', 'B4', 'C1', 'C21e']
const fullExports: readonly Dataset[] = ['B1', 'B2', 'B4']
const transits: readonly Dataset[] = ['D1']
const arrived = (c: RuleContext): boolean => !c.supplementary
/** Mode 5 is post, 7 fixed installations, 9 unknown: nothing crosses the border that could have a nationality or a number. */
const byVehicle = (c: RuleContext): boolean => !['5', '7', '9'].includes(c.document.borderTransport?.mode ?? '')

type Extra = Pick<Rule, 'applies'> & { severity?: Rule['severity'] }
const absent = (value: unknown): boolean => value === undefined || value === '' || (Array.isArray(value) && value.length === 0)

/** On the header. `path` names the field for people; `value` finds it. */
const header = (code: string, path: string, datasets: readonly Dataset[], value: (d: DeclarationDocument) => unknown, extra: Extra = {}): Rule => ({
  code,
  severity: 'error',
  datasets,
  ...extra,
  check: ({ document }, report) => absent(value(document)) && report(path),
})

/** On every item. */
const item = (code: string, path: string, datasets: readonly Dataset[], value: (i: DeclarationItem) => unknown, extra: Extra = {}): Rule => ({
  code,
  severity: 'error',
  datasets,
  ...extra,
  check: eachItem((i, at, report) => absent(value(i)) && report(at + path, { item: i.itemNumber })),
})

/** On the header or on every item. */
const either = (code: string, key: keyof DeclarationDocument & keyof DeclarationItem, datasets: readonly Dataset[], extra: Extra = {}): Rule => ({
  code,
  severity: 'error',
  datasets,
  ...extra,
  check: ({ document, items }, report) => {
    if (!absent(document[key])) return
    if (items.every((i) => absent(i[key]))) report(`/${key}`)
    else items.forEach((i, n) => absent(i[key]) && report(`/items/${n}/${key}`, { item: i.itemNumber }))
  },
})

export const mandatoryRules: readonly Rule[] = [
  header('clearance.declarant_missing', '/declarant/id', [...imports, ...exports, 'FSD', ...transits], (d) => d.declarant?.id),
  header('clearance.importer_missing', '/importer', imports, (d) => d.importer?.id ?? d.importer?.name),
  header('clearance.exporter_registration_missing', '/exporter/id', exports, (d) => d.exporter?.id),
  {
    code: 'clearance.exporter_missing',
    severity: 'strict',
    datasets: ['H1', 'H3', 'H4', 'H5', 'H7', 'H8', 'I1'],
    check: ({ document, items }, report) =>
      absent(document.exporter?.id ?? document.exporter?.name) && !items.every((i) => i.exporter) && report('/exporter'),
  },
  either('clearance.consignee_missing', 'consignee', [...exports, ...transits]),
  header('clearance.item_count_missing', '/itemCount', [...imports, ...exports, 'FSD', ...transits], (d) => d.itemCount, { applies: arrived }),
  header('clearance.total_packages_missing', '/totalPackages', [...full, 'H2', 'I1', ...fullExports, ...transits], (d) => d.totalPackages),
  header('clearance.border_mode_missing', '/borderTransport/mode', [...imports, ...exports, ...transits], (d) => d.borderTransport?.mode),
  header('clearance.border_nationality_missing', '/borderTransport/nationality', [...full, ...fullExports], (d) => d.borderTransport?.nationality, {
    severity: 'strict',
    applies: (c) => arrived(c) && byVehicle(c),
  }),
  header('clearance.border_identity_missing', '/borderTransport/id', fullExports, (d) => d.borderTransport?.id, {
    severity: 'strict',
    applies: byVehicle,
  }),
  header('clearance.arrival_means_missing', '/arrivalTransport/id', full, (d) => d.arrivalTransport?.id, {
    severity: 'strict',
    applies: (c) => arrived(c) && byVehicle(c),
  }),
  header('clearance.departure_means_missing', '/departureTransport/id', [...fullExports, ...transits], (d) => d.departureTransport?.id, {
    severity: 'strict',
    applies: byVehicle,
  }),
  header('clearance.goods_location_missing', '/goodsLocation', [...imports, ...exports, 'FSD', ...transits], (d) => d.goodsLocation),
  header('clearance.container_indicator_missing', '/containerised', [...full, 'H2', 'I1', ...exports, ...transits], (d) => d.containerised, {
    applies: arrived,
  }),
  header('clearance.exit_office_missing', '/exitOffice', exports, (d) => d.exitOffice),
  header('clearance.destination_office_missing', '/destinationOffice', transits, (d) => d.destinationOffice),
  either('clearance.dispatch_country_missing', 'dispatchCountry', [...full, 'H2', 'I1', ...fullExports, ...transits]),
  either('clearance.destination_country_missing', 'destinationCountry', [...full, 'H2', 'H8', ...exports, ...transits]),
  either('clearance.transaction_nature_missing', 'transactionNature', [...full, 'H2', ...fullExports], { severity: 'strict' }),
  {
    code: 'clearance.previous_document_missing',
    severity: 'error',
    datasets: [...imports, ...exports, 'FSD'],
    check: ({ document, items }, report) =>
      absent(document.previousDocuments) && items.every((i) => absent(i.previousDocuments)) && report('/previousDocuments'),
  },
  header('clearance.transport_cost_missing', '/transportCost', ['H7'], (d) => d.transportCost, { severity: 'strict' }),
  item('clearance.description_missing', '/description', ['H1', 'H2', 'H3', 'H4', 'H5', 'H7', 'H8', 'I1', ...exports, ...transits], (i) =>
    i.description?.trim(),
  ),
  item('clearance.commodity_missing', '/hsCode', ['H1', 'H2', 'H3', 'H4', 'H5', 'H7', 'H8', 'I1', ...fullExports, ...transits], (i) => i.hsCode),
  item('clearance.origin_missing', '/origin', [...full, 'H2', 'H8', 'I1'], (i) => i.origin ?? i.preferentialOrigin),
  item('clearance.procedure_missing', '/procedure', [...imports, ...exports, 'FSD'], (i) => i.procedure, { severity: 'strict' }),
  item('clearance.additional_procedure_missing', '/additionalProcedures', [...imports, ...exports, 'FSD'], (i) => i.additionalProcedures),
  item('clearance.net_mass_missing', '/netMassKg', ['H1', 'H4', 'H5', 'I1', ...fullExports], (i) => i.netMassKg),
  item('clearance.gross_mass_missing', '/grossMassKg', [...full, 'H2', 'H7', 'H8', ...fullExports, ...transits], (i) => i.grossMassKg),
  item('clearance.packages_missing', '/packages', [...full, 'H2', 'H8', 'I1', 'C21i', ...exports, ...transits], (i) => i.packages),
  item('clearance.preference_missing', '/taxes', full, (i) => i.taxes?.find((t) => t.preference), { severity: 'strict' }),
  item('clearance.valuation_method_missing', '/valuationMethod', full, (i) => i.valuationMethod, { severity: 'strict' }),
  item('clearance.statistical_value_missing', '/statisticalValue', fullExports, (i) => i.statisticalValue, { severity: 'strict' }),
  item('clearance.intrinsic_value_missing', '/intrinsicValue', ['H7'], (i) => i.intrinsicValue ?? i.customsValue),
]
