/** A tariff from a file, laid over ours. */
import { Type, type Static } from 'typebox'
import { LegalDate } from '#schema/reference'
import { closed, optional, text } from './common.ts'

/**
 * A tariff from a file, instead of ours, for the goods it names (`declare --tariff FILE`). A commodity that it names is charged with
 * its lines and nothing else. `expression` is TARIC text: `5.2%`, `10% + 5.00 GBP / DTN`.
 */
export const TariffSettings = Type.Object(
  {
    measures: Type.Array(
      Type.Object(
        {
          hsCode: Type.String({ pattern: '^[0-9]{2,8}$' }),
          taric: optional(Type.String({ pattern: '^[0-9]{2}$' })),
          preference: optional(Type.String({ pattern: '^[1-4][0-9]{2}$' })),
          origin: optional(Type.String({ pattern: '^[A-Z]{2}$' })),
          additionalCode: optional(text(4)),
          type: Type.String({ pattern: '^[A-Z0-9]{3}$', description: 'tax type: A00, A50, B00, 413 …' }),
          expression: Type.String({ minLength: 1, maxLength: 200 }),
          validFrom: optional(LegalDate),
          validTo: optional(LegalDate),
        },
        closed,
      ),
      { maxItems: 100_000 },
    ),
  },
  { ...closed, title: 'TariffSettings' },
)
export type TariffSettings = Static<typeof TariffSettings>
