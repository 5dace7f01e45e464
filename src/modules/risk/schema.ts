/** Risk: profiles and their life, selection, models, and what examinations taught. */
export * from './schema/backtest.ts'
export * from './schema/decision.ts'
export * from './schema/model.ts'
export * from './schema/profile.ts'
export * from './schema/proposal.ts'
export * from './schema/result.ts'
export * from './schema/selection.ts'
