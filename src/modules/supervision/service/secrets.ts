/** Passwords of seals at rest: AES-256-GCM (NIST SP 800-38D), bound to the device that they open. */
import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto'

const algorithm = 'aes-256-gcm'
const [ivBytes, tagBytes] = [12, 16]

export type SecretBox = { seal: (text: string, deviceId: string) => Buffer; open: (sealed: Uint8Array, deviceId: string) => string }

/** `key` is asked for when it is first needed. Opening throws where the key or the device is another. */
export const secretBox = (key: () => Buffer): SecretBox => ({
  seal: (text, deviceId) => {
    const iv = randomBytes(ivBytes)
    const cipher = createCipheriv(algorithm, key(), iv).setAAD(Buffer.from(deviceId))
    const sealed = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()])
    return Buffer.concat([iv, cipher.getAuthTag(), sealed])
  },
  open: (sealed, deviceId) => {
    const bytes = Buffer.from(sealed)
    const decipher = createDecipheriv(algorithm, key(), bytes.subarray(0, ivBytes))
      .setAAD(Buffer.from(deviceId))
      .setAuthTag(bytes.subarray(ivBytes, ivBytes + tagBytes))
    return Buffer.concat([decipher.update(bytes.subarray(ivBytes + tagBytes)), decipher.final()]).toString('utf8')
  },
})
