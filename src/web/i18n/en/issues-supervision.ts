/** Trips under electronic seals: what is wrong, and what to do. */
export const supervisionIssues = {
  'supervision.trip_unknown': { text: 'There is no such trip, or it is not of your offices.', fix: 'Load the list again.' },
  'supervision.alarm_unknown': { text: 'There is no such alarm, or it is not of your offices.', fix: 'Load the list again.' },
  'supervision.alarm_acknowledged': { text: '{{by}} has acknowledged this alarm already.', fix: 'Load it again to read the reason.' },
  'supervision.alarm_ends_itself': {
    text: 'An alarm of kind {{kind}} ends when its cause ends, and nobody closes it.',
    fix: 'Acknowledge it instead, with what you know.',
  },
  'supervision.device_unknown': { text: 'Device {{id}} is not registered for this use.', fix: 'Check the number, or register the device first.' },
  'supervision.device_known': { text: 'Device {{id}}, or a number it reports under, is registered already.', fix: 'Look for it in the register.' },
  'supervision.corridor_unknown': { text: 'There is no corridor {{id}}.', fix: 'Choose one from the list, or add it first.' },
  'supervision.checkpoint_unknown': { text: 'Checkpoint {{id}} is not on this corridor.', fix: 'Choose one of the corridor.' },
  'supervision.checkpoint_passed': { text: 'Checkpoint {{id}} has been recorded for this trip.', fix: 'Nothing is left to record.' },
  'supervision.seal_in_use': { text: 'Seal {{id}} is on another trip that is not over.', fix: 'Take another seal, or finish that trip.' },
  'supervision.seal_not_issued': { text: 'The seal is {{state}} and not issued.', fix: 'Issue the seal to the departing office first.' },
  'supervision.seal_factory_password': { text: 'The seal still has the password of its maker.', fix: 'Change the password and record that.' },
  'supervision.seal_silent': { text: 'The seal has not reported since arming was asked for.', fix: 'Wake the seal, and wait for its report.' },
  'supervision.seal_not_certified': {
    text: 'The model of this seal holds no certificate of conformance.',
    fix: 'Take a seal of a certified model, or have the model tested.',
  },
  'supervision.seal_rope_out': { text: 'The seal reports that its rope is out.', fix: 'Insert the rope until it locks, and wait for the report.' },
  'supervision.seal_cover_open': { text: 'The seal reports that its back cover is open.', fix: 'Close the cover, or take another seal.' },
  'supervision.seal_clock_wrong': {
    text: 'The clock of the seal is {{seconds}} seconds off.',
    fix: 'Wait until the seal has set its clock by satellite, and for its next report.',
  },
  'supervision.seal_unsent': {
    text: 'The seal still keeps {{count}} records from before.',
    fix: 'Leave it connected until it has sent them; arming follows by itself.',
  },
  'supervision.seal_unsent_unknown': {
    text: 'The seal has not said yet whether it keeps records from before.',
    fix: 'Wait a moment; arming follows by itself.',
  },
  'supervision.seal_not_arrived': {
    text: 'By its reports of the last ten minutes the seal is not at {{office}}.',
    fix: 'Wait for a report from there. Where the seal can report no more, report an incident.',
  },
  'supervision.unlock_unknown': {
    text: 'This seal cannot be opened from afar by {{method}} password.',
    fix: 'Choose the other way, or open it with a card.',
  },
  'supervision.password_unknown': { text: 'The password of seal {{id}} is not known here.', fix: 'Enter the password that was set at the seal.' },
  'supervision.commands_untold': {
    text: 'Devices of protocol {{protocol}} do not answer commands, so that nobody would know what became of one.',
    fix: 'Set it at the device itself.',
  },
  'supervision.command_gone': { text: 'This command has been sent already or is over.', fix: 'Load the list again.' },
  'supervision.fence_ring': { text: 'A fence needs from 3 to {{most}} places, each as longitude and latitude in degrees.', fix: 'Correct its line.' },
  'supervision.office_unknown': { text: 'There is no office {{office}}.', fix: 'Choose one from the list.' },
  'supervision.person_unknown': { text: '{{name}} is not known as somebody who may do that there.', fix: 'Choose one of the people in the list.' },
  'supervision.guarantee_incomplete': {
    text: 'A guarantee needs its reference, its amount and its holder.',
    fix: 'Fill in all three, or none of them.',
  },
  'supervision.officer_decides': {
    text: 'Something speaks against an automatic discharge of this trip.',
    fix: 'Look at its alarms and reports, and discharge it with a reason.',
  },
  'supervision.seal_not_locked': {
    text: 'The seal does not report that it is locked.',
    fix: 'Insert the rope until it locks, and wait for the report.',
  },
  'supervision.seal_elsewhere': {
    text: 'The seal is not at the start of {{corridor}}.',
    fix: 'Bring it there, or choose the corridor that starts here.',
  },
  'supervision.seal_battery_low': {
    text: 'The battery holds {{percent}} % of the {{least}} % that are needed.',
    fix: 'Charge the seal or take another.',
  },
  'supervision.window_empty': { text: 'The permission ends before it begins.', fix: 'Correct its two times.' },
  'supervision.second_person_missing': { text: 'This needs two different people.', fix: 'Name the other person.' },
  'supervision.not_authorised': { text: 'Nobody has permitted the opening of this seal now.', fix: 'Have the opening authorised first.' },
  'supervision.critical_open': { text: '{{count}} critical alarms of this trip are open.', fix: 'Look into each and close it with a reason.' },
  'supervision.reason_missing': { text: 'A reason is needed here.', fix: 'Write in a sentence why you decide this.' },
  'supervision.not_possible_now': {
    text: '{{command}} is not possible while the trip is {{status}}.',
    fix: 'Load the trip again and see what comes next.',
  },
  'supervision.protocol_unknown': { text: 'There is no protocol {{protocol}}.', fix: 'Choose one of those that `seal protocols` lists.' },
  'supervision.model_unknown': {
    text: 'There is no device model {{vendor}} {{model}} of protocol {{protocol}}.',
    fix: 'Register a device of it first.',
  },
  'supervision.capture_of_other_protocol': {
    text: 'A capture is not of protocol {{protocol}}.',
    fix: 'Hand in captures of this model only.',
  },
} as const
