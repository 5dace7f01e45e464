/** From the bytes of one file, or of a low and a high file, to pixels: recognised by content, limited before they are unfolded. */
import { error, type Issue } from '#kernel/issue.ts'
import { accept, type Outcome, refuse } from '#kernel/outcome.ts'
import type { FileFormat, FileRole, Sidecar } from '../schema/image.ts'
import { formatOf } from './formats/index.ts'
import type { Format, Header } from './formats/format.ts'
import { beyondLimits, bytesAtMost } from './limits.ts'
import type { Grey, Scan } from './scan.ts'

export type SourceFile = { role: FileRole; bytes: Uint8Array }
export type ReadFile = { role: FileRole; format: FileFormat; bytes: Uint8Array }
export type Reading = { scan: Scan; files: ReadFile[]; mmPerPx: number | null }

const at = (role: FileRole, issues: readonly Issue[]): Issue[] => issues.map((i) => ({ ...i, path: `/${role}${i.path}` }))

/** What kind of file it is and how large its picture, without unfolding it. */
export const examineFile = (bytes: Uint8Array): Outcome<{ format: Format; header: Header }> => {
  if (bytes.length === 0) return refuse(error('inspection.image_empty'))
  if (bytes.length > bytesAtMost) return refuse(error('inspection.image_too_large', '', { bytes: bytes.length, max: bytesAtMost }))
  const format = formatOf(bytes)
  if (!format) return refuse(error('inspection.image_unknown_format'))
  const header = format.header(bytes)
  if (!header.ok) return header
  const beyond = beyondLimits(header.value)
  return beyond.length > 0 ? refuse(...beyond) : accept({ format, header: header.value })
}

const dualOf = (low: Scan, high: Scan): Outcome<Scan> => {
  if (low.kind !== 'grey' || high.kind !== 'grey') return refuse(error('inspection.image_planes_not_grey'))
  const [a, b]: [Grey, Grey] = [low.grey, high.grey]
  if (a.width !== b.width || a.height !== b.height)
    return refuse(error('inspection.image_planes_differ', '', { low: `${a.width} × ${a.height}`, high: `${b.width} × ${b.height}` }))
  const depthBits = low.depthBits === 16 && high.depthBits === 16 ? 16 : 8
  return accept({ kind: 'dual-energy', dual: { width: a.width, height: a.height, low: a.data, high: b.data }, depthBits })
}

const unexplained = (pages: number): Issue => error('inspection.image_pages_unexplained', '', { pages })

/** Two pages are low and high where the scanner says that it measures twice; more pages without a word are no picture. */
const sceneOf = (scans: readonly Scan[], sidecar: Sidecar): Outcome<Scan> => {
  if (scans.length === 1) return accept(scans[0]!)
  if (scans.length === 2 && sidecar.energiesKeV) return dualOf(scans[0]!, scans[1]!)
  return refuse(unexplained(scans.length))
}

const readOne = async (file: SourceFile, sidecar: Sidecar): Promise<Outcome<{ scan: Scan; file: ReadFile; mmPerPx: number | null }>> => {
  const examined = examineFile(file.bytes)
  if (!examined.ok) return refuse(...at(file.role, examined.issues))
  const { format, header } = examined.value
  // Told before any page is unfolded: no picture has more than two.
  if (!header.volume && header.pages > 2) return refuse(...at(file.role, [unexplained(header.pages)]))
  const scans = await format.read(file.bytes, header)
  const scan = scans.ok ? sceneOf(scans.value, sidecar) : scans
  if (!scan.ok) return refuse(...at(file.role, scan.issues))
  return accept({ scan: scan.value, file: { role: file.role, format: format.name, bytes: file.bytes }, mmPerPx: header.mmPerPx })
}

/**
 * Reads one file (`image`), or two (`low` and `high`) as one measurement at two energies. Refuses with every reason of every file:
 * empty, too large, unknown, broken, cut off, too many pixels or pages, planes that do not fit each other.
 */
export const readScan = async (files: readonly SourceFile[], sidecar: Sidecar = {}): Promise<Outcome<Reading>> => {
  const roles = files.map((f) => f.role).toSorted()
  if (roles.join() !== 'image' && roles.join() !== 'high,low')
    return refuse(error('inspection.image_files_incomplete', '', { roles: roles.join(', ') }))
  const read = await Promise.all(files.map((f) => readOne(f, sidecar)))
  const refused = read.flatMap((r) => (r.ok ? [] : r.issues))
  if (refused.length > 0) return refuse(...refused)
  const parts = read.flatMap((r) => (r.ok ? [r.value] : []))
  const scan = parts.length === 1 ? accept(parts[0]!.scan) : dualOf(...planesOf(parts))
  if (!scan.ok) return scan
  return accept({ scan: scan.value, files: parts.map((p) => p.file), mmPerPx: sidecar.mmPerPx ?? parts[0]!.mmPerPx })
}

const planesOf = (parts: readonly { scan: Scan; file: ReadFile }[]): [Scan, Scan] => {
  const of = (role: FileRole): Scan => parts.find((p) => p.file.role === role)!.scan
  return [of('low'), of('high')]
}
