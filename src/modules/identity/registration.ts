/**
 * Registration numbers of economic operators in the form of the EU's EORI: country code and up to 15 characters. Verania (`XV`) gives
 * twelve digits, the last of which checks the eleven before it (ISO/IEC 7064, MOD 11,10); other countries' rules are theirs.
 */
const form = /^[A-Z]{2}[A-Z0-9]{1,15}$/
const own = /^XV[0-9]{12}$/

/** Check digit over a string of digits by ISO/IEC 7064 MOD 11,10 (finds every single error and most transpositions). */
export const registrationCheck = (digits: string): string => {
  let product = 10
  for (const digit of digits) {
    const total = (product + Number(digit)) % 10
    product = ((total === 0 ? 10 : total) * 2) % 11
  }
  return String((11 - product) % 10)
}

/** The registration number with this serial (0 to 99,999,999,999) in Verania. */
export const registrationFor = (serial: number): string => {
  const digits = String(serial).padStart(11, '0')
  return `XV${digits}${registrationCheck(digits)}`
}

/** Why a registration number cannot be one, or null: wrong form (`form`), or a Veranian number whose check digit does not fit (`check`). */
export const registrationFlaw = (text: string): 'form' | 'check' | null => {
  if (!form.test(text)) return 'form'
  if (!text.startsWith('XV')) return null
  if (!own.test(text)) return 'form'
  return registrationCheck(text.slice(2, 13)) === text.slice(13) ? null : 'check'
}

export const isRegistration = (text: string): boolean => registrationFlaw(text) === null
