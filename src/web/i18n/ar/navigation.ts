export default {
  audit: 'السجل',
  cash: 'الصندوق',
  examinations: 'المعاينات',
  exit: 'الخروج',
  organisations: 'الشركات',
  people: 'الأشخاص',
  work: 'العمل',
}
