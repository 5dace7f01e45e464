/** Roles: who sees goods on the road: at the exit, in the control room, beside a sealed lorry. */
import { outside, reading, role, type RoleDefinition } from './define.ts'

export const movement = {
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
} as const satisfies Record<string, RoleDefinition>
