import { evolve as evolveLicence } from '../licence/licence.ts'
import { evolveProposal } from './proposal.ts'

/** How each kind of subject comes from its events, for whoever reads histories. */
export const folds = { 'tariff-proposal': evolveProposal, licence: evolveLicence } as const
