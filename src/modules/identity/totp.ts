/** Time-based one-time passwords (RFC 6238: SHA-1, 6 digits, 30 seconds, as every generator app supports). */
import { Secret, TOTP } from 'otpauth'
import QRCode from 'qrcode'
import type { TotpEnrolment } from './schema.ts'
import type { Static } from 'typebox'

const period = 30
const generator = (secret: string, email: string): TOTP =>
  new TOTP({ issuer: 'Portcullis', label: email, secret: Secret.fromBase32(secret), algorithm: 'SHA1', digits: 6, period })

/** 160 bits in base 32 (RFC 4226, 4: the length recommended). */
export const newTotpSecret = (): string => new Secret({ size: 20 }).base32

/** What a generator app needs: the secret to type, the address behind the picture, the picture. */
export const enrolmentOf = async (secret: string, email: string): Promise<Static<typeof TotpEnrolment>> => {
  const uri = generator(secret, email).toString()
  return { secret, uri, qrSvg: await QRCode.toString(uri, { type: 'svg', margin: 1, errorCorrectionLevel: 'M' }) }
}

/** The time step a code belongs to (one step early or late is allowed for clocks that differ), or null when it fits none. */
export const stepOf = (secret: string, code: string, at: string): number | null => {
  if (!/^[0-9]{6}$/.test(code)) return null
  const timestamp = Date.parse(at)
  const delta = generator(secret, '').validate({ token: code, timestamp, window: 1 })
  return delta === null ? null : Math.floor(timestamp / 1000 / period) + delta
}

/** The code of an instant; tests and the demo's help use it. */
export const codeAt = (secret: string, at: string): string => generator(secret, '').generate({ timestamp: Date.parse(at) })
