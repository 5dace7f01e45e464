/** What routes of the tariff take and give. */
import { Type, type Static } from 'typebox'
import { AdministrationCode, LegalDate } from '#schema/reference'
import { closed, language, optional, text } from './common.ts'

export const CommoditySearch = Type.Object(
  {
    q: text(200),
    administration: optional(AdministrationCode),
    date: optional(LegalDate),
    language,
    limit: optional(Type.Integer({ minimum: 1, maximum: 100 })),
  },
  closed,
)
export const CommodityParams = Type.Object({ code: Type.String({ pattern: '^[0-9]{4,10}$' }) }, closed)
export const CommodityQuery = Type.Object(
  { administration: optional(AdministrationCode), date: optional(LegalDate), origin: optional(Type.String({ pattern: '^[A-Z]{2}$' })), language },
  closed,
)
export const CommodityChoice = Type.Object(
  {
    code: text(10),
    name: text(500),
    path: Type.Array(text(500)),
    declarable: Type.Boolean(),
    duty: optional(text(200, 'rate of duty for third countries')),
    supplementaryUnit: optional(text(12)),
  },
  closed,
)
export type CommodityChoice = Static<typeof CommodityChoice>
export const MeasureView = Type.Object(
  {
    id: text(40),
    type: text(3),
    taxType: text(3),
    area: text(4),
    preferences: Type.Array(text(3)),
    additionalCode: optional(text(4)),
    text: text(500),
    supplementaryUnit: optional(text(12)),
    source: text(100),
  },
  closed,
)
export const CommodityView = Type.Object(
  {
    code: text(10),
    name: text(500),
    path: Type.Array(text(500)),
    declarable: Type.Boolean(),
    supplementaryUnit: optional(text(12)),
    documents: Type.Array(text(40)),
    measures: Type.Array(MeasureView),
  },
  closed,
)
export type CommodityView = Static<typeof CommodityView>
