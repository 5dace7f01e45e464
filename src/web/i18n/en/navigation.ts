/** Entries of the navigation, of all features: there from the first moment, so that the frame need not wait for a feature. */
export default {
  audit: 'Journal',
  cash: 'Cash desk',
  declarations: 'Declarations',
  drafts: 'Drafts',
  examinations: 'Examinations',
  exit: 'Exit',
  findCode: 'Find a code',
  inbox: 'Inbox',
  mandates: 'Mandates',
  organisations: 'Organisations',
  payments: 'Payments',
  people: 'People',
  today: 'Today',
  work: 'Work',
} as const
