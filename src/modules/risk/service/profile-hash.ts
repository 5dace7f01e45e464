import { hash } from 'node:crypto'
import { canonicalJson } from '#kernel/canonical-json.ts'
import type { ProfileTree } from '../profile/ast.ts'
import { canonicalProfile } from '../profile/canonical.ts'
import type { ProfileContent } from '../schema/profile.ts'

/** SHA-256 of a profile's meaning: neither blanks and comments nor the order of a list change it, anything else does. */
export const profileHash = (tree: ProfileTree): string => hash('sha256', canonicalProfile(tree))

/** SHA-256 of a version: what its text means, and what a hit of it does. */
export const versionHash = (tree: ProfileTree, c: ProfileContent): string => {
  const { administration, control, blocking, mandatory, secrecy, validFrom, validTo } = c
  return hash('sha256', canonicalJson({ text: canonicalProfile(tree), administration, control, blocking, mandatory, secrecy, validFrom, validTo }))
}
