/** How the state of an image follows from its journal: it comes into being and never changes. */
import type { MatchLevel } from './schema/declared.ts'
import type { Image } from './schema/image.ts'

export type ImageEvent =
  | { type: 'image.stored'; image: Image }
  | { type: 'image.pass-ordered' }
  | { type: 'image.found'; findingId: string }
  | { type: 'image.matched'; matchId: string; level: MatchLevel }
  | { type: 'image.match-alerted'; alertId: string }
  | { type: 'image.bound'; decision: string }

export const evolveImage = (state: Image | null, event: ImageEvent): Image | null => (event.type === 'image.stored' ? event.image : state)
