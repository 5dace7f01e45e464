/** Rules of transport: means, modes, containers, seals. */
import { checkDigit } from '../mrn.ts'
import type { DeclarationDocument } from '../schema/document.ts'
import { isSequence, repeated } from './checks.ts'
import type { Report, Rule, RuleContext } from './types.ts'

/** UN/ECE recommendation 19, first digit. */
const modes = ['1', '2', '3', '4', '5', '6', '7', '8', '9']
/** DE 7/7, 7/9, 7/14: the first digit is the mode of transport, 99 is other. */
const identityTypes = ['10', '11', '20', '21', '30', '31', '40', '41', '80', '81', '99']
const meansKeys = ['borderTransport', 'arrivalTransport', 'departureTransport'] as const
/** UN/EDIFACT 4237 as DE 4/2 lists it. */
const freightPayments = ['A', 'B', 'C', 'D', 'H', 'Y', 'Z']

type Means = NonNullable<DeclarationDocument['borderTransport']>
const eachMeans =
  (check: (means: Means, path: string, report: Report, context: RuleContext) => void): Rule['check'] =>
  (context, report) => {
    for (const key of meansKeys) if (context.document[key]) check(context.document[key], `/${key}`, report, context)
  }

const means: readonly Rule[] = [
  {
    code: 'clearance.transport_mode_unknown',
    severity: 'error',
    check: ({ document }, report) => {
      for (const key of meansKeys)
        if (document[key]?.mode !== undefined && !modes.includes(document[key].mode)) report(`/${key}/mode`, { value: document[key].mode })
      if (document.inlandMode !== undefined && !modes.includes(document.inlandMode)) report('/inlandMode', { value: document.inlandMode })
    },
  },
  {
    code: 'clearance.means_type_missing',
    severity: 'error',
    check: eachMeans((m, path, report) => m.id !== undefined && !m.idType && report(`${path}/idType`)),
  },
  {
    code: 'clearance.means_number_missing',
    severity: 'error',
    check: eachMeans((m, path, report) => m.idType !== undefined && !m.id && report(`${path}/id`)),
  },
  {
    code: 'clearance.means_type_unknown',
    severity: 'error',
    check: eachMeans(
      (m, path, report) => m.idType !== undefined && !identityTypes.includes(m.idType) && report(`${path}/idType`, { value: m.idType }),
    ),
  },
  {
    code: 'clearance.means_type_mode',
    severity: 'warning',
    check: eachMeans((m, path, report, { document }) => {
      const mode = m.mode ?? (path === '/borderTransport' ? document.borderTransport?.mode : document.inlandMode)
      if (m.idType && m.idType !== '99' && mode && modes.includes(mode) && m.idType[0] !== mode) report(`${path}/idType`, { mode, type: m.idType })
    }),
  },
  {
    // IMO resolution A.1117(30): seven digits, the last is the check digit
    code: 'clearance.ship_number_malformed',
    severity: 'warning',
    check: eachMeans((m, path, report) => {
      if (m.idType !== '10' || !m.id) return
      const digits = /^(?:IMO)?\s?(\d{7})$/.exec(m.id)?.[1]
      const sum = digits === undefined ? -1 : [...digits].reduce((s, d, i) => (i < 6 ? s + Number(d) * (7 - i) : s), 0) % 10
      if (digits === undefined || sum !== Number(digits[6])) report(`${path}/id`, { value: m.id })
    }),
  },
  {
    code: 'clearance.freight_payment_unknown',
    severity: 'error',
    check: ({ document: { freightPayment: f } }, report) =>
      f !== undefined && !freightPayments.includes(f) && report('/freightPayment', { value: f }),
  },
]

const namedContainers = ({ document, items }: RuleContext): Set<string> =>
  new Set([...(document.containers ?? []), ...items.flatMap((i) => i.containers ?? [])].flatMap((c) => c.id ?? []))

const containers: readonly Rule[] = [
  {
    code: 'clearance.container_indicator_unknown',
    severity: 'error',
    check: ({ document: { containerised: c } }, report) => c !== undefined && !['0', '1'].includes(c) && report('/containerised', { value: c }),
  },
  {
    code: 'clearance.containers_missing',
    severity: 'error',
    check: (c, report) => c.document.containerised === '1' && namedContainers(c).size === 0 && report('/containers'),
  },
  {
    code: 'clearance.containers_unexpected',
    severity: 'error',
    check: (c, report) =>
      c.document.containerised === '0' && namedContainers(c).size > 0 && report('/containerised', { count: namedContainers(c).size }),
  },
  {
    code: 'clearance.container_number_missing',
    severity: 'error',
    check: ({ document }, report) => document.containers?.forEach((c, i) => !c.id && report(`/containers/${i}/id`)),
  },
  {
    code: 'clearance.container_duplicate',
    severity: 'error',
    check: ({ document }, report) =>
      repeated(document.containers?.map((c) => c.id) ?? []).forEach((i) => report(`/containers/${i}/id`, { value: document.containers![i]!.id! })),
  },
  {
    code: 'clearance.container_sequence',
    severity: 'strict',
    check: ({ document }, report) => document.containers && !isSequence(document.containers.map((c) => c.sequence)) && report('/containers'),
  },
  {
    // ISO 6346: owner, category U, J or Z, six digits, check digit; other boxes have other marks, hence a remark only
    code: 'clearance.container_number_malformed',
    severity: 'warning',
    check: ({ document }, report) =>
      document.containers?.forEach((c, i) => {
        if (c.id && !(/^[A-Z]{3}[UJZ]\d{7}$/.test(c.id) && checkDigit(c.id.slice(0, 10)) === c.id[10])) report(`/containers/${i}/id`, { value: c.id })
      }),
  },
  {
    code: 'clearance.item_container_unknown',
    severity: 'strict',
    check: ({ document, items }, report) => {
      const known = new Set(document.containers?.map((c) => c.id))
      items.forEach((item, n) =>
        item.containers?.forEach((c, i) => c.id && !known.has(c.id) && report(`/items/${n}/containers/${i}/id`, { value: c.id })),
      )
    },
  },
  {
    code: 'clearance.seal_number_missing',
    severity: 'error',
    check: ({ document }, report) =>
      document.containers?.forEach((c, n) => c.seals?.forEach((s, i) => !s.id?.trim() && report(`/containers/${n}/seals/${i}/id`))),
  },
  {
    code: 'clearance.seal_duplicate',
    severity: 'warning',
    check: ({ document }, report) =>
      document.containers?.forEach((c, n) =>
        repeated(c.seals?.map((s) => s.id) ?? []).forEach((i) => report(`/containers/${n}/seals/${i}/id`, { value: c.seals![i]!.id! })),
      ),
  },
]

export const transportRules: readonly Rule[] = [...means, ...containers]
