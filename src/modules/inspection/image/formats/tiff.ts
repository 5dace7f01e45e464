/** TIFF 6.0: 8 and 16 bits, grey and colour, several pages; not BigTIFF. */
import { error } from '#kernel/issue.ts'
import { accept, type Outcome, refuse } from '#kernel/outcome.ts'
import { type Format, type Header, startsWith, uint } from './format.ts'
import { readPages } from './pixels.ts'

const refusal = (code: string, detail: string) => refuse(error(code, '', { format: 'TIFF', detail }))
const truncated = refusal('inspection.image_truncated', 'directory')

const tag = { width: 256, height: 257, bits: 258, photometric: 262, samples: 277 } as const
const [short, long] = [3, 4]
const photometric = { rgb: 2, palette: 3, cmyk: 5, yCbCr: 6 } as const
const coloured: ReadonlySet<number> = new Set(Object.values(photometric))
// No scanner writes more; a chain that goes on is a loop or an attack.
const pagesAtMost = 4_096

type Page = { widthPx: number; heightPx: number; bits: number; channels: 1 | 3; next: number }

/** The first value of a field; a single one stands in the entry itself, several lie at its offset. */
const valueOf = (bytes: Uint8Array, entry: number, little: boolean): number | null => {
  const [type, count, inline] = [uint(bytes, entry + 2, 2, little), uint(bytes, entry + 4, 4, little), uint(bytes, entry + 8, 4, little)]
  if (type === null || count === null || inline === null || (type !== short && type !== long)) return null
  const size = type === short ? 2 : 4
  return uint(bytes, size * count <= 4 ? entry + 8 : inline, size, little)
}

const readDirectory = (bytes: Uint8Array, at: number, little: boolean): Outcome<Page> => {
  const entries = uint(bytes, at, 2, little)
  const next = entries === null ? null : uint(bytes, at + 2 + entries * 12, 4, little)
  if (entries === null || next === null) return truncated
  const found = new Map<number, number>()
  for (let i = 0; i < entries; i++) {
    const entry = at + 2 + i * 12
    const id = uint(bytes, entry, 2, little)!
    const value = valueOf(bytes, entry, little)
    if (value !== null) found.set(id, value)
  }
  const [widthPx, heightPx, bits] = [found.get(tag.width), found.get(tag.height), found.get(tag.bits) ?? 1]
  if (!widthPx || !heightPx) return refusal('inspection.image_broken', 'no size')
  const colour = coloured.has(found.get(tag.photometric) ?? 1)
  return accept({ widthPx, heightPx, bits, channels: colour ? 3 : 1, next })
}

const readPageHeaders = (bytes: Uint8Array, little: boolean): Outcome<Page[]> => {
  const pages: Page[] = []
  const seen = new Set<number>()
  for (let at = uint(bytes, 4, 4, little); at !== 0;) {
    if (at === null) return truncated
    if (seen.has(at)) return refusal('inspection.image_broken', 'its pages go round in a circle')
    if (pages.length === pagesAtMost) return refuse(error('inspection.image_too_many_pages', '', { pages: pagesAtMost, max: pagesAtMost }))
    seen.add(at)
    const page = readDirectory(bytes, at, little)
    if (!page.ok) return page
    pages.push(page.value)
    at = page.value.next
  }
  return pages.length > 0 ? accept(pages) : refusal('inspection.image_broken', 'no page')
}

const header = (bytes: Uint8Array): Outcome<Header> => {
  const read = readPageHeaders(bytes, bytes[0] === 0x49)
  if (!read.ok) return read
  const [first, ...others] = read.value as [Page, ...Page[]]
  const alike = (p: Page): boolean =>
    p.widthPx === first.widthPx && p.heightPx === first.heightPx && p.bits === first.bits && p.channels === first.channels
  if (!others.every(alike)) return refusal('inspection.image_unsupported', 'pages of several kinds')
  if (first.bits > 16) return refusal('inspection.image_unsupported', `${first.bits} bits`)
  const { widthPx, heightPx, channels } = first
  return accept({ widthPx, heightPx, depthBits: first.bits > 8 ? 16 : 8, channels, pages: read.value.length, volume: false, mmPerPx: null })
}

export const tiff: Format = {
  name: 'tiff',
  contentType: 'image/tiff',
  recognise: (bytes) => startsWith(bytes, [0x49, 0x49, 0x2a, 0]) || startsWith(bytes, [0x4d, 0x4d, 0, 0x2a]),
  header,
  read: (bytes, h) => readPages(bytes, h, 'TIFF'),
}
