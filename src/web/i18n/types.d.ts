// Which namespaces there are; a feature adds its two lines. The keys of each are those of its English file.
import type audit from './en/audit.ts'
import type calculator from './en/calculator.ts'
import type cash from './en/cash.ts'
import type centre from './en/centre.ts'
import type common from './en/common.ts'
import type control from './en/control.ts'
import type declared from './en/declared.ts'
import type declaration from './en/declaration.ts'
import type developer from './en/developer.ts'
import type incident from './en/incident.ts'
import type kit from './en/kit.ts'
import type measures from './en/measures.ts'
import type navigation from './en/navigation.ts'
import type people from './en/people.ts'
import type payments from './en/payments.ts'
import type figures from './en/figures.ts'
import type field from './en/field.ts'
import type finder from './en/finder.ts'
import type quota from './en/quota.ts'
import type compliance from './en/compliance.ts'
import type referral from './en/referral.ts'
import type report from './en/report.ts'
import type risk from './en/risk.ts'
import type revenue from './en/revenue.ts'
import type elements from './en/elements.ts'
import type filing from './en/filing.ts'
import type seal from './en/seal.ts'
import type seals from './en/seals.ts'
import type story from './en/story.ts'
import type supervision from './en/supervision.ts'
import type tariff from './en/tariff.ts'
import type trade from './en/trade.ts'
import type units from './en/units.ts'
import type viewer from './en/viewer.ts'
import type work from './en/work.ts'

declare module 'i18next' {
  interface CustomTypeOptions {
    defaultNS: 'common'
    resources: {
      audit: typeof audit
      calculator: typeof calculator
      cash: typeof cash
      centre: typeof centre
      common: typeof common
      control: typeof control
      declaration: typeof declaration
      declared: typeof declared
      developer: typeof developer
      elements: typeof elements
      filing: typeof filing
      field: typeof field
      figures: typeof figures
      finder: typeof finder
      incident: typeof incident
      payments: typeof payments
      quota: typeof quota
      revenue: typeof revenue
      seal: typeof seal
      seals: typeof seals
      compliance: typeof compliance
      referral: typeof referral
      risk: typeof risk
      story: typeof story
      supervision: typeof supervision
      tariff: typeof tariff
      trade: typeof trade
      kit: typeof kit
      measures: typeof measures
      navigation: typeof navigation
      people: typeof people
      report: typeof report
      units: typeof units
      viewer: typeof viewer
      work: typeof work
    }
  }
}
