/** Requests and commands: what is wrong, and what to do. */
export const commandsIssues = {
  'clearance.amendment_empty': {
    text: 'The request names nothing to be changed.',
    fix: 'Point to each element that changes and give its new content.',
  },
  'clearance.amendment_pointer_missing': {
    text: 'Change {{change}} does not point to an element.',
    fix: 'Add the pointer from the declaration to the element.',
  },
  'clearance.amendment_target_unknown': {
    text: 'Change {{change}} points to {{pointer}}, which this declaration does not have.',
    fix: 'Check classes, tags and sequence numbers against the latest version.',
  },
  'clearance.amendment_value_missing': {
    text: 'Change {{change}} points to {{pointer}}, but the message brings no content for it and there is none to remove.',
    fix: 'Bring the new content at the same place.',
  },
  'clearance.amendment_of_identity': {
    text: 'A declaration keeps its type, its reference and its declarant.',
    fix: 'Invalidate it and lodge a new one instead.',
  },
  'clearance.already_arrived': { text: 'The goods have been presented already.', fix: 'Nothing is left to do.' },
  'clearance.consignment_unknown': {
    text: 'No declaration names the consignment {{reference}}.',
    fix: 'Check the reference, or wait until the declaration is lodged.',
  },
  'clearance.control_closed': { text: 'This control is closed.', fix: 'Look at its result.' },
  'clearance.control_not_discrepant': { text: 'This control found no discrepancy that could be settled.', fix: 'Nothing is left to do.' },
  'clearance.control_unknown': { text: 'There is no such control on this declaration.', fix: 'Open the declaration again.' },
  'clearance.declaration_unknown': { text: 'No declaration {{mrn}} that you may see exists.', fix: 'Check the number.' },
  'clearance.draft_changed_elsewhere': { text: 'This draft was changed in another window.', fix: 'Load it again before you go on.' },
  'clearance.draft_unknown': { text: 'This draft is gone.', fix: 'Go back to your drafts.' },
  'clearance.exit_is_for_exports': { text: 'Only exports leave the territory.', fix: 'Check the number of the declaration.' },
  'clearance.end_is_for_transits': { text: 'Only a transit ends at an office of destination.', fix: 'Check the number of the declaration.' },
  'clearance.transit_ended': { text: 'This transit has ended already ({{outcome}}).', fix: 'Nothing is to be done.' },
  'clearance.transit_under_seal': {
    text: 'A trip under seal goes on with the goods of {{mrn}}.',
    fix: 'End that trip; the declaration is written off with it.',
  },
  'clearance.transit_under_way': {
    text: 'The goods of {{mrn}} are released for transit; their declaration can no longer be changed or withdrawn.',
    fix: 'Present the goods at the office of destination, or tell the office of departure what happened.',
  },
  'clearance.exit_on_hold': { text: 'The goods are held; they may not leave.', fix: 'Settle the control first.' },
  'clearance.findings_missing': { text: 'A discrepancy needs at least one finding.', fix: 'Write down what differs from the declaration.' },
  'clearance.lane_not_higher': { text: 'The declaration is on the {{lane}} lane already.', fix: 'Choose a stronger lane.' },
  'clearance.lane_not_lower': { text: 'The declaration is on the green lane.', fix: 'Nothing is left to lower.' },
  'clearance.lrn_used': {
    text: 'The local reference number {{lrn}} was used before for other data.',
    fix: 'Use a new reference; to change the first declaration, amend it.',
  },
  'clearance.no_release_proposed': { text: 'Nobody has proposed the release.', fix: 'Propose it; a second officer then approves.' },
  'clearance.no_request': { text: 'No request waits for a decision.', fix: 'Load the declaration again.' },
  'clearance.not_possible_now': {
    text: 'This cannot be done while the declaration is {{status}}.',
    fix: 'Look at the time line for what must happen first.',
  },
  'clearance.nothing_changed': { text: 'The new data are the same as the old.', fix: 'Change what you want to correct.' },
  'clearance.nothing_due': { text: 'Nothing is due.', fix: 'Load the declaration again.' },
  'clearance.nothing_found_to_seize': {
    text: 'Goods can be seized only after a discrepancy or a refusal by an agency was written down.',
    fix: 'Record the control with its findings first.',
  },
  'clearance.notification_unknown': { text: 'There is no such notification in your inbox.', fix: 'Load the inbox again.' },
  'clearance.own_work': { text: 'You lodged, requested or found this yourself; somebody else must decide.', fix: 'Leave it to a colleague.' },
  'clearance.reason_missing': { text: 'A reason is needed.', fix: 'Write why, for the file and for the person concerned.' },
  'clearance.refused_by_agency': {
    text: 'An agency has refused the goods ({{reference}}).',
    fix: 'The release is possible only when the agency lifts its refusal.',
  },
  'clearance.release_already_proposed': { text: '{{by}} has proposed the release.', fix: 'Approve it, if you are another person.' },
  'clearance.request_kind_unknown': {
    text: '“{{type}}” is no kind of request.',
    fix: 'Use COR to amend, INV to invalidate, GPR to present the goods.',
  },
  'clearance.request_pending': { text: 'The request {{lrn}} is not decided yet.', fix: 'Wait for the answer before you send another.' },
  'clearance.requirement_unknown': { text: 'The release does not wait for that.', fix: 'Load the declaration again.' },
  'clearance.second_person_needed': { text: 'The second signature must be another person’s.', fix: 'Ask a colleague.' },
} as const
