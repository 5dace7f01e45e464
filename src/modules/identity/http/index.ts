import type { Route } from '#platform/http.ts'
import type { IdentityDeps } from '../deps.ts'
import { accountRoutes } from './account.ts'
import { demoRoutes } from './demo.ts'
import { invitationRoutes } from './invitations.ts'
import { keyRoutes } from './keys.ts'
import { mandateRoutes } from './mandates.ts'
import { organisationRoutes } from './organisations.ts'
import { peopleRoutes } from './people.ts'
import { sessionRoutes } from './session.ts'

/** Every route of identity. */
export const routes = (deps: IdentityDeps): Route[] => [
  ...sessionRoutes(deps),
  ...accountRoutes(deps),
  ...keyRoutes(deps),
  ...mandateRoutes(deps),
  ...organisationRoutes(deps),
  ...peopleRoutes(deps),
  ...invitationRoutes(deps),
  ...demoRoutes(deps),
]
