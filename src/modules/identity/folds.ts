import { evolveMandate } from './mandate.ts'
import { evolveOrganisation } from './organisation.ts'
import { evolvePerson } from './person.ts'

/** How each kind of subject comes from its events, for whoever reads histories. */
export const folds = { person: evolvePerson, organisation: evolveOrganisation, mandate: evolveMandate } as const
