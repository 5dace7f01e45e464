/** Roles: who writes the tariff, audits, and administers access. */
import { decides, outside, reading, role, type RoleDefinition } from './define.ts'

export const oversight = {
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
      'risk:capacity:read',
      'compliance:authorisation:read',
      ...reading,
    ],
    [...outside, ...decides, 'administrator'],
  ),
  // administers access and reference data, and therefore never decides on goods or money
  administrator: role(
    'country',
    'administrator',
    ['identity:person:manage', 'identity:organisation:manage', 'reference:data:manage', 'compliance:authorisation:read'],
    [...outside, ...decides, 'auditor'],
  ),
} as const satisfies Record<string, RoleDefinition>
