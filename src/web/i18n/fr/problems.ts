/** Problèmes qui naissent dans le navigateur même. */
export default {
  'network.unreachable': {
    text: 'Le serveur n’a pas pu être joint.',
    fix: 'Ce que vous avez saisi est conservé. Réessayez quand la connexion sera rétablie.',
  },
  'form.required': { text: 'Ce champ est vide.', fix: 'Remplissez-le.' },
  'form.not_a_number': { text: '« {{value}} » n’est pas un nombre.', fix: 'Écrivez des chiffres avec un seul signe décimal au plus.' },
  'form.does_not_fit': { text: 'Ce n’est pas écrit comme le champ le demande.', fix: 'Choisissez une proposition, ou regardez la forme du code.' },
  'form.too_long': { text: 'C’est trop long : {{length}} caractères sur {{maximum}}.', fix: 'Raccourcissez.' },
  'form.code_unknown': { text: '« {{value}} » n’est pas dans la liste.', fix: 'Choisissez une des propositions.' },
  'form.file_too_large': { text: '{{name}} est trop volumineux.', fix: 'La limite est de {{limit}}.' },
  'form.file_kind': { text: '{{name}} n’est pas un fichier du type attendu.', fix: 'Choisissez parmi : {{kinds}}.' },
}
