export default {
  audit: 'Diario',
  cash: 'Caja',
  examinations: 'Reconocimientos',
  exit: 'Salida',
  organisations: 'Empresas',
  people: 'Personas',
  work: 'Trabajo',
}
