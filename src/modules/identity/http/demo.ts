/** One-click sign-ins of the demo country. Outside a demo these addresses answer as if they were not there. */
import { Type } from 'typebox'
import { error } from '#kernel/issue.ts'
import { refuse } from '#kernel/outcome.ts'
import { route, type Route } from '#platform/http.ts'
import { demoPeople } from '../demo/people.ts'
import type { IdentityDeps } from '../deps.ts'
import { DemoSignIn, DemoSignInRow, SessionView } from '../schema.ts'
import { startSession } from './sign-in.ts'
import { activePeople } from '../store/person.ts'
import { fromOf, welcome } from './session.ts'

const notHere = () => refuse(error('request.unknown_address'))

export const demoRoutes = (deps: IdentityDeps): Route[] => [
  route({
    method: 'GET',
    path: '/api/demo/sign-ins',
    permission: 'public',
    summary: 'People of the demo country to sign in as (demo only)',
    tag: 'demo',
    out: Type.Array(DemoSignInRow),
    handler: async () => {
      if (!deps.config.demo) return notHere()
      const there = new Map(
        (
          await activePeople(
            deps.sql,
            demoPeople.map((p) => p.id),
          )
        ).map((p) => [p.id, p]),
      )
      return demoPeople.flatMap((p) => {
        const found = there.get(p.id)
        if (!found) return []
        const place = found.organisation ?? (p.office ? (deps.officeName?.(p.office) ?? p.office) : '')
        return [
          {
            personId: p.id,
            name: found.name,
            role: p.role,
            organisation: place,
            office: p.office ?? null,
            line: p.line,
            lineKey: `identity.demo.${p.key.replaceAll('-', '_')}`,
          },
        ]
      })
    },
  }),
  route({
    method: 'POST',
    path: '/api/demo/sign-in',
    permission: 'public',
    summary: 'Sign in as one of them (demo only)',
    tag: 'demo',
    command: false,
    body: DemoSignIn,
    out: SessionView,
    handler: async ({ body, maybePrincipal, request, reply }) => {
      if (!deps.config.demo || !demoPeople.some((p) => p.id === body.personId)) return notHere()
      const started = await startSession(deps, body.personId, 'demo', fromOf(request))
      return started ? welcome(deps, started, maybePrincipal, request, reply) : notHere()
    },
  }),
]
