/** Rules of places: location of goods, offices, countries. */
import { locationCode } from './facts.ts'
import type { Rule } from './types.ts'

const offices = ['exitOffice', 'destinationOffice', 'presentationOffice', 'supervisingOffice'] as const
const countryField = /(?:^|\/)(?:country|nationality|origin|destinationCountry|dispatchCountry)$|\/routeCountries\/\d+$/

const goodsLocation: readonly Rule[] = [
  {
    code: 'clearance.goods_location_incomplete',
    severity: 'error',
    check: ({ document: { goodsLocation: l } }, report) => {
      if (!l) return
      if (!l.country) report('/goodsLocation/country')
      if (!l.type) report('/goodsLocation/type')
      if (!l.qualifier) report('/goodsLocation/qualifier')
      if (!l.name && !l.address?.line) report('/goodsLocation/name')
    },
  },
  {
    code: 'clearance.goods_location_type_unknown',
    severity: 'error',
    check: ({ document: { goodsLocation: l } }, report) =>
      l?.type !== undefined && !/^[A-D]$/.test(l.type) && report('/goodsLocation/type', { value: l.type }),
  },
  {
    code: 'clearance.goods_location_qualifier_unknown',
    severity: 'error',
    check: ({ document: { goodsLocation: l } }, report) =>
      l?.qualifier !== undefined && !/^[T-Z]$/.test(l.qualifier) && report('/goodsLocation/qualifier', { value: l.qualifier }),
  },
  {
    // an authorisation number (Y) identifies authorised or approved places only; a designated place has a code or an address
    code: 'clearance.goods_location_combination',
    severity: 'error',
    check: ({ document: { goodsLocation: l } }, report) =>
      l?.type === 'A' && l.qualifier === 'Y' && report('/goodsLocation/qualifier', { type: l.type, qualifier: l.qualifier }),
  },
  {
    code: 'clearance.goods_location_foreign',
    severity: 'error',
    check: ({ document: { goodsLocation: l }, facts }, report) =>
      l?.country !== undefined && !facts.administration.territory.includes(l.country) && report('/goodsLocation/country', { value: l.country }),
  },
  {
    code: 'clearance.goods_location_unknown',
    severity: 'error',
    check: ({ document: { goodsLocation: l }, facts }, report) => facts.unknownLocation && report('/goodsLocation/name', { value: locationCode(l) }),
  },
]

const countries: readonly Rule[] = [
  {
    code: 'clearance.office_unknown',
    severity: 'error',
    check: ({ document, facts }, report) => {
      for (const key of offices)
        if (document[key] !== undefined && facts.unknownOffices.includes(document[key])) report(`/${key}`, { value: document[key] })
    },
  },
  {
    code: 'clearance.office_malformed',
    severity: 'error',
    check: ({ document }, report) => {
      for (const key of offices)
        if (document[key] !== undefined && !/^[A-Z]{2}[0-9A-Z]{6}$/.test(document[key])) report(`/${key}`, { value: document[key] })
    },
  },
  {
    code: 'clearance.country_unknown',
    severity: 'error',
    check: ({ texts, unlisted }, report) =>
      texts.forEach(([text, path]) => unlisted('country', text) && countryField.test(path) && report(path, { value: text })),
  },
  {
    code: 'clearance.dispatch_from_home',
    severity: 'warning',
    regime: 'import',
    datasets: ['H1', 'H2', 'H3', 'H4', 'I1'],
    check: ({ document: { dispatchCountry }, facts }, report) =>
      dispatchCountry !== undefined &&
      dispatchCountry === facts.administration.territory[0] &&
      report('/dispatchCountry', { value: dispatchCountry }),
  },
  {
    code: 'clearance.dispatch_not_home',
    severity: 'strict',
    regime: 'export',
    check: ({ document: { dispatchCountry }, facts }, report) =>
      dispatchCountry !== undefined &&
      !facts.administration.territory.includes(dispatchCountry) &&
      report('/dispatchCountry', { value: dispatchCountry }),
  },
  {
    code: 'clearance.destination_abroad',
    severity: 'strict',
    regime: 'import',
    datasets: ['H1', 'H3', 'H4', 'H5'],
    check: ({ document: { destinationCountry }, facts }, report) =>
      destinationCountry !== undefined &&
      !facts.administration.territory.includes(destinationCountry) &&
      report('/destinationCountry', { value: destinationCountry }),
  },
  {
    code: 'clearance.destination_at_home',
    severity: 'strict',
    regime: 'export',
    check: ({ document: { destinationCountry }, facts }, report) =>
      destinationCountry !== undefined &&
      destinationCountry === facts.administration.territory[0] &&
      report('/destinationCountry', { value: destinationCountry }),
  },
]

export const locationRules: readonly Rule[] = [...goodsLocation, ...countries]
