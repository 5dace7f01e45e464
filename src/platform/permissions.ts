/**
 * Who acts. Built by identity from a session or an API key on every request, so that a leaver's next request already fails.
 * `offices` limits officers ('*' = the whole country); `organisationId` limits traders; `represents` are the organisations
 * whose mandate is in force now, the own one included.
 */
export type Principal = {
  personId: string
  name: string
  sessionId: string
  roles: string[]
  permissions: ReadonlySet<string>
  offices: readonly string[] | '*'
  /** where each permission holds, when roles differ between offices; absent = wherever `offices` says */
  officesByPermission?: ReadonlyMap<string, readonly string[] | '*'>
  homeOffice: string | null
  organisationId: string | null
  organisationRegistration: string | null
  represents: readonly { organisationId: string; registration: string; scope: 'all' | 'import' | 'export' }[]
  steppedUpUntil: string | null
  channel: 'web' | 'api' | 'cli' | 'system'
}

/** What a route may ask for: nothing, any signed-in person, or one named permission. */
export type Required = 'public' | 'signed-in' | `${string}:${string}:${string}`

/** Topics of live news, each with the permissions of which any one is enough to hear of it. */
export type Topics = Readonly<Record<string, readonly Required[]>>

/** Unknown means no. */
export const allows = (principal: Principal | null, required: Required): boolean =>
  required === 'public' || (principal !== null && (required === 'signed-in' || principal.permissions.has(required)))

/** May this person act at the office? With a permission: may they do just that there (somebody may be supervisor here and officer there). */
export const officeAllowed = (principal: Principal, office: string, permission?: string): boolean => {
  const offices = permission && principal.officesByPermission ? (principal.officesByPermission.get(permission) ?? []) : principal.offices
  return offices === '*' || offices.includes(office)
}

/** The automatic parts of the administration (assessment, simulator, jobs) act under their own name. */
export const systemPrincipal = (name: string): Principal => ({
  personId: '00000000-0000-7000-8000-000000000000',
  name,
  sessionId: '',
  roles: ['system'],
  permissions: new Set(),
  offices: '*',
  homeOffice: null,
  organisationId: null,
  organisationRegistration: null,
  represents: [],
  steppedUpUntil: null,
  channel: 'system',
})
