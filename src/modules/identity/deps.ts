import { legalDate } from '#kernel/time.ts'
import type { Deps } from '#platform/module.ts'

/** What identity is given besides: the names of offices (reference data lie at the same rank, so app.ts hands them in) and the zone of legal dates. */
export type IdentityDeps = Deps & { officeName?: (code: string) => string | undefined; timeZone?: string }

export const today = (deps: IdentityDeps, at: string): string => legalDate(at, deps.timeZone ?? 'UTC')
