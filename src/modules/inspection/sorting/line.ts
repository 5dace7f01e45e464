/** Where a bag goes, as its case stands now. Pure. */
import type { ImageCase } from '../schema/case.ts'
import type { Line } from '../schema/sorting.ts'

/**
 * Null while nobody knows: then the belt keeps the tray, and sends it to the bench when it can wait no longer. What the machine diverts
 * leaves at once, before anybody has read it, and so does what is not as declared; contraband is the graver of both. A projected picture moves nothing.
 */
export const lineOf = (c: ImageCase): Line | null => {
  if (c.isTip || c.status === 'awaiting-ai') return null
  const isSuspect = c.decision ? c.decision.outcome === 'suspect' : c.ai !== null && !c.ai.failed && c.ai.verdict === 'divert'
  if (isSuspect) return 'contraband'
  if (c.matched === 'red') return 'not-matched'
  return c.decision === null ? null : c.sampled ? 'contraband' : 'clear'
}

/** Does the bag still have to come to the bench? A tag stays open exactly as long. */
export const needsBench = (c: ImageCase): boolean => {
  const line = lineOf(c)
  return c.status !== 'closed' && line !== null && line !== 'clear'
}
