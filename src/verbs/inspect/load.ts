/** Files named at the command line, and their refusals in words. */
import { readFile, stat } from 'node:fs/promises'
import { error, type Issue } from '#kernel/issue.ts'
import { accept, type Outcome, refuse } from '#kernel/outcome.ts'
import { bytesAtMost } from '#modules/inspection/detectors'
import { sentenceOf } from '../sentence.ts'

/** The bytes of a file; what is too large is told without being loaded. */
export const load = async (file: string): Promise<Outcome<Uint8Array>> => {
  try {
    const at = await stat(file)
    // A pipe or a device may never end.
    if (!at.isFile()) return refuse(error('inspection.image_unreadable', '', { detail: `${file.slice(0, 120)} is no file` }))
    const { size } = at
    if (size > bytesAtMost) return refuse(error('inspection.image_too_large', '', { bytes: size, max: bytesAtMost }))
    return accept(await readFile(file))
  } catch (fault) {
    return refuse(error('inspection.image_unreadable', '', { detail: (fault as Error).message.split(',')[0]!.slice(0, 120) }))
  }
}

export const told = (issues: readonly Issue[]) => issues.map((i) => ({ ...i, text: sentenceOf(i) }))
