/** How states of risk follow from their journals. */
import { evolveProfile } from './profile/life.ts'
import { evolveRiskProposal } from './proposal.ts'
import { evolveReferral } from './referral.ts'

export const folds = { 'risk-profile': evolveProfile, 'risk-proposal': evolveRiskProposal, referral: evolveReferral } as const
