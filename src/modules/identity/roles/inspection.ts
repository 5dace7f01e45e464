/** Roles: who runs scanners and reads their images. */
import { outside, role, type RoleDefinition } from './define.ts'

export const inspection = {
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
    [
      'inspection:image:read',
      'inspection:finding:read',
      'inspection:scanner:read',
      'inspection:case:read',
      'inspection:case:work',
      'inspection:board:read',
    ],
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
      'inspection:board:read',
      'inspection:figures:read',
      'inspection:reader:manage',
      'inspection:tip:manage',
      'inspection:reading:import',
      'inspection:setting:manage',
      'inspection:risk:note',
      'inspection:declared:note',
      'inspection:tray:read',
      'inspection:gate:acknowledge',
    ],
    [...outside, 'scanner-operator', 'image-analyst', 'auditor', 'administrator'],
  ),
} as const satisfies Record<string, RoleDefinition>
