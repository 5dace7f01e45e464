/** Risk for other modules: the facts of one selection, decisions kept, what examinations found; profiles and learning for the command line. */
import type { Topics } from '#platform/permissions.ts'
export { issues } from './issues.ts'
export { saveOutcome, addRevenue, raiseOutcome } from './store/decisions.ts'
export { createRisk, type Risk } from './service/live.ts'
export { hearOffence, offencesOf } from './store/offences.ts'
export { routes } from './http/index.ts'
export { tasks } from './jobs.ts'
export { folds } from './folds.ts'
export { onReferral } from './subscription.ts'
export { loadDemoRisk } from './demo/load.ts'
export { train } from './service/training.ts'
export { readModel, writeModel } from './service/model-files.ts'
export { score, type TrainOptions } from './learning/model.ts'
export { explain } from './learning/words.ts'
export { roles, type Role } from './learning/columns.ts'
export { joinTables, parseTable, type Table } from './learning/table.ts'
export { readProfileFile } from './profile/profile.ts'
export { backtest, fieldsRead } from './profile/backtest.ts'
export { fields } from './profile/fields.ts'
export { subjectsOf } from './profile/rows.ts'
export { profileHash } from './service/profile-hash.ts'
export type { Currency } from './profile/check.ts'

/** Who may hear that something changed; what it was is read by the rules of the reader. */
export const topics: Topics = {
  risk: ['risk:profile:read'],
  'risk-proposal': ['risk:profile:read', 'risk:capacity:read'],
  'risk-alarm': ['risk:profile:read'],
  'risk-backtest': ['risk:profile:read'],
  'risk-training': ['risk:model:read'],
  referral: ['risk:referral:read'],
}
