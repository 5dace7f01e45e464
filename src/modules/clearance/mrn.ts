/**
 * The movement reference number (UCC-IA annex B, DE 18 04/“MRN”): year (2), country (2), thirteen characters, one check digit.
 * The check digit is that of ISO 6346 over the first seventeen characters. Pure: date and chance are handed in.
 */
import type { LegalDate } from '#kernel/time.ts'

/** Digits and letters without I, L, O and U, which people misread: five bits a character. */
const alphabet = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'

/** Random bytes that one number needs: thirteen characters of five bits. */
export const mrnRandomBytes = 9

export const mrnPattern = '^[0-9]{2}[A-Z]{2}[0-9A-Z]{13}[0-9]$'
const form = new RegExp(mrnPattern)

/** ISO 6346 annex A: letters count from 10 upwards, leaving out the multiples of 11. */
const valueOf = (character: string): number => {
  if (character <= '9') return character.charCodeAt(0) - 48
  const letter = character.charCodeAt(0) - 65
  return 10 + letter + Math.floor((letter + 9) / 10)
}

/** The check digit of a text of digits and capital letters: Σ value × 2ⁱ, modulo 11, modulo 10 (ISO 6346). */
export const checkDigit = (text: string): string => {
  let sum = 0
  for (let i = 0; i < text.length; i++) sum += valueOf(text[i]!) * 2 ** i
  return String((sum % 11) % 10)
}

/**
 * A new number. The thirteen characters are chance alone (65 bits), so nobody learns a neighbour's number or the day's volume from
 * his own; the database keeps them unique. Throws RangeError when a fact is malformed.
 */
export const generateMrn = (facts: { date: LegalDate; country: string; random: Uint8Array }): string => {
  const { date, country, random } = facts
  if (!/^\d{4}-/.test(date) || !/^[A-Z]{2}$/.test(country) || random.length < mrnRandomBytes)
    throw new RangeError('an MRN needs a date, a country code and nine random bytes')
  let bits = random.subarray(0, mrnRandomBytes).reduce((all, byte) => (all << 8n) | BigInt(byte), 0n)
  let serial = ''
  for (let i = 0; i < 13; i++) {
    serial += alphabet[Number(bits & 31n)]
    bits >>= 5n
  }
  const body = date.slice(2, 4) + country + serial
  return body + checkDigit(body)
}

export type MrnVerdict = 'valid' | 'malformed' | 'wrong-check-digit'

/** Is it an MRN, and does its check digit hold? */
export const verifyMrn = (text: string): MrnVerdict => {
  if (!form.test(text)) return 'malformed'
  return checkDigit(text.slice(0, 17)) === text[17] ? 'valid' : 'wrong-check-digit'
}
