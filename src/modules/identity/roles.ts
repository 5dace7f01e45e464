/**
 * Roles and what they permit: the one table that the server's guard, the screens' buttons, the administration of people and the
 * permission tests read. A permission is `module:noun:verb`; what is not listed is denied.
 */
const ownAffairs = [
  'clearance:declaration:draft',
  'clearance:declaration:lodge',
  'clearance:declaration:amend',
  'clearance:declaration:invalidate',
  'clearance:declaration:read-own',
  'clearance:notification:read',
  'duty:payment:make',
  'duty:account:read-own',
  'duty:refund:request',
  'duty:plan:request',
  'identity:mandate:manage-own',
  'identity:organisation:manage-own',
  'risk:referral:answer',
] as const
const reading = ['clearance:declaration:read', 'clearance:work:read', 'trade:quota:read', 'trade:licence:read'] as const
const assessing = [
  ...reading,
  'clearance:control:record',
  'clearance:control:documentary',
  'clearance:declaration:release',
  'clearance:declaration:decide-request',
  'clearance:lane:raise',
] as const

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

/** Criteria, what they did, who is behind a firm: for those whose work is to choose what is looked at. */
const targeting = [
  'risk:profile:read',
  'risk:decision:read',
  'risk:result:read',
  'risk:entity:read',
  'risk:model:read',
  'risk:referral:read',
  'clearance:declaration:read',
] as const

