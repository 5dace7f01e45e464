/** What authorisations are refused with, and what to do. */
export const complianceIssues = {
  'compliance.holder_unknown': {
    text: 'The register of operators has no {{holder}}.',
    fix: 'Check the registration, or register the operator first.',
  },
  'compliance.validity': { text: 'It ends before it begins.', fix: 'Give the later day as its last one, or leave it empty for no end.' },
  'compliance.held_already': {
    text: '{{holder}} has an authorisation {{kind}} that is proposed, granted or suspended.',
    fix: 'Change that one, or propose another kind.',
  },
  'compliance.authorisation_unknown': { text: 'There is no such authorisation.', fix: 'Look for it in the list of authorised operators.' },
  'compliance.not_possible_now': {
    text: 'This is not possible while the authorisation is {{status}}, or while a change of it waits.',
    fix: 'Read it again and look at what may be done now.',
  },
  'compliance.second_person_needed': { text: 'You asked for this change yourself.', fix: 'Let another person approve or reject it.' },
} as const
