import { forms } from '../forms.ts'

const fr = (key: string, other: string, one: string = other) => forms(key, 'fr', other, one)

export default {
  today: {
    title: 'Aujourd’hui', new: 'Nouvelle déclaration', todo: 'Ce qui vous attend', nothing: 'Rien ne vous attend', nothingText: 'Ce que vous avez à faire apparaît ici de lui-même.',
    action: { 'present-goods': 'Présentez les marchandises à leur arrivée', 'correct-and-lodge-again': 'Corrigez et déposez de nouveau', 'amend-after-control': 'Rectifiez : le contrôle a trouvé une différence', pay: 'Payez les droits' },
    do: { 'present-goods': 'Présenter', 'correct-and-lodge-again': 'Corriger', 'amend-after-control': 'Rectifier', pay: 'Payer' },
    ...fr('errors', '{{count}} motifs', '{{count}} motif'), counts: 'En bref', waits: { trader: 'Vous attendent', officer: 'Chez un agent', examiner: 'À la visite', agency: 'Chez une autre autorité' }, oldest: 'depuis {{age}}',
    released: 'Mainlevées du jour', drafts: 'Brouillons', unread: 'Messages non lus', latest: 'Derniers messages', latestNone: 'Pas encore de message', all: 'Tous les messages', draftsHead: 'Brouillons à poursuivre', draftsNone: 'Aucun brouillon', untitled: 'Brouillon encore sans nom', allDrafts: 'Tous les brouillons', ...fr('more', 'et {{count}} autres', 'et {{count}} autre'),
  },
  list: {
    title: 'Déclarations', caption: 'Déclarations', lane: 'Circuit', mrn: 'MRN', lrn: 'LRN', trader: 'Opérateur', regime: 'Sens', status: 'État', turn: 'À qui', since: 'Depuis', lines: 'Articles', value: 'Valeur en douane', due: 'Droits', lodged: 'Déposée', released: 'Mainlevée', office: 'Bureau', declarant: 'Déclarant', version: 'Version', search: 'MRN, LRN, opérateur, code', from: 'Déposée du', to: 'Déposée au',
    viewAll: 'Toutes', viewMine: 'Vous attendent', viewControl: 'Sous contrôle', viewPay: 'À payer', viewReleased: 'Mainlevée', viewRejected: 'Rejetées', empty: 'Pas encore de déclaration', emptyText: 'Ce que vous déposez apparaît ici avec tout ce qui lui arrive.',
  },
  drafts: { title: 'Brouillons', caption: 'Brouillons', name: 'Brouillon', lrn: 'LRN', trader: 'Opérateur', lines: 'Articles', changed: 'Enregistré', begun: 'Commencé', remove: 'Jeter', removeAsk: 'Jeter ces brouillons ?', ...fr('removeText', '{{count}} brouillons disparaissent pour toujours.', '{{count}} brouillon disparaît pour toujours.'), ...fr('removed', '{{count}} brouillons jetés', '{{count}} brouillon jeté'), empty: 'Aucun brouillon', emptyText: 'Une déclaration commencée est gardée ici jusqu’à son dépôt.' },
  inbox: {
    title: 'Messages', all: 'Tous', unread: 'Non lus', filter: 'Afficher', code: 'Genre de message', anyCode: 'Tous les genres', mrn: 'MRN', from: 'Relire depuis le numéro', ...fr('unreadNow', '{{count}} non lus', '{{count}} non lu'), acknowledge: 'Accuser réception jusqu’ici', ...fr('acknowledged', '{{count}} messages acquittés', '{{count}} message acquitté'), acknowledgeAll: 'Tout acquitter', number: 'Nº {{number}}', new: 'non lu', empty: 'Aucun message', emptyText: 'La douane écrit ici à chaque étape d’une déclaration.', noneUnread: 'Tout est lu', noneFit: 'Aucun message ne convient', showAll: 'Tout afficher', older: 'Plus anciens', newer: 'Plus récents', latest: 'Aux derniers', replay: 'Lire depuis', ...fr('news', '{{count}} nouveaux', '{{count}} nouveau'), open: 'Ouvrir la déclaration', list: 'Messages', range: 'Nº {{from}} à {{to}} sur {{total}}',
    go: { pay: 'Payer', correct: 'Voir ce qui est à corriger', look: 'Voir les droits', control: 'Voir le contrôle', other: 'Ouvrir la déclaration' },
  },
  mandates: { title: 'Mandats', given: 'Qui peut agir pour vous', received: 'Pour qui vous pouvez agir', give: 'Donner un mandat', giveTitle: 'Laisser quelqu’un agir pour vous', giveText: 'Il peut déposer, rectifier et payer en votre nom, dans ce que vous choisissez, jusqu’à ce que vous y mettiez fin.', to: 'Représentant', toHint: 'Cherchez par nom ou numéro', scope: 'Pour quoi', scopes: { import: 'Importations', export: 'Exportations', all: 'Tout' }, from: 'Du', until: 'Au', open: 'sans fin', status: { coming: 'À venir', 'in-force': 'En vigueur', over: 'Terminé' }, party: 'Entreprise', end: 'Mettre fin', endTitle: 'Mettre fin à ce mandat ?', endText: '{{name}} ne peut plus agir pour {{client}} dès maintenant. Ce qui est déposé demeure.', ended: 'Le mandat a pris fin', wasGiven: 'Le mandat est donné', noneGiven: 'Personne n’agit pour vous', noneReceived: 'Vous n’agissez que pour vous', noneText: 'Un mandat est donné par l’entreprise représentée.', validity: 'Validité', none: 'Aucun mandat' },
}
