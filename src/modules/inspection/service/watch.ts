/**
 * A folder into which a scanner delivers. What has been taken in moves to `done`, what was refused to `refused` with its reasons
 * beside it; nothing is deleted, and what was taken in twice is stored once.
 */
import { createHash } from 'node:crypto'
import { mkdir, readdir, readFile, rename, stat, writeFile } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { error } from '#kernel/issue.ts'
import { accept, type Outcome, refuse } from '#kernel/outcome.ts'
import { uuidv7 } from '#kernel/ids.ts'
import { systemPrincipal } from '#platform/permissions.ts'
import { adapterNamed } from '../adapters/index.ts'
import type { Adapter, Delivery } from '../adapters/adapter.ts'
import type { SourceFile } from '../image/intake.ts'
import { bytesAtMost } from '../image/limits.ts'
import type { Image } from '../schema/image.ts'
import { findScanner } from '../store/scanners.ts'
import type { InspectionDeps } from './deps.ts'
import { storeImage } from './images.ts'

export type Watch = { scannerId: string; folder: string }

/** The same note of the same scanner is the same attempt, however often it is read. */
const keyOf = (scannerId: string, note: string, takenAt: string): string =>
  uuidv7(Date.parse(takenAt), createHash('sha256').update(`${scannerId}\n${note}`).digest().subarray(0, 10))

const load = async (folder: string, { files }: Delivery): Promise<Outcome<SourceFile[]>> => {
  const sources: SourceFile[] = []
  for (const { role, name } of files) {
    const path = join(folder, name)
    const size = await stat(path).then(({ size: bytes }) => bytes, () => null) // prettier-ignore
    if (size === null) return refuse(error('inspection.image_unreadable', `/${role}`, { detail: `${name} is not there` }))
    if (size > bytesAtMost) return refuse(error('inspection.image_too_large', `/${role}`, { bytes: size, max: bytesAtMost }))
    sources.push({ role, bytes: await readFile(path) })
  }
  return accept(sources)
}

const move = async (folder: string, to: string, names: readonly string[]): Promise<void> => {
  await mkdir(join(folder, to), { recursive: true })
  for (const name of names) await rename(join(folder, name), join(folder, to, basename(name))).catch(() => undefined)
}

/** Takes in one image by its note. */
const takeIn = async (deps: InspectionDeps, { scannerId, folder }: Watch, adapter: Adapter, name: string): Promise<Outcome<Image>> => {
  const note = await readFile(join(folder, name), 'utf8')
  const delivery = adapter.read(note)
  const sources = delivery.ok ? await load(folder, delivery.value) : delivery
  const files = delivery.ok ? delivery.value.files.map((f) => f.name) : []
  const asking = (takenAt: string) => ({
    principal: systemPrincipal(`Scanner ${scannerId}`),
    key: keyOf(scannerId, note, takenAt),
    now: deps.clock(),
  })
  const store = ({ fresh }: Delivery, files: SourceFile[]) => storeImage(deps, asking(fresh.takenAt), { ...fresh, scannerId }, files)
  const stored = !delivery.ok ? delivery : !sources.ok ? sources : await store(delivery.value, sources.value)
  const to = stored.ok ? 'done' : 'refused'
  // The note moves last: what is interrupted before that is read again.
  await move(folder, to, [...files, name])
  if (!stored.ok) await writeFile(join(folder, to, `${name}.issues.json`), `${JSON.stringify(stored.issues, null, 1)}\n`)
  return stored
}

/** Takes in every image whose note lies in the folder, oldest name first. Answers how many were stored and refused. */
export const takeInAll = async (deps: InspectionDeps, watch: Watch): Promise<{ stored: number; refused: number }> => {
  const scanner = await findScanner(deps.sql, watch.scannerId)
  const adapter = scanner && adapterNamed(scanner.adapter)
  if (!adapter) throw new Error(`the folder ${watch.folder} is of a scanner that is not in the register: ${watch.scannerId}`)
  const notes = (await readdir(watch.folder)).filter((name) => adapter.note.test(name)).toSorted()
  const counts = { stored: 0, refused: 0 }
  for (const name of notes) counts[(await takeIn(deps, watch, adapter, name)).ok ? 'stored' : 'refused']++
  return counts
}

/** Looks into the folders again and again. A folder that cannot be read is said once in the log and tried again. */
export const watchFolders = (deps: InspectionDeps, watches: readonly Watch[], everyMs = 1_000): { stop: () => Promise<void> } => {
  let stopped = false
  const loops = watches.map(async (watch) => {
    let silent = false
    while (!stopped) {
      try {
        await takeInAll(deps, watch)
        silent = false
      } catch (fault) {
        if (!silent) deps.log.warn({ err: fault, scanner: watch.scannerId }, 'a scanner’s folder cannot be read')
        silent = true
      }
      await new Promise((later) => setTimeout(later, everyMs))
    }
  })
  return {
    stop: async () => {
      stopped = true
      await Promise.all(loops)
    },
  }
}
