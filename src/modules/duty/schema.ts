/**
 * Duty: what is owed on a declaration (assessment), who bears it (charge, settlement, accounts) and how it is paid (payments, receipts).
 * Declared amounts are decimal numerals; everything computed is `Money` in minor units of the administration's currency.
 */
export * from './schema/assessment.ts'
export * from './schema/calculator.ts'
export * from './schema/ledger.ts'
export * from './schema/payment.ts'
export * from './schema/terms.ts'
export * from './schema/recovery.ts'
export * from './schema/refund.ts'
export * from './schema/instalments.ts'
export * from './schema/guarantee.ts'
export * from './schema/revenue.ts'
export * from './schema/bank.ts'
