/** Roles: who chooses what is looked at, of customs and of other agencies. */
import { outside, role, type RoleDefinition } from './define.ts'

/** Criteria, what they did, who is behind a firm: for those whose work is to choose what is looked at. */
const targeting = [
  'risk:profile:read',
  'risk:decision:read',
  'risk:result:read',
  'risk:entity:read',
  'risk:model:read',
  'risk:referral:read',
  'risk:capacity:read',
  'compliance:authorisation:read',
  'clearance:declaration:read',
] as const

export const risk = {
  // writes criteria, proposes lists, rates and models; what it writes another person puts into force
  'risk-analyst': role(
    'country',
    'risk_analyst',
    [
      ...targeting,
      'risk:profile:write',
      'risk:proposal:make',
      'risk:model:train',
      'risk:capacity:propose',
      'compliance:authorisation:propose',
      'risk:entity:note',
      'risk:alarm:close',
    ],
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
      'risk:capacity:propose',
      'compliance:authorisation:approve',
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
    [
      'risk:profile:read',
      'risk:profile:approve',
      'risk:decision:read',
      'risk:result:read',
      'risk:proposal:approve',
      'risk:referral:read',
      'risk:alarm:close',
    ],
    [...outside, 'agency-analyst', 'auditor', 'administrator'],
  ),
} as const satisfies Record<string, RoleDefinition>
