/** Where a bag goes, as its case stands now. Pure. */
import type { ImageCase } from '../schema/case.ts'
import type { Line } from '../schema/sorting.ts'

/**
 * Null while nobody knows: then the belt keeps the tray, and sends it to the bench when it can wait no longer. What the machine diverts
 * leaves at once, before anybody has read it; a reader may clear it at the bench. A projected picture moves nothing.
 */
export const lineOf = (c: ImageCase): Line | null => {
  if (c.isTip || c.status === 'awaiting-ai') return null
  if (c.matched === 'red') return 'not-matched'
  if (c.decision) return c.decision.outcome === 'clear' && !c.sampled ? 'clear' : 'contraband'
  return c.ai && !c.ai.failed && c.ai.verdict === 'divert' ? 'contraband' : null
}

/** Does the bag still have to come to the bench? A tag stays open exactly as long. */
export const needsBench = (c: ImageCase): boolean => {
  const line = lineOf(c)
  return c.status !== 'closed' && line !== null && line !== 'clear'
}
