/** The key that passwords of seals are encrypted with: given, or made once and kept in a file beside the database, never in it. */
import { randomBytes } from 'node:crypto'
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

/** `hex` is 64 hexadecimal digits; without it `seal.key` in the directory is read, or made for its owner alone. Asked for when first needed. */
export const sealKeyOf = ({ hex, directory }: { hex: string | undefined; directory: string }): (() => Buffer) => {
  let key: Buffer | undefined
  const kept = (): Buffer => {
    const file = join(directory, 'seal.key')
    mkdirSync(directory, { recursive: true })
    try {
      writeFileSync(file, randomBytes(32).toString('hex'), { flag: 'wx', mode: 0o600 })
    } catch (fault) {
      if ((fault as NodeJS.ErrnoException).code !== 'EEXIST') throw fault
    }
    return Buffer.from(readFileSync(file, 'utf8').trim(), 'hex')
  }
  return () => {
    key ??= hex === undefined ? kept() : Buffer.from(hex, 'hex')
    if (key.length !== 32) throw new Error('the key of seal passwords must be 32 bytes')
    return key
  }
}
