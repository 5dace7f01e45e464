import { hash } from 'node:crypto'
import type { ProfileTree } from '../profile/ast.ts'
import { canonicalProfile } from '../profile/canonical.ts'

/** SHA-256 of a profile's meaning: neither blanks and comments nor the order of a list change it, anything else does. */
export const profileHash = (tree: ProfileTree): string => hash('sha256', canonicalProfile(tree))
