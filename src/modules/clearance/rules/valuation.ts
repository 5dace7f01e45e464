/** Rules of value: price, currency, method, indicators, delivery terms, adjustments (WTO valuation agreement; UCC art. 69–74). */
import { numberOf } from './checks.ts'
import { eachItem, type Rule } from './types.ts'

/** Incoterms 2020, the two of 2010 and 2000 that contracts still name, XXX other. */
const incoterms = ['EXW', 'FCA', 'FAS', 'FOB', 'CFR', 'CIF', 'CPT', 'CIP', 'DAP', 'DPU', 'DDP', 'DAT', 'DAF', 'DES', 'DEQ', 'DDU', 'XXX']
const valued = ['H1', 'H3', 'H4', 'H5', 'I1'] as const
const amountField =
  /(?:\/amount|\/payable|\/assessed)\/amount$|\/(?:itemPrice|invoiceTotal|customsValue|intrinsicValue|transportCost|statisticalValue)\/amount$/
const currencyField = /\/currency$/

const price: readonly Rule[] = [
  {
    code: 'clearance.price_missing',
    severity: 'error',
    datasets: valued,
    check: eachItem((item, at, report) => item.valuationMethod === '1' && !item.itemPrice && report(`${at}/itemPrice`, { item: item.itemNumber })),
  },
  {
    code: 'clearance.price_currency_missing',
    severity: 'error',
    check: eachItem(
      (item, at, report, { document }) =>
        item.itemPrice &&
        !item.itemPrice.currency &&
        !document.invoiceTotal?.currency &&
        report(`${at}/itemPrice/currency`, { item: item.itemNumber }),
    ),
  },
  {
    code: 'clearance.amount_negative',
    severity: 'error',
    check: ({ texts }, report) =>
      texts.forEach(([text, path]) => text.startsWith('-') && amountField.test(path) && numberOf(text)?.lt(0) && report(path, { value: text })),
  },
  {
    code: 'clearance.currency_unknown',
    severity: 'error',
    check: ({ texts, unlisted }, report) =>
      texts.forEach(([text, path]) => unlisted('currency', text) && currencyField.test(path) && report(path, { value: text })),
  },
  {
    code: 'clearance.exchange_rate_missing',
    severity: 'error',
    check: ({ texts, facts, unlisted }, report) => {
      const missing = new Set(facts.withoutRate.filter((c) => !unlisted('currency', c)))
      for (const [text, path] of texts) if (currencyField.test(path) && missing.delete(text)) report(path, { value: text, date: facts.date })
    },
  },
  {
    // DE 4/10: the invoice currency is one for all items
    code: 'clearance.currencies_mixed',
    severity: 'error',
    check: ({ document, items }, report) => {
      const first = document.invoiceTotal?.currency ?? items.find((i) => i.itemPrice?.currency)?.itemPrice?.currency
      items.forEach(
        (item, i) =>
          item.itemPrice?.currency !== undefined &&
          item.itemPrice.currency !== first &&
          report(`/items/${i}/itemPrice/currency`, { first: first!, this: item.itemPrice.currency, item: item.itemNumber }),
      )
    },
  },
]

