/** What a stage found; `said` is for people, shown when something failed. */
export type Tally = { passed: number; failed: number; skipped: number; said: string }

export const nothing: Tally = { passed: 0, failed: 0, skipped: 0, said: '' }

/** A stage that is one question with yes or no. */
export const oneCheck = (ok: boolean, said: string): Tally => ({ passed: ok ? 1 : 0, failed: ok ? 0 : 1, skipped: 0, said: ok ? '' : said.trim() })

export const add = (a: Tally, b: Tally): Tally => ({
  passed: a.passed + b.passed,
  failed: a.failed + b.failed,
  skipped: a.skipped + b.skipped,
  said: [a.said, b.said].filter(Boolean).join('\n'),
})

export const inWords = ({ passed, failed, skipped }: Tally): string => `${passed} passed, ${failed} failed, ${skipped} skipped`
