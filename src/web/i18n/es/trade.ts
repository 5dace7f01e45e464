import { forms } from '../forms.ts'

const es = (key: string, other: string, one: string = other) => forms(key, 'es', other, one)

export default {
  today: {
    title: 'Hoy', new: 'Nueva declaración', todo: 'Lo que espera por usted', nothing: 'Nada espera por usted', nothingText: 'Lo que tenga que hacer aparece aquí por sí solo.',
    action: { 'present-goods': 'Presente las mercancías cuando lleguen', 'correct-and-lodge-again': 'Corríjala y preséntela de nuevo', 'amend-after-control': 'Rectifíquela: el control halló una diferencia', pay: 'Pague los derechos' },
    do: { 'present-goods': 'Presentar', 'correct-and-lodge-again': 'Corregir', 'amend-after-control': 'Rectificar', pay: 'Pagar' },
    ...es('errors', '{{count}} motivos', '{{count}} motivo'), counts: 'De un vistazo', waits: { trader: 'Esperan por usted', officer: 'Con un funcionario', examiner: 'En reconocimiento', agency: 'Con otra autoridad' }, oldest: 'desde {{age}}',
    released: 'Levantes de hoy', drafts: 'Borradores', unread: 'Mensajes sin leer', latest: 'Últimos mensajes', latestNone: 'Aún no hay mensajes', all: 'Todos los mensajes', draftsHead: 'Borradores por continuar', draftsNone: 'Sin borradores', untitled: 'Borrador aún sin nombre', allDrafts: 'Todos los borradores', ...es('more', 'y {{count}} más'),
  },
  list: {
    title: 'Declaraciones', caption: 'Declaraciones', lane: 'Canal', mrn: 'MRN', lrn: 'LRN', trader: 'Operador', regime: 'Sentido', status: 'Estado', turn: 'Turno', since: 'Desde', lines: 'Partidas', value: 'Valor en aduana', due: 'Derechos', lodged: 'Presentada', released: 'Levante', office: 'Aduana', declarant: 'Declarante', version: 'Versión', search: 'MRN, LRN, operador, código', from: 'Presentada desde', to: 'Presentada hasta',
    viewAll: 'Todas', viewMine: 'Esperan por usted', viewControl: 'En control', viewPay: 'Por pagar', viewReleased: 'Con levante', viewRejected: 'Rechazadas', empty: 'Aún no hay declaraciones', emptyText: 'Lo que presente aparece aquí con todo lo que le ocurra.',
  },
  drafts: { title: 'Borradores', caption: 'Borradores', name: 'Borrador', lrn: 'LRN', trader: 'Operador', lines: 'Partidas', changed: 'Guardado', begun: 'Empezado', remove: 'Desechar', removeAsk: '¿Desechar estos borradores?', ...es('removeText', '{{count}} borradores desaparecen para siempre.', '{{count}} borrador desaparece para siempre.'), ...es('removed', '{{count}} borradores desechados', '{{count}} borrador desechado'), empty: 'Sin borradores', emptyText: 'Una declaración empezada se guarda aquí hasta que la presente.' },
  inbox: {
    title: 'Buzón', all: 'Todos', unread: 'Sin leer', filter: 'Mostrar', code: 'Clase de mensaje', anyCode: 'Todas las clases', mrn: 'MRN', from: 'Leer de nuevo desde el número', ...es('unreadNow', '{{count}} sin leer'), acknowledge: 'Acusar recibo hasta aquí', ...es('acknowledged', '{{count}} mensajes acusados', '{{count}} mensaje acusado'), acknowledgeAll: 'Acusar todos', number: 'N.º {{number}}', new: 'sin leer', empty: 'Sin mensajes', emptyText: 'La aduana escribe aquí en cada paso de una declaración.', noneUnread: 'Todo está leído', noneFit: 'Ningún mensaje coincide', showAll: 'Mostrar todos', older: 'Anteriores', newer: 'Siguientes', latest: 'A los últimos', replay: 'Leer desde', ...es('news', '{{count}} nuevos', '{{count}} nuevo'), open: 'Abrir la declaración', list: 'Mensajes de la aduana', range: 'N.º {{from}} a {{to}} de {{total}}',
    go: { pay: 'Pagar', correct: 'Ver qué corregir', look: 'Ver los derechos', control: 'Ver el control', other: 'Abrir la declaración' },
  },
  mandates: { title: 'Mandatos', given: 'Quién puede actuar por usted', received: 'Por quién puede actuar', give: 'Dar un mandato', giveTitle: 'Permitir que alguien actúe por usted', giveText: 'Podrá presentar, rectificar y pagar en su nombre, dentro de lo que elija, hasta que usted lo termine.', to: 'Representante', toHint: 'Busque por nombre o número', scope: 'Para qué', scopes: { import: 'Importaciones', export: 'Exportaciones', all: 'Todo' }, from: 'Desde', until: 'Hasta', open: 'sin fin', status: { coming: 'Por venir', 'in-force': 'En vigor', over: 'Terminado' }, party: 'Empresa', end: 'Terminar', endTitle: '¿Terminar este mandato?', endText: '{{name}} ya no puede actuar por {{client}} desde ahora. Lo presentado permanece.', ended: 'El mandato ha terminado', wasGiven: 'El mandato está dado', noneGiven: 'Nadie actúa por usted', noneReceived: 'Solo actúa por sí mismo', noneText: 'El mandato lo da la empresa representada.', validity: 'Validez', none: 'Sin mandatos' },
}
