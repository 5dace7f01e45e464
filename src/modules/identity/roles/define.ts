/** What a role is, and the permissions and roles that several of them name. */
type Permission = `${string}:${string}:${string}`

export type RoleDefinition = {
  /** i18n key of the role's name */
  label: string
  /** where an assignment holds: in the person's organisation, at one office or (no office given) in the whole country */
  scope: 'organisation' | 'office' | 'country'
  permissions: readonly Permission[]
  /** roles that the same person may not hold at the same time (separation of duties) */
  excludes: readonly string[]
}

/** Reading of what traders file, as all do who work on it. */
export const reading = ['clearance:declaration:read', 'clearance:work:read', 'trade:quota:read', 'trade:licence:read'] as const

/** The treasury's roles. */
export const treasurers = ['cashier', 'accountant', 'revenue-manager'] as const
/** Roles of officers, who decide. */
export const decides = [
  'officer',
  'examiner',
  'supervisor',
  ...treasurers,
  'exit-officer',
  'tariff-officer',
  'control-room-operator',
  'escort-officer',
  'image-analyst',
  'image-supervisor',
  'scanner-operator',
  'risk-analyst',
  'targeting-officer',
  'risk-head',
  'agency-analyst',
  'agency-head',
] as const
/** Roles of operators, about whom is decided. */
export const outside = ['trader', 'broker', 'carrier'] as const

export const role = (
  scope: RoleDefinition['scope'],
  label: string,
  permissions: readonly Permission[],
  excludes: readonly string[],
): RoleDefinition => ({
  label: `identity.role.${label}`,
  scope,
  permissions,
  excludes,
})
