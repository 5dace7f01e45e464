/** A reference that one's own firm has not used: the moment, to the second. */
export const proposedLrn = (at: Date): string => at.toISOString().slice(2, 19).replace(/\D/g, '')
