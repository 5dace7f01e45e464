export default {
  audit: 'Journal',
  cash: 'Caisse',
  examinations: 'Visites',
  exit: 'Sortie',
  organisations: 'Entreprises',
  people: 'Personnes',
  work: 'Travail',
}
