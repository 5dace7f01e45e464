/** Route of results: the league of profiles, channels, and estimates of all trade. */
import { Type } from 'typebox'
import { route, type Route } from '#platform/http.ts'
import { home as administration } from '#schema/reference'
import { mayReadProfile } from '../access.ts'
import { channelsOf, estimatesOf, leagueOf } from '../results.ts'
import { Results } from '../schema.ts'
import { readerOf, type Risk } from '../service/live.ts'
import { activeVersions } from '../store/profiles.ts'
import { judged } from '../store/results.ts'
import { closed, daysBefore, tag } from './shared.ts'

const date = Type.String({ pattern: '^\\d{4}-\\d{2}-\\d{2}$' })
/** A profile that hit nothing in so many days is proposed for retirement. */
const usualDays = 90

export const resultRoutes = (r: Risk): Route[] => [
  route({
    method: 'GET',
    path: '/api/risk/results',
    permission: 'risk:result:read',
    summary: 'What examinations taught: profiles by lift over chance, channels, and prevalence and recall of all trade by inverse propensity',
    tag,
    query: Type.Object({ from: Type.Optional(date), to: Type.Optional(date), office: Type.Optional(Type.String({ maxLength: 20 })) }, closed),
    out: Results,
    handler: async ({ query, principal, now }) => {
      const from = query.from ?? daysBefore(now, usualDays).slice(0, 10)
      const to = query.to ?? now.slice(0, 10)
      const rows = await judged(r.deps.sql, administration, { from, to, ...(query.office && { office: query.office }) })
      const living = (await activeVersions(r.deps.sql)).filter(
        (v) => v.content.administration === administration && mayReadProfile(readerOf(principal), v),
      )
      const inside = principal.permissions.has('risk:model:read')
      return {
        from,
        to,
        currency: (await r.currency(administration)).code,
        league: leagueOf(
          rows,
          living.map((v) => v.code),
        ),
        channels: inside ? channelsOf(rows) : [],
        estimates: inside ? estimatesOf(rows) : null,
      }
    },
  }),
]
