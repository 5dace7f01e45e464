import type { Catalogue } from '#platform/catalogue.ts'

/** What supervision refuses or remarks. Texts live in i18n under the same code. */
export const issues: Catalogue = {
  // frames
  'supervision.protocol_unknown': { status: 422 },
  'supervision.frame_invalid': { status: 422 },
  'supervision.frame_broken': { status: 422 },
  'supervision.frame_incomplete': { status: 422 },
  'supervision.frame_too_long': { status: 413 },
  'supervision.checksum_wrong': { status: 422 },
  'supervision.bytes_skipped': { status: 422 },
  'supervision.message_unknown': { status: 422 },
  'supervision.device_missing': { status: 422 },
  // commands
  'supervision.command_unknown': { status: 422 },
  'supervision.command_parameter': { status: 422 },
  'supervision.commands_none': { status: 422 },
}
