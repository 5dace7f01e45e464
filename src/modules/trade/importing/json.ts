/** Reading JSON of which nothing is certain: what is not of its form is nothing. Pure. */
export type Json = Record<string, unknown>
export const isObject = (v: unknown): v is Json => typeof v === 'object' && v !== null && !Array.isArray(v)
export const objects = (v: unknown): Json[] => (Array.isArray(v) ? v.filter(isObject) : [])
export const textOf = (v: unknown, max = 200): string => (typeof v === 'string' ? v.slice(0, max) : typeof v === 'number' ? String(v) : '')
/** Descriptions are of the web: marks and runs of blanks go. */
export const plainText = (v: unknown): string =>
  textOf(v, 4000)
    .replaceAll(/<[^>]*>/g, ' ')
    .replaceAll(/\s+/g, ' ')
    .trim()
    .slice(0, 500)

export const day = (v: unknown): string | undefined => (/^\d{4}-\d{2}-\d{2}/.test(textOf(v)) ? textOf(v).slice(0, 10) : undefined)
/** The file names the last day; ours is the first day without. */
export const dayAfter = (v: unknown): string | undefined => {
  const last = day(v)
  return last && new Date(Date.parse(last) + 86_400_000).toISOString().slice(0, 10)
}
