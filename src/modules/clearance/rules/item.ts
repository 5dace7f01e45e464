/** Rules of a goods item: commodity, description, masses, packages, origin. */
import { isSequence, numberOf } from './checks.ts'
import { commodityCode } from './facts.ts'
import { eachItem, type Rule } from './types.ts'

/** Bulk and unpacked goods (UN/ECE recommendation 21): no number of packages. */
const bulk = ['VQ', 'VG', 'VL', 'VY', 'VR', 'VS', 'VO']
const unpacked = ['NE', 'NF', 'NG']
/** What says nothing about goods (WCO guidelines on acceptable and unacceptable descriptions). */
const vague = [
  'goods',
  'general cargo',
  'parts',
  'various',
  'miscellaneous',
  'freight of all kinds',
  'fak',
  'consolidated',
  'consolidation',
  'cargo',
  'samples',
  'gift',
  'items',
  'equipment',
  'n/a',
  'tbc',
  'test',
]

const commodity: readonly Rule[] = [
  {
    code: 'clearance.commodity_short',
    severity: 'error',
    datasets: ['H1', 'H2', 'H3', 'H4', 'H5', 'H8', 'I1', 'B1', 'B2', 'B4'],
    check: eachItem(
      (item, at, report) =>
        item.hsCode !== undefined && item.hsCode.length < 8 && report(`${at}/hsCode`, { value: item.hsCode, item: item.itemNumber }),
    ),
  },
  {
    code: 'clearance.commodity_short_low_value',
    severity: 'error',
    datasets: ['H7', 'D1'],
    check: eachItem(
      (item, at, report) =>
        item.hsCode !== undefined && item.hsCode.length < 6 && report(`${at}/hsCode`, { value: item.hsCode, item: item.itemNumber }),
    ),
  },
  {
    code: 'clearance.commodity_unknown',
    severity: 'error',
    check: eachItem((item, at, report, { facts }) => {
      const code = commodityCode(item)
      if (item.hsCode && facts.commodities[code]?.exists === false) report(`${at}/hsCode`, { value: code, item: item.itemNumber, date: facts.date })
    }),
  },
  {
    code: 'clearance.commodity_not_declarable',
    severity: 'error',
    datasets: ['H1', 'H2', 'H3', 'H4', 'H5', 'H8', 'I1', 'B1', 'B2', 'B4'],
    check: eachItem((item, at, report, { facts }) => {
      const code = commodityCode(item)
      const fact = item.hsCode ? facts.commodities[code] : undefined
      if (fact?.exists && !fact.declarable) report(`${at}/hsCode`, { value: code, item: item.itemNumber })
    }),
  },
  {
    code: 'clearance.supplementary_unit_missing',
    severity: 'error',
    datasets: ['H1', 'H3', 'H4', 'H5', 'B1', 'B2', 'B4'],
    check: eachItem((item, at, report, { facts }) => {
      const unit = item.hsCode && !item.supplementary ? facts.commodities[commodityCode(item)]?.supplementaryUnit : undefined
      if (unit) report(`${at}/supplementary`, { unit, item: item.itemNumber })
    }),
  },
  {
    code: 'clearance.taric_without_commodity',
    severity: 'error',
    check: eachItem(
      (item, at, report) => item.taricCode !== undefined && item.hsCode?.length !== 8 && report(`${at}/taricCode`, { item: item.itemNumber }),
    ),
  },
  {
    code: 'clearance.additional_code_malformed',
    severity: 'error',
    check: eachItem((item, at, report) => {
      item.taricAdditional?.forEach((c, i) => !/^[0-9A-Z]{4}$/.test(c) && report(`${at}/taricAdditional/${i}`, { value: c, item: item.itemNumber }))
      item.nationalAdditional?.forEach(
        (c, i) => !/^[0-9A-Z]{3,4}$/.test(c) && report(`${at}/nationalAdditional/${i}`, { value: c, item: item.itemNumber }),
      )
    }),
  },
  {
    // European Customs Inventory of Chemical Substances: seven digits, a dash, a check digit
    code: 'clearance.cus_number_malformed',
    severity: 'error',
    check: eachItem(
      (item, at, report) =>
        item.cusCode !== undefined && !/^\d{7}-\d$/.test(item.cusCode) && report(`${at}/cusCode`, { value: item.cusCode, item: item.itemNumber }),
    ),
  },
  {
    code: 'clearance.description_vague',
    severity: 'warning',
    check: eachItem((item, at, report) => {
      const text = item.description?.trim().toLowerCase()
      if (text && (text.length < 3 || vague.includes(text)))
        report(`${at}/description`, { value: item.description!.slice(0, 60), item: item.itemNumber })
    }),
  },
]

