/** Passwords: argon2id with the parameters of OWASP's password storage cheat sheet (19 MiB, 2 passes, 1 lane); policy after NIST SP 800-63B. */
import { argon2id, hash, needsRehash, verify } from 'argon2'
import { error, type Issue } from '#kernel/issue.ts'

const parameters = { type: argon2id, memoryCost: 19_456, timeCost: 2, parallelism: 1 } as const

export const minimumLength = 12
export const maximumLength = 128

// What guessers try first; a password that is little more than one of these is no password.
const common = [
  'password',
  'passwort',
  'qwertyuiop',
  'administrator',
  'letmein',
  'welcome',
  'iloveyou',
  'portcullis',
  'customs',
  '1234567890',
  '0123456789',
  '123456',
  'abcdefghij',
]

// A hash takes 20 MB and a core for some 30 ms: a flood of sign-ins must not take the machine.
const atOnce = 2
const mostWaiting = 200
let running = 0
const waiting: (() => void)[] = []

/** So many wait for a hash that another would wait too long: then sign-ins are refused for a moment. */
export const hashingIsBusy = (): boolean => waiting.length >= mostWaiting

const inTurn = async <T>(work: () => Promise<T>): Promise<T> => {
  if (running >= atOnce) await new Promise<void>((resolve) => waiting.push(resolve))
  else running++
  try {
    return await work()
  } finally {
    const next = waiting.shift()
    if (next) next()
    else running--
  }
}

export const hashPassword = (password: string): Promise<string> => inTurn(() => hash(password.normalize('NFKC'), parameters))

// Checked against when the account is unknown, so that the time of the answer does not tell.
let nobody: Promise<string> | undefined

/** Does the password fit? `hashed` null = no such account; that takes as long and answers no. `stale` = to be hashed anew with today's parameters. */
export const checkPassword = async (hashed: string | null, password: string): Promise<{ fits: boolean; stale: boolean }> => {
  nobody ??= hashPassword('nobody has this password')
  const against = hashed ?? (await nobody)
  const fits = await inTurn(() => verify(against, password.normalize('NFKC')))
  return {
    fits: fits && hashed !== null,
    stale: fits && needsRehash(against, { memoryCost: parameters.memoryCost, timeCost: parameters.timeCost, parallelism: parameters.parallelism }),
  }
}

/** Every reason why a new password will not do. Length counts, composition does not (NIST SP 800-63B 5.1.1.2). */
export const passwordIssues = (password: string, path: string, person: { name: string; email: string }): Issue[] => {
  const found: Issue[] = []
  const plain = password.normalize('NFKC').toLowerCase()
  if ([...plain].length < minimumLength) found.push(error('identity.password_short', path, { minimum: minimumLength }))
  if ([...plain].length > maximumLength) found.push(error('identity.password_long', path, { maximum: maximumLength }))
  const rest = common.reduce((text, word) => text.replaceAll(word, ''), plain)
  if (new Set(plain).size < 5 || (rest !== plain && rest.length < 6)) found.push(error('identity.password_common', path))
  const own = [person.email.split('@')[0]!, ...person.name.toLowerCase().split(/\s+/)].filter((part) => part.length >= 4)
  if (own.some((part) => plain.includes(part.toLowerCase()))) found.push(error('identity.password_personal', path))
  return found
}
