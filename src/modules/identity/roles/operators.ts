/** Roles: who files, and who drives what others file. */
import { decides, role, type RoleDefinition } from './define.ts'

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

export const operators = {
  trader: role('organisation', 'trader', ownAffairs, [...decides, 'auditor', 'administrator']),
  broker: role('organisation', 'broker', ownAffairs, [...decides, 'auditor', 'administrator']),
  // drives what others declare: sees its own sealed trips and nothing of the goods' declarations
  carrier: role('organisation', 'carrier', ['supervision:trip:read-own'], [...decides, 'auditor', 'administrator']),
} as const satisfies Record<string, RoleDefinition>
