/** What a customs procedure and an additional procedure do to duty that would otherwise be due. Constant tables with their law. Pure. */

/** Kinds of tax, as reliefs and procedures know them. */
export type Kind = 'duty' | 'excise' | 'vat'

/** Customs duty and what is charged like it begin with A, VAT with B, excise is of three digits (UCC-IA annex B DE 4/3). */
export const kindOf = (taxType: string): Kind => (taxType.startsWith('A') ? 'duty' : taxType.startsWith('B') ? 'vat' : 'excise')

const all: readonly Kind[] = ['duty', 'excise', 'vat']

/**
 * Requested procedures under which duty is not owed while the goods are under them: 51 inward processing, 53 temporary admission, 71
 * customs warehouse, 78 free zone (UCC Art. 237, 243, 250, 256); 07 tax warehouse suspends excise and VAT only (Directive (EU) 2020/262).
 */
const suspending: Readonly<Record<string, readonly Kind[]>> = { '51': all, '53': all, '71': all, '78': all, '07': ['excise', 'vat'] }

export const suspends = (requested: string, kind: Kind): boolean => suspending[requested]?.includes(kind) ?? false

/** Methods of payment that hold an amount by guarantee or deferment as security. */
export const securing = new Set(['R', 'S', 'T', 'U', 'V', 'Z'])

type Relief = {
  kinds: readonly Kind[]
  /** `deduct` tells the relief beside the duty, `nil` assesses nothing, `provisional` secures it meanwhile */ how: 'deduct' | 'nil' | 'provisional'
}

const relief = (how: Relief['how'], ...kinds: Kind[]): Relief => ({ how, kinds })

/** Additional procedures (DE 1/11) by code. */
const byCode: Readonly<Record<string, Relief>> = {
  // consignments between private persons (Regulation (EC) 1186/2009 Art. 25; Directive 2006/79/EC)
  C08: relief('deduct', 'duty', 'excise', 'vat'),
  // returned goods (UCC Art. 203)
  F01: relief('deduct', ...all),
  F02: relief('deduct', ...all),
  F03: relief('deduct', ...all),
  // products taken from the sea (UCC Art. 208)
  F04: relief('deduct', 'duty'),
  F05: relief('deduct', 'duty'),
  F06: relief('deduct', 'duty'),
  // repaired free of charge, standard exchange (UCC Art. 260, 261)
  B02: relief('nil', 'duty'),
  B03: relief('nil', 'duty'),
  // VAT was taken at the sale (import one-stop shop; Directive 2006/112/EC Art. 143(1)(ca))
  F48: relief('deduct', 'vat'),
  // national: VAT relief claimed; value not yet known, duty secured until it is
  '1RV': relief('deduct', 'vat'),
  '1FV': relief('provisional', 'duty'),
}
/** C01–C61: reliefs of Regulation (EC) 1186/2009, of customs duty. */
const regulation1186 = /^C(?:0[1-9]|[1-5]\d|6[01])$/
/** Onward supply to another tax territory frees from VAT (Directive 2006/112/EC Art. 143(1)(d)). */
const onwardSupply = new Set(['42', '63'])

/** The relief of one kind of tax that a procedure with its additional procedures gives, and the code that gives it. */
export const reliefFor = (requested: string, additional: readonly string[], kind: Kind): { how: Relief['how']; code: string } | undefined => {
  for (const code of additional) {
    const found = byCode[code] ?? (regulation1186.test(code) ? relief('deduct', 'duty') : undefined)
    if (found?.kinds.includes(kind)) return { how: found.how, code }
  }
  return kind === 'vat' && onwardSupply.has(requested) ? { how: 'deduct', code: requested } : undefined
}