const masses: readonly Rule[] = [
  {
    code: 'clearance.net_mass_exceeds_gross',
    severity: 'error',
    check: eachItem((item, at, report) => {
      const [net, gross] = [numberOf(item.netMassKg), numberOf(item.grossMassKg)]
      if (net && gross && net.gt(gross)) report(`${at}/netMassKg`, { net: net.toFixed(), gross: gross.toFixed(), item: item.itemNumber })
    }),
  },
  {
    code: 'clearance.mass_not_positive',
    severity: 'error',
    check: eachItem((item, at, report) => {
      for (const key of ['netMassKg', 'grossMassKg'] as const)
        if (numberOf(item[key])?.lte(0)) report(`${at}/${key}`, { value: item[key]!, item: item.itemNumber })
    }),
  },
  {
    // DE 6/1 and 6/5: n..16,6
    code: 'clearance.mass_too_precise',
    severity: 'error',
    check: eachItem((item, at, report) => {
      for (const key of ['netMassKg', 'grossMassKg'] as const) {
        const value = numberOf(item[key])
        if (value && (value.decimalPlaces() > 6 || value.gte('1e10'))) report(`${at}/${key}`, { value: item[key]!, item: item.itemNumber })
      }
    }),
  },
  {
    code: 'clearance.supplementary_not_positive',
    severity: 'error',
    check: eachItem(
      (item, at, report) =>
        numberOf(item.supplementary?.value)?.lte(0) &&
        report(`${at}/supplementary/value`, { value: item.supplementary!.value, item: item.itemNumber }),
    ),
  },
]

const packages: readonly Rule[] = [
  {
    code: 'clearance.package_type_missing',
    severity: 'strict',
    applies: (c) => !c.supplementary && c.dataset !== 'H8',
    check: eachItem((item, at, report) => item.packages?.forEach((p, i) => !p.type && report(`${at}/packages/${i}/type`, { item: item.itemNumber }))),
  },
  {
    code: 'clearance.package_type_unknown',
    severity: 'error',
    check: eachItem((item, at, report, { unlisted }) =>
      item.packages?.forEach(
        (p, i) =>
          p.type !== undefined &&
          (!/^[0-9A-Z]{2}$/.test(p.type) || unlisted('package-type', p.type)) &&
          report(`${at}/packages/${i}/type`, { value: p.type, item: item.itemNumber }),
      ),
    ),
  },
  {
    code: 'clearance.package_count_missing',
    severity: 'error',
    check: eachItem((item, at, report) =>
      item.packages?.forEach(
        (p, i) => p.count === undefined && !bulk.includes(p.type ?? '') && report(`${at}/packages/${i}/count`, { item: item.itemNumber }),
      ),
    ),
  },
  {
    code: 'clearance.package_count_fraction',
    severity: 'error',
    check: eachItem((item, at, report) =>
      item.packages?.forEach((p, i) => {
        const count = numberOf(p.count)
        if (count && (!count.isInteger() || count.lt(0) || count.gt(99_999_999)))
          report(`${at}/packages/${i}/count`, { value: p.count!, item: item.itemNumber })
      }),
    ),
  },
  {
    code: 'clearance.package_marks_missing',
    severity: 'strict',
    datasets: ['H1', 'H2', 'H3', 'H4', 'H5', 'I1', 'B1', 'B2', 'B4'],
    applies: (c) => !c.supplementary,
    check: eachItem((item, at, report) =>
      item.packages?.forEach(
        (p, i) =>
          !p.marks?.trim() && ![...bulk, ...unpacked].includes(p.type ?? '') && report(`${at}/packages/${i}/marks`, { item: item.itemNumber }),
      ),
    ),
  },
  {
    code: 'clearance.package_sequence',
    severity: 'strict',
    check: eachItem(
      (item, at, report) => item.packages && !isSequence(item.packages.map((p) => p.sequence)) && report(`${at}/packages`, { item: item.itemNumber }),
    ),
  },
]

const origin: readonly Rule[] = [
  {
    code: 'clearance.preferential_origin_malformed',
    severity: 'error',
    check: eachItem(
      (item, at, report) =>
        item.preferentialOrigin !== undefined &&
        !/^([A-Z]{2}|\d{4})$/.test(item.preferentialOrigin) &&
        report(`${at}/preferentialOrigin`, { value: item.preferentialOrigin, item: item.itemNumber }),
    ),
  },
]

export const itemRules: readonly Rule[] = [...commodity, ...masses, ...packages, ...origin]
