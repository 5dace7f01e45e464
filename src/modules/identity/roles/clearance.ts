/** Roles: who decides on declared goods. */
import { outside, reading, role, type RoleDefinition, treasurers } from './define.ts'

const assessing = [
  ...reading,
  'clearance:control:record',
  'clearance:control:documentary',
  'clearance:declaration:release',
  'clearance:declaration:decide-request',
  'clearance:lane:raise',
] as const

export const clearance = {
  officer: role('office', 'officer', assessing, [...outside, ...treasurers, 'auditor', 'administrator']),
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
    [...outside, ...treasurers, 'auditor', 'administrator'],
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
      'risk:capacity:read',
      'risk:capacity:propose',
      'audit:journal:read',
    ],
    [...outside, ...treasurers, 'auditor', 'administrator'],
  ),
} as const satisfies Record<string, RoleDefinition>
