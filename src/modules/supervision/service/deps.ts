/**
 * What supervision is given besides: names of offices, the legal date where an office is, and the key that passwords of seals are encrypted
 * with (32 bytes). Without the first two nothing is checked and dates are those of UTC; without the key nothing that needs a password goes.
 */
import type { FileStore } from '#platform/files.ts'
import type { Deps } from '#platform/module.ts'

export type SupervisionDeps = Deps & {
  officeName?: (code: string) => string | undefined
  legalDate?: (office: string, at: string) => string
  sealKey?: () => Buffer
  /** where evidence is kept */
  files?: FileStore
}
