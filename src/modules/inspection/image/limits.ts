/**
 * What intake takes at most. A file's header is read before anything is decompressed, so that a small file which would unfold into
 * gigabytes costs nothing.
 */
import { error, type Issue } from '#kernel/issue.ts'
import type { Header } from './formats/format.ts'

export const bytesAtMost = 64 * 1024 * 1024
const sideAtMostPx = 20_000
const pixelsAtMost = 60_000_000
const slicesAtMost = 2_048
const voxelsAtMost = 512 * 512 * 512

/** Every limit that a file's header breaks. */
export const beyondLimits = ({ widthPx, heightPx, pages }: Header): Issue[] => {
  const issues: Issue[] = []
  if (widthPx > sideAtMostPx || heightPx > sideAtMostPx || widthPx * heightPx > pixelsAtMost)
    issues.push(error('inspection.image_too_many_pixels', '', { width: widthPx, height: heightPx, side: sideAtMostPx, pixels: pixelsAtMost }))
  if (pages > 1 && (pages > slicesAtMost || widthPx * heightPx * pages > voxelsAtMost))
    issues.push(error('inspection.image_too_many_pages', '', { pages, max: slicesAtMost }))
  return issues
}
