// Reporter for node --test: one marked JSON line for each thing that scripts/check/test-files.ts counts.
import { relative } from 'node:path'
import type { TestEvent } from 'node:test/reporters'

export const mark = '\u0001portcullis:'

/** `file` is absolute. */
export type Line =
  | { kind: 'pass' | 'fail' | 'skip'; name: string; file: string; line: number; said?: string }
  | { kind: 'note'; said: string }
  | { kind: 'summary'; passed: number; failed: number; skipped: number; success: boolean }

type Told = {
  name: string
  file?: string
  line?: number
  skip?: string | boolean
  todo?: string | boolean
  details: { error?: Error & { cause?: unknown } }
}

const reason = (error: (Error & { cause?: unknown }) | undefined): string => {
  const cause = error?.cause instanceof Error ? error.cause : error
  return cause?.stack ?? String(error?.cause ?? error?.message ?? 'no reason given')
}

const lineOf = (event: TestEvent): Line | undefined => {
  if (event.type === 'test:pass' || event.type === 'test:fail') {
    const told = event.data as unknown as Told
    const at = { name: told.name, file: told.file ?? '', line: told.line ?? 0 }
    const put = told.skip ?? told.todo
    if (put !== undefined && put !== false) return { kind: 'skip', ...at, said: String(put) }
    return event.type === 'test:pass' ? { kind: 'pass', ...at } : { kind: 'fail', ...at, said: reason(told.details.error) }
  }
  if (event.type === 'test:stdout' || event.type === 'test:stderr') return { kind: 'note', said: event.data.message.trimEnd() }
  if (event.type === 'test:diagnostic' && event.data.nesting > 0)
    return { kind: 'note', said: `${relative('.', event.data.file ?? '')}: ${event.data.message}` }
  if (event.type === 'test:summary' && event.data.file === undefined) {
    const { tests, passed, skipped, todo } = event.data.counts
    return { kind: 'summary', passed, failed: tests - passed - skipped - todo, skipped: skipped + todo, success: event.data.success }
  }
  return undefined
}

export default async function* report(source: AsyncIterable<TestEvent>): AsyncGenerator<string> {
  for await (const event of source) {
    const line = lineOf(event)
    if (line) yield `${mark}${JSON.stringify(line)}\n`
  }
}