const method: readonly Rule[] = [
  {
    code: 'clearance.valuation_method_unknown',
    severity: 'error',
    check: eachItem(
      (item, at, report) =>
        item.valuationMethod !== undefined &&
        !/^[1-6]$/.test(item.valuationMethod) &&
        report(`${at}/valuationMethod`, { value: item.valuationMethod, item: item.itemNumber }),
    ),
  },
  {
    code: 'clearance.valuation_indicators_missing',
    severity: 'error',
    datasets: ['H1', 'H4', 'H5'],
    check: eachItem(
      (item, at, report) =>
        item.valuationMethod === '1' && !item.valuationIndicators && report(`${at}/valuationIndicators`, { item: item.itemNumber }),
    ),
  },
  {
    code: 'clearance.valuation_indicators_malformed',
    severity: 'error',
    check: eachItem(
      (item, at, report) =>
        item.valuationIndicators !== undefined &&
        !/^[01]{4}$/.test(item.valuationIndicators) &&
        report(`${at}/valuationIndicators`, { value: item.valuationIndicators, item: item.itemNumber }),
    ),
  },
  {
    // first digit 1: buyer and seller are related (UCC-IA art. 127); the price must then be shown to be unaffected
    code: 'clearance.related_parties_unnamed',
    severity: 'warning',
    check: eachItem(
      (item, at, report, { document }) =>
        item.valuationIndicators?.[0] === '1' &&
        !(document.buyer || item.buyer) &&
        !(document.seller || item.seller) &&
        report(`${at}/valuationIndicators`, { item: item.itemNumber }),
    ),
  },
  {
    code: 'clearance.valuation_indicators_unused',
    severity: 'warning',
    check: eachItem(
      (item, at, report) =>
        item.valuationIndicators !== undefined &&
        item.valuationMethod !== undefined &&
        item.valuationMethod !== '1' &&
        report(`${at}/valuationIndicators`, { method: item.valuationMethod, item: item.itemNumber }),
    ),
  },
]

const terms: readonly Rule[] = [
  {
    code: 'clearance.delivery_terms_missing',
    severity: 'error',
    datasets: valued,
    check: ({ document, items }, report) =>
      !document.deliveryTerms?.incoterm && items.some((i) => i.valuationMethod === '1') && report('/deliveryTerms'),
  },
  {
    code: 'clearance.incoterm_unknown',
    severity: 'error',
    check: ({ document: { deliveryTerms: t } }, report) =>
      t?.incoterm !== undefined && !incoterms.includes(t.incoterm) && report('/deliveryTerms/incoterm', { value: t.incoterm }),
  },
  {
    code: 'clearance.delivery_place_missing',
    severity: 'error',
    check: ({ document: { deliveryTerms: t } }, report) =>
      t?.incoterm !== undefined && !t.place && !t.text && report('/deliveryTerms/place', { incoterm: t.incoterm }),
  },
]

const adjustments: readonly Rule[] = [
  {
    code: 'clearance.adjustment_incomplete',
    severity: 'error',
    check: ({ document, items }, report) => {
      document.valuationAdjustments?.forEach((a, i) => (!a.code || !a.amount) && report(`/valuationAdjustments/${i}/${a.code ? 'amount' : 'code'}`))
      items.forEach((item, n) =>
        item.valuationAdjustments?.forEach(
          (a, i) => (!a.code || !a.amount) && report(`/items/${n}/valuationAdjustments/${i}/${a.code ? 'amount' : 'code'}`),
        ),
      )
    },
  },
  {
    code: 'clearance.adjustment_unknown',
    severity: 'error',
    check: ({ document, items, unlisted }, report) => {
      const unknown = (code: string | undefined) => code !== undefined && (!/^[A-Z]{2}$/.test(code) || unlisted('valuation-adjustment', code))
      document.valuationAdjustments?.forEach((a, i) => unknown(a.code) && report(`/valuationAdjustments/${i}/code`, { value: a.code! }))
      items.forEach((item, n) =>
        item.valuationAdjustments?.forEach((a, i) => unknown(a.code) && report(`/items/${n}/valuationAdjustments/${i}/code`, { value: a.code! })),
      )
    },
  },
  {
    // UCC-IA art. 138: what is added or deducted under method 1 must not eat up the price
    code: 'clearance.adjustment_exceeds_price',
    severity: 'warning',
    check: eachItem((item, at, report) => {
      const price = numberOf(item.itemPrice?.amount)
      item.valuationAdjustments?.forEach((a, i) => {
        const amount = numberOf(a.amount?.amount)
        const sameCurrency = (a.amount?.currency ?? item.itemPrice?.currency) === item.itemPrice?.currency
        if (price && amount && sameCurrency && amount.gt(price))
          report(`${at}/valuationAdjustments/${i}/amount`, { value: amount.toFixed(), item: item.itemNumber })
      })
    }),
  },
]

export const valuationRules: readonly Rule[] = [...price, ...method, ...terms, ...adjustments]