const treasury = ['cashier', 'accountant', 'revenue-manager'] as const
const decides = [
  'officer',
  'examiner',
  'supervisor',
  ...treasury,
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
const outside = ['trader', 'broker', 'carrier'] as const

const role = (scope: RoleDefinition['scope'], label: string, permissions: readonly Permission[], excludes: readonly string[]): RoleDefinition => ({
  label: `identity.role.${label}`,
  scope,
  permissions,
  excludes,
})

export const roles = {
  trader: role('organisation', 'trader', ownAffairs, [...decides, 'auditor', 'administrator']),
  broker: role('organisation', 'broker', ownAffairs, [...decides, 'auditor', 'administrator']),
  // drives what others declare: sees its own sealed trips and nothing of the goods' declarations
  carrier: role('organisation', 'carrier', ['supervision:trip:read-own'], [...decides, 'auditor', 'administrator']),
  officer: role('office', 'officer', assessing, [...outside, ...treasury, 'auditor', 'administrator']),
  examiner: role(
    'office',
    'examiner',
    [
      ...reading,
      'clearance:control:record',
      'clearance:control:physical',
      'inspection:image:read',
      'inspection:finding:read',
      'inspection:case:read',
      'inspection:case:open',
      'inspection:tray:read',
      'inspection:gate:acknowledge',
    ],
    [...outside, ...treasury, 'auditor', 'administrator'],
  ),
  supervisor: role(
    'office',
    'supervisor',
    [
      ...assessing,
      'clearance:declaration:approve-release',
      'clearance:declaration:invalidate-officer',
      'clearance:lane:lower',
      'clearance:work:assign',
      'clearance:declaration:seize',
      'audit:journal:read',
    ],
    [...outside, ...treasury, 'auditor', 'administrator'],
  ),
  // who takes the money does not decide what is owed
  cashier: role(
    'office',
    'cashier',
    ['duty:payment:receive', 'duty:account:read', 'clearance:declaration:read'],
    [...outside, 'officer', 'examiner', 'supervisor', 'accountant', 'revenue-manager', 'auditor', 'administrator'],
  ),
  // who keeps the books does not take the money
  accountant: role(
    'country',
    'accountant',
    [
      'duty:account:read',
      'duty:revenue:read',
      'duty:reconciliation:work',
      'duty:refund:review',
      'duty:claim:manage',
      'duty:guarantee:manage',
      'duty:day:close',
      'clearance:declaration:read',
    ],
    [...outside, 'officer', 'examiner', 'supervisor', 'cashier', 'revenue-manager', 'auditor', 'administrator'],
  ),
  // the second person for large refunds, for what is given up, and for instalments
  'revenue-manager': role(
    'country',
    'revenue_manager',
    [
      'duty:account:read',
      'duty:revenue:read',
      'duty:reconciliation:work',
      'duty:refund:review',
      'duty:refund:approve',
      'duty:claim:manage',
      'duty:claim:give-up',
      'duty:plan:decide',
      'duty:guarantee:manage',
      'duty:rate:manage',
      'clearance:declaration:read',
    ],
    [...outside, 'officer', 'examiner', 'supervisor', 'cashier', 'accountant', 'auditor', 'administrator'],
  ),
  'exit-officer': role('office', 'exit_officer', ['clearance:movement:record', ...reading], [...outside, 'auditor', 'administrator']),
  // watches all trips and ends them; whoever arms a seal does not discharge the trip
  'control-room-operator': role(
    'country',
    'control_room_operator',
    [
      'supervision:trip:read',
      'supervision:trip:watch',
      'supervision:trip:discharge',
      'supervision:device:read',
      'supervision:alarm:acknowledge',
      'supervision:alarm:close',
      'supervision:seal:command',
      'supervision:incident:lead',
      'supervision:incident:work',
      'supervision:corridor:manage',
      'supervision:model:certify',
    ],
    [...outside, 'escort-officer', 'auditor', 'administrator'],
  ),
  'escort-officer': role(
    'office',
    'escort_officer',
    [
      'supervision:trip:read',
      'supervision:trip:plan',
      'supervision:seal:work',
      'supervision:seal:authorise',
      'supervision:seal:command',
      'supervision:incident:work',
      'supervision:device:read',
      'supervision:device:manage',
    ],
    [...outside, 'control-room-operator', 'auditor', 'administrator'],
  ),
  // makes the images and reads none of them
  'scanner-operator': role(
    'office',
    'scanner_operator',
    [
      'inspection:image:store',
      'inspection:image:read',
      'inspection:scanner:read',
      'inspection:tray:read',
      'inspection:gate:report',
      'inspection:gate:acknowledge',
    ],
    [...outside, 'image-analyst', 'image-supervisor', 'auditor', 'administrator'],
  ),
  'image-analyst': role(
    'office',
    'image_analyst',
    ['inspection:image:read', 'inspection:finding:read', 'inspection:scanner:read', 'inspection:case:read', 'inspection:case:work'],
    [...outside, 'scanner-operator', 'image-supervisor', 'auditor', 'administrator'],
  ),
  // watches how well people and models read, and therefore does not read in the queue himself
  'image-supervisor': role(
    'office',
    'image_supervisor',
    [
      'inspection:image:read',
      'inspection:finding:read',
      'inspection:finding:request',
      'inspection:scanner:read',
      'inspection:scanner:manage',
      'inspection:threshold:manage',
      'inspection:image:bind',
      'inspection:case:read',
      'inspection:case:oversee',
      'inspection:case:adjudicate',
      'inspection:figures:read',
      'inspection:reader:manage',
      'inspection:tip:manage',
      'inspection:setting:manage',
      'inspection:risk:note',
      'inspection:tray:read',
      'inspection:gate:acknowledge',
    ],
    [...outside, 'scanner-operator', 'image-analyst', 'auditor', 'administrator'],
  ),
  // writes criteria, proposes lists, rates and models; what it writes another person puts into force
  'risk-analyst': role(
    'country',
    'risk_analyst',
    [...targeting, 'risk:profile:write', 'risk:proposal:make', 'risk:model:train', 'risk:entity:note', 'risk:alarm:close'],
    [...outside, 'risk-head', 'auditor', 'administrator'],
  ),
  // chooses among what arrives next, asks before it is loaded, and may act alone for a day
  'targeting-officer': role(
    'country',
    'targeting_officer',
    [...targeting, 'risk:profile:write', 'risk:profile:emergency', 'risk:referral:issue', 'risk:entity:note'],
    [...outside, 'risk-head', 'auditor', 'administrator'],
  ),
  'risk-head': role(
    'country',
    'risk_head',
    [
      ...targeting,
      'risk:profile:approve',
      'risk:proposal:make',
      'risk:proposal:approve',
      'risk:model:rollback',
      'risk:referral:issue',
      'risk:alarm:close',
    ],
    [...outside, 'risk-analyst', 'targeting-officer', 'auditor', 'administrator'],
  ),
  // another agency at the border: its own criteria on the same stream, and of customs nothing but the joint result
  'agency-analyst': role(
    'country',
    'agency_analyst',
    [
      'risk:profile:read',
      'risk:profile:write',
      'risk:decision:read',
      'risk:result:read',
      'risk:proposal:make',
      'risk:referral:read',
      'risk:referral:issue',
    ],
    [...outside, 'agency-head', 'auditor', 'administrator'],
  ),
  'agency-head': role(
    'country',
    'agency_head',
    ['risk:profile:read', 'risk:profile:approve', 'risk:decision:read', 'risk:result:read', 'risk:proposal:approve', 'risk:referral:read'],
    [...outside, 'agency-analyst', 'auditor', 'administrator'],
  ),
  // changes the law's figures, never a case; what one proposes another puts into force
  'tariff-officer': role(
    'country',
    'tariff_officer',
    [
      'trade:tariff:read',
      'trade:tariff:propose',
      'trade:tariff:activate',
      'trade:quota:read',
      'trade:quota:manage',
      'trade:quota:approve',
      'trade:licence:read',
      'trade:licence:manage',
    ],
    [...outside, 'auditor', 'administrator'],
  ),
  auditor: role(
    'country',
    'auditor',
    [
      'audit:journal:read',
      'audit:journal:verify',
      'trade:tariff:read',
      'risk:secret:audit',
      'risk:profile:read',
      'risk:decision:read',
      'risk:result:read',
      'risk:model:read',
      ...reading,
    ],
    [...outside, ...decides, 'administrator'],
  ),
  // administers access and reference data, and therefore never decides on goods or money
  administrator: role(
    'country',
    'administrator',
    ['identity:person:manage', 'identity:organisation:manage', 'reference:data:manage'],
    [...outside, ...decides, 'auditor'],
  ),
} as const satisfies Record<string, RoleDefinition>

export type RoleName = keyof typeof roles
export const roleNames = Object.keys(roles) as RoleName[]

export const isRole = (name: string): name is RoleName => Object.hasOwn(roles, name)

/** Every permission that some role holds, sorted. */
export const permissions: readonly string[] = [...new Set(roleNames.flatMap((name) => roles[name].permissions as readonly string[]))].sort()

/** The union of what these roles permit; an unknown role permits nothing. */
export const permissionsOf = (names: readonly string[]): Set<string> =>
  new Set(names.flatMap((name) => (isRole(name) ? (roles[name].permissions as readonly string[]) : [])))
