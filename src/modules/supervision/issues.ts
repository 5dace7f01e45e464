import type { Catalogue } from '#platform/catalogue.ts'

/** What supervision refuses. Texts live in i18n under the same code. */
export const issues: Catalogue = {
  'supervision.trip_unknown': { status: 404 },
  'supervision.alarm_unknown': { status: 404 },
  'supervision.alarm_acknowledged': { status: 409 },
  'supervision.alarm_ends_itself': { status: 422 },
  'supervision.device_unknown': { status: 404 },
  'supervision.device_known': { status: 409 },
  'supervision.corridor_unknown': { status: 404 },
  'supervision.checkpoint_unknown': { status: 422 },
  'supervision.checkpoint_passed': { status: 409 },
  'supervision.seal_in_use': { status: 409 },
  'supervision.seal_not_issued': { status: 422 },
  'supervision.seal_factory_password': { status: 422 },
  'supervision.seal_silent': { status: 422 },
  'supervision.seal_not_locked': { status: 422 },
  'supervision.seal_elsewhere': { status: 422 },
  'supervision.seal_battery_low': { status: 422 },
  'supervision.window_empty': { status: 422 },
  'supervision.second_person_missing': { status: 422 },
  'supervision.not_authorised': { status: 422 },
  'supervision.critical_open': { status: 409 },
  'supervision.reason_missing': { status: 422 },
  'supervision.not_possible_now': { status: 409 },
  'supervision.protocol_unknown': { status: 422 },
}
