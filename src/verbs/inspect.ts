/** Detectors at the command line: images in, what is found in them out, in the order of the inputs. Needs no server and no database. */
import { error } from '#kernel/issue.ts'
import { type Outcome, refuse } from '#kernel/outcome.ts'
import { type Detector, openDetector } from '#modules/inspection/detectors'
import type { Finding } from '#schema/inspection'
import { cannotStart } from '#platform/cannot-start.ts'
import { readWords } from './administration.ts'
import { load, told } from './inspect/load.ts'
import { jsonLines } from './json-lines.ts'
import { sentenceOf } from './sentence.ts'
import { answer, type Help } from './verb.ts'

export const help: Help = {
  usage: 'inspect [--kind bag|carton] [--threads N] [--models DIR] IMAGE… | - · inspect --prepare DIR [--side PIXELS] IMAGE…',
  summary:
    'looks for threats in X-ray images (- reads JSON lines {id?, file} or {id?, low, high}, with lowKeV and highKeV where known); boxes are [x, y, width, height] in the image’s own pixels; --prepare cuts pictures into bags on white squares, for training',
  example: './bin/portcullis inspect bag.jpg belt.jpg',
}

type Input = { id?: unknown; file: string; low?: string; high?: string; energiesKeV?: [number, number] }
type Question = Input | { line: number; fault: string }

const flags = {
  kind: { type: 'string' },
  threads: { type: 'string' },
  models: { type: 'string' },
  prepare: { type: 'string' },
  side: { type: 'string' },
} as const

const inputOf = (value: Record<string, unknown>, line: number): Question => {
  const { id, file, low, high, lowKeV, highKeV } = value
  const named = id === undefined ? {} : { id }
  const keV = [lowKeV, highKeV].filter((one) => one !== undefined)
  const isMeasured = keV.length === 2 && keV.every((one) => typeof one === 'number' && one > 0)
  if (keV.length > 0 && !isMeasured) return { line, fault: 'lowKeV and highKeV come together, as numbers above 0' }
  const energies = isMeasured ? { energiesKeV: keV as [number, number] } : {}
  if (typeof file === 'string') return { ...named, file, ...energies }
  if (typeof low !== 'string' || typeof high !== 'string') return { line, fault: 'it names neither file nor low and high' }
  return { ...named, file: low, low, high, ...energies }
}

const questions = async function* (words: readonly string[]): AsyncGenerator<Question> {
  for (const word of words)
    if (word === '-')
      for await (const line of jsonLines()) yield 'fault' in line ? { line: line.number, fault: line.fault } : inputOf(line.value, line.number)
    else yield { file: word }
}

const look = async (detector: Detector, input: Input): Promise<Outcome<Finding>> => {
  const { low, high, energiesKeV } = input
  const sidecar = energiesKeV ? { energiesKeV } : {}
  if (low === undefined || high === undefined) {
    const bytes = await load(input.file)
    return bytes.ok ? detector.examine([{ role: 'image', bytes: bytes.value }], sidecar) : bytes
  }
  const [a, b] = await Promise.all([load(low), load(high)])
  if (!a.ok || !b.ok) return refuse(...a.issues, ...b.issues)
  const files = [{ role: 'low', bytes: a.value } as const, { role: 'high', bytes: b.value } as const]
  return detector.examine(files, sidecar)
}

type Line = Record<string, unknown> & { ok: boolean }
const lineOf = ({ id, file, high }: Input, outcome: Outcome<Finding>): Line => {
  const about = { ...(id !== undefined && { id }), file, ...(high !== undefined && { high }) }
  if (!outcome.ok) return { ...about, ok: false, issues: told(outcome.issues) }
  const { issues, ...finding } = outcome.value
  return { ...about, ok: true, ...finding, ...(issues.length > 0 && { issues: told(issues) }) }
}

const answerTo = async (detector: Detector, question: Question): Promise<Line> =>
  'fault' in question
    ? {
        id: null,
        ok: false,
        issues: told([error('request.invalid', '', { line: question.line, message: question.fault, where: 'body', rule: 'json' })]),
      }
    : lineOf(question, await look(detector, question))

/** Keeps every thread busy and one image waiting for each; answers leave in the order of the inputs. */
const inspect = async (detector: Detector, words: readonly string[], atOnce: number): Promise<number> => {
  const underway: Promise<Line>[] = []
  let code = 0
  const tell = async (): Promise<void> => {
    const line = await underway.shift()!
    if (!line.ok) code = 1
    answer(line)
  }
  for await (const question of questions(words)) {
    underway.push(answerTo(detector, question))
    if (underway.length >= atOnce) await tell()
  }
  while (underway.length > 0) await tell()
  return code
}

const whole = (name: string, text: string | undefined, otherwise: number, [least, most]: [number, number]): number => {
  const value = text === undefined ? otherwise : Number(text)
  if (!Number.isInteger(value) || value < least || value > most)
    throw cannotStart(`inspect: --${name} must be a whole number from ${least} to ${most}.`)
  return value
}

export const run = async (args: string[]): Promise<number> => {
  const { flags: given, words } = readWords('inspect', args, flags)
  if (words.length === 0) throw cannotStart(`inspect: name an image, or - for JSON lines. Usage: ${help.usage}`)
  if (given.prepare !== undefined)
    return (await import('./inspect/prepare.ts')).prepare(words, given.prepare, whole('side', given.side, 448, [32, 4096]))
  const kind = given.kind ?? 'bag'
  if (kind !== 'bag' && kind !== 'carton') throw cannotStart('inspect: --kind is bag or carton.')
  const threads = whole('threads', given.threads, 1, [1, 64])
  const detector = openDetector(kind, { threads, ...(given.models !== undefined && { root: given.models }) })
  if (!detector.ok) throw cannotStart(detector.issues.map(sentenceOf).join(' '))
  try {
    return await inspect(detector.value, words, threads + 1)
  } finally {
    await detector.value.close()
  }
}
