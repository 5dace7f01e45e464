/** IBAN: form and check digits (ISO 13616, ISO 7064 mod 97-10). Pure. */
const form = /^[A-Z]{2}\d{2}[A-Z0-9]{8,30}$/

const remainder = (text: string): number => {
  let rest = 0
  for (const sign of text) {
    const value = parseInt(sign, 36)
    rest = (rest * (value > 9 ? 100 : 10) + value) % 97
  }
  return rest
}

export const isIban = (text: string): boolean => form.test(text) && remainder(text.slice(4) + text.slice(0, 4)) === 1

/** The IBAN of a country and a bank's own account number. */
export const ibanOf = (country: string, number: string): string =>
  `${country}${String(98 - remainder(`${number}${country}00`)).padStart(2, '0')}${number}`
