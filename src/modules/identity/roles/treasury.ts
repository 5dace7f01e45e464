/** Roles: who takes money, keeps the books, and gives up or pays back. */
import { outside, role, type RoleDefinition } from './define.ts'

export const treasury = {
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
} as const satisfies Record<string, RoleDefinition>
