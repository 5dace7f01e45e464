/** Problemas que surgen en el propio navegador. */
export default {
  'network.unreachable': {
    text: 'No se pudo contactar con el servidor.',
    fix: 'Lo que escribió se conserva. Inténtelo de nuevo cuando haya conexión.',
  },
  'form.required': { text: 'Este campo está vacío.', fix: 'Rellénelo.' },
  'form.not_a_number': { text: '«{{value}}» no es un número.', fix: 'Escriba cifras con un solo signo decimal como máximo.' },
  'form.does_not_fit': { text: 'No está escrito como pide el campo.', fix: 'Elija una de las sugerencias o mire la forma del código.' },
  'form.too_long': { text: 'Es demasiado largo: {{length}} de {{maximum}} caracteres.', fix: 'Acórtelo.' },
  'form.code_unknown': { text: '«{{value}}» no está en la lista.', fix: 'Elija una de las sugerencias.' },
  'form.file_too_large': { text: '{{name}} es demasiado grande.', fix: 'El límite es {{limit}}.' },
  'form.file_kind': { text: '{{name}} no es un archivo del tipo esperado.', fix: 'Elija uno de estos: {{kinds}}.' },
}
