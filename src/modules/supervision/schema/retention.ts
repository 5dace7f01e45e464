/** How long reports of devices stay, and from what age on plain positions are thinned out. */
import { Type, type Static } from 'typebox'

const closed = { additionalProperties: false } as const
const days = (minimum: number) => Type.Integer({ minimum, maximum: 36_500 })

export const Retention = Type.Object(
  {
    framesDays: days(90),
    positionsDays: days(90),
    thinAfterDays: days(30),
    thinToSeconds: Type.Integer({ minimum: 10, maximum: 3600, description: 'of plain positions one in so many seconds is kept' }),
  },
  { ...closed, title: 'SealRetention' },
)
export type Retention = Static<typeof Retention>
