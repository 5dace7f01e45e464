/** The image centre and sorting: what is wrong, and what to do. */
export const imageCentreIssues = {
  'inspection.case_unknown': { text: 'There is no such image case, or it is not of your offices.', fix: 'Load the list again.' },
  'inspection.not_possible_now': {
    text: 'This cannot be done now ({{command}}): the case stands at “{{status}}”.',
    fix: 'Load the case again to see what can be done.',
  },
  'inspection.own_reading': { text: '{{by}} has read this image already, and nobody reads an image twice.', fix: 'Leave it to somebody else.' },
  'inspection.own_image': { text: '{{by}} took this image, and whoever took an image does not read it.', fix: 'Leave it to somebody else.' },
  'inspection.class_missing': { text: 'Suspect of what is not said.', fix: 'Choose at least one kind of thing that you see.' },
  'inspection.mark_outside': { text: 'A mark ({{kind}}) lies on no image of this case.', fix: 'Remove it and draw it again on the image.' },
  'inspection.reason_missing': { text: 'The reason is missing or too short.', fix: 'Write why, in a few words.' },
  'inspection.tip_unknown': { text: 'This practice image is no longer in the library.', fix: 'Give it back and take the next one.' },
  'inspection.tip_has_no_effect': { text: 'This is a practice image: nothing follows from it.', fix: 'There is nothing to open.' },
  'inspection.tip_not_projected': {
    text: 'Image {{id}} was not stored as one with a projected object.',
    fix: 'Store it as a practice image first; an image of a traveller’s bag can never become one.',
  },
  'inspection.tip_known': { text: 'Image {{id}} is in the library already.', fix: 'Look for it in the library.' },
  'inspection.past_column_missing': { text: 'The file has no column “{{column}}”.', fix: 'Name the column in the first line, as written here.' },
  'inspection.past_cell': {
    text: 'Row {{row}}: “{{value}}” is no value of the column “{{column}}”.',
    fix: 'Images must stand in the library, teams be senior, intermediate or trainee, decisions clear or suspect, confidence 1 to 5, times past.',
  },
  'inspection.past_twice': { text: 'Row {{row}}: {{reader}} has read image {{id}} in this file already.', fix: 'Keep the first reading of it.' },
  'inspection.not_a_reader': { text: '{{name}} is not registered as a reader of images.', fix: 'Ask the head of the image room.' },
  'inspection.not_claimed': { text: 'You do not hold this case.', fix: 'Take it, or take the next one: somebody else may have it now.' },
  'inspection.claimed': { text: '{{by}} is looking at this image.', fix: 'Take another one.' },
  'inspection.not_yours': {
    text: '{{name}} may not read this image: not trained for it, has read it before, or took it.',
    fix: 'Take the next one of the queue.',
  },
  'inspection.match_alert_unknown': { text: 'There is no such alert, or it is not of your offices.', fix: 'Load the list again.' },
  'inspection.match_alert_acknowledged': { text: 'Somebody has acknowledged this alert already.', fix: 'Load it again to read what became of it.' },
  'inspection.gate_alarm_unknown': { text: 'There is no such alarm, or it is not of your offices.', fix: 'Load the list again.' },
  'inspection.gate_alarm_acknowledged': { text: 'Somebody has acknowledged this alarm already.', fix: 'Load it again to read what became of it.' },
  'inspection.tag_unknown': { text: 'There is no tag {{number}} at your offices.', fix: 'Check the number.' },
} as const
