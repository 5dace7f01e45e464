/** Secrets that a machine keeps: 256 random bits, given out once, kept here as SHA-256. No slow hash is needed where nothing can be guessed. */
import { createHash, randomBytes } from 'node:crypto'
import { uuidv7 } from '#kernel/ids.ts'

export const newId = (at: string): string => uuidv7(Date.parse(at), randomBytes(10))

/** 43 characters of base64url, 256 bits. */
export const newToken = (): string => randomBytes(32).toString('base64url')

export const tokenPattern = /^[A-Za-z0-9_-]{43}$/

export const sha256 = (text: string): Buffer => createHash('sha256').update(text).digest()

/** Prefix of API keys, so that a leaked one is recognised by secret scanners. */
export const apiKeyPrefix = 'pcl_'

const alphabet = 'abcdefghjkmnpqrstuvwxyz23456789'

/** Ten codes of about 79 bits, in letters and digits that cannot be mistaken for one another. */
export const newRecoveryCodes = (): string[] =>
  Array.from({ length: 10 }, () => {
    const letters: string[] = []
    // 248 = 8 × 31: larger bytes would favour some letters
    while (letters.length < 16)
      for (const byte of randomBytes(24)) if (byte < 248 && letters.length < 16) letters.push(alphabet[byte % alphabet.length]!)
    return letters.join('').replace(/(.{4})(?=.)/g, '$1-')
  })

/** As the table keeps it; blanks, dashes and case do not matter. */
export const recoveryHash = (code: string): Buffer => sha256(code.toLowerCase().replace(/[^a-z0-9]/g, ''))
