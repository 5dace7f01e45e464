/** Terminal ids: digits as BCD; ids with letters among them are 14 digits of an IMEI in binary, without its check digit. */

/** Check digit by Luhn's rule. */
export const luhn = (digits: string): number => {
  let sum = 0
  for (let i = 0; i < digits.length; i++) {
    const d = Number(digits[digits.length - 1 - i])
    const twice = i % 2 === 0 ? d * 2 : d
    sum += twice > 9 ? twice - 9 : twice
  }
  return (10 - (sum % 10)) % 10
}

/** Digits of the id as the device was registered with it, and the number as people read it: without leading zeros. */
export const terminalOf = (idHex: string): { digits: string; plain: string } => {
  let digits = idHex
  if (/[a-f]/.test(idHex) && idHex.length === 12) {
    const imei = BigInt(`0x${idHex}`).toString().padStart(14, '0')
    digits = imei + luhn(imei)
  }
  const plain = digits.replace(/^0+/, '')
  return { digits, plain: plain === '' ? '0' : plain }
}

/** The six bytes of an id, as hexadecimal: up to twelve digits as BCD, an IMEI in binary. Null when it is neither. */
export const idHexOf = (id: string): string | null => {
  if (/^\d{1,12}$/.test(id)) return id.padStart(12, '0')
  return /^\d{15}$/.test(id) ? BigInt(id.slice(0, 14)).toString(16).padStart(12, '0') : null
}
