/** JSON lines of standard input, for verbs that take `-`. A line that is no JSON object is told by its number and does not stop the others. */
import { createInterface } from 'node:readline'

export type Line = { number: number; value: Record<string, unknown> } | { number: number; fault: string }

/** One object of a text, or why it is none. */
export const parseObject = (text: string): { value: Record<string, unknown> } | { fault: string } => {
  try {
    const value: unknown = JSON.parse(text)
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) return { value: value as Record<string, unknown> }
    return { fault: 'it is no object' }
  } catch (fault) {
    return { fault: (fault as Error).message.slice(0, 120) }
  }
}

export const jsonLines = async function* (source: NodeJS.ReadableStream = process.stdin): AsyncGenerator<Line> {
  let number = 0
  for await (const text of createInterface({ input: source, crlfDelay: Infinity })) {
    number++
    if (text.trim() !== '') yield { number, ...parseObject(text) }
  }
}
