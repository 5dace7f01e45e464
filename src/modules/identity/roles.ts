/**
 * Roles and what they permit: the one table that the server's guard, the screens' buttons, the administration of people and the
 * permission tests read. A permission is `module:noun:verb`; what is not listed is denied.
 */
import { clearance } from './roles/clearance.ts'
import { inspection } from './roles/inspection.ts'
import { movement } from './roles/movement.ts'
import { operators } from './roles/operators.ts'
import { oversight } from './roles/oversight.ts'
import { risk } from './roles/risk.ts'
import { treasury } from './roles/treasury.ts'
import type { RoleDefinition } from './roles/define.ts'

export const roles = {
  ...operators,
  ...clearance,
  ...treasury,
  ...movement,
  ...inspection,
  ...risk,
  ...oversight,
} as const satisfies Record<string, RoleDefinition>

export type RoleName = keyof typeof roles
export const roleNames = Object.keys(roles) as RoleName[]

export const isRole = (name: string): name is RoleName => Object.hasOwn(roles, name)

/** Every permission that some role holds, sorted. */
export const permissions: readonly string[] = [...new Set(roleNames.flatMap((name) => roles[name].permissions as readonly string[]))].sort()

/** The union of what these roles permit; an unknown role permits nothing. */
export const permissionsOf = (names: readonly string[]): Set<string> =>
  new Set(names.flatMap((name) => (isRole(name) ? (roles[name].permissions as readonly string[]) : [])))
