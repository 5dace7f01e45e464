/** Entries of the navigation, of all features: there from the first moment, so that the frame need not wait for a feature. */
export default {
  audit: 'Journal',
  cash: 'Cash desk',
  examinations: 'Examinations',
  exit: 'Exit',
  organisations: 'Organisations',
  people: 'People',
  work: 'Work',
} as const
