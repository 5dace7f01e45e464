/**
 * A reason why this process cannot start (or go on) that the person at the keyboard can mend: one sentence that says what is wrong
 * and what to do. The command line prints it without a stack and ends with exit code 2.
 */
const name = 'CannotStart'

/** Makes the fault; `sentence` is shown as it stands. */
export const cannotStart = (sentence: string, cause?: unknown): Error => Object.assign(new Error(sentence, { cause }), { name })

export const isCannotStart = (fault: unknown): fault is Error => fault instanceof Error && fault.name === name

const codeOf = (fault: unknown): string => (fault as { code?: string } | undefined)?.code ?? ''

/** The sentence for a full disk; any other fault comes back as it was. (53100 is PostgreSQL's own disk_full.) */
export const explainFullDisk = (fault: unknown, place: string): unknown =>
  ['ENOSPC', 'EDQUOT', '53100'].includes(codeOf(fault))
    ? cannotStart(`The disk that holds ${place} is full: free some space (about 500 MB) and start again.`, fault)
    : fault

/** The sentence for a full disk or a folder that may not be used; any other fault comes back as it was. */
export const explainFileFault = (fault: unknown, place: string): unknown => {
  const code = codeOf(fault)
  const own = 'set PORTCULLIS_DATA to a directory of your own'
  if (code === 'EACCES' || code === 'EPERM') return cannotStart(`This user may not read and write ${place}: start as its owner, or ${own}.`, fault)
  if (code === 'EROFS') return cannotStart(`${place} lies on a read-only disk: ${own} that can be written.`, fault)
  if (code === 'ENOTDIR' || code === 'EEXIST') return cannotStart(`${place} is not a directory: remove that file, or ${own}.`, fault)
  return explainFullDisk(fault, place)
}
