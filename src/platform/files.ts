/**
 * Files by content: the name is the SHA-256 of the bytes, so a file is stored once, cannot be altered unseen and needs no lock. What
 * comes back is hashed again. A directory here; an S3-compatible store is another implementation of `FileStore`.
 */
import { createHash, randomBytes } from 'node:crypto'
import { link, mkdir, open, readFile, rename, unlink, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'

export type FileStore = {
  /** Answers the hash once the bytes are on disk, also when they were there before. */
  put: (bytes: Uint8Array) => Promise<string>
  /** The bytes; null when nobody stored them. Throws when they are no longer what was stored. */
  read: (sha256: string) => Promise<Buffer | null>
  /** What is made of a stored file, kept beside it under a name; made again where it is gone. */
  derive: (sha256: string, name: string, make: () => Promise<Buffer>) => Promise<Buffer>
}

export const sha256Of = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex')

const codeOf = (fault: unknown): string => (fault as NodeJS.ErrnoException).code ?? ''

/** A new name in a directory survives a power cut only when the directory itself is on disk. */
const syncDirectory = async (directory: string): Promise<void> => {
  const handle = await open(directory, 'r')
  try {
    await handle.sync()
  } finally {
    await handle.close()
  }
}

/** Writes beside, syncs, and gives the finished file its name; somebody else may have been first with the same bytes. */
const writeOnce = async (path: string, bytes: Uint8Array): Promise<void> => {
  const beside = `${path}.${randomBytes(6).toString('hex')}`
  const handle = await open(beside, 'wx', 0o444)
  try {
    await handle.writeFile(bytes)
    await handle.sync()
  } finally {
    await handle.close()
  }
  try {
    await link(beside, path)
  } catch (fault) {
    if (codeOf(fault) !== 'EEXIST') throw fault
  } finally {
    await unlink(beside)
  }
  await syncDirectory(dirname(path))
}

const readIfThere = async (path: string): Promise<Buffer | null> => {
  try {
    return await readFile(path)
  } catch (fault) {
    if (codeOf(fault) === 'ENOENT') return null
    throw fault
  }
}

/** Files below `root`, in 256 directories by the first two digits of the hash. */
export const directoryStore = (root: string): FileStore => {
  const pathOf = (sha256: string): string => join(root, sha256.slice(0, 2), sha256)
  const read: FileStore['read'] = async (sha256) => {
    const bytes = await readIfThere(pathOf(sha256))
    if (!bytes) return null
    if (sha256Of(bytes) !== sha256) throw new Error(`the stored file ${sha256} has been altered: its bytes hash to ${sha256Of(bytes)}`)
    return bytes
  }
  return {
    read,
    put: async (bytes) => {
      const sha256 = sha256Of(bytes)
      const path = pathOf(sha256)
      await mkdir(dirname(path), { recursive: true })
      // Read and not only looked for: a copy that was damaged must not be taken for stored.
      if ((await read(sha256)) === null) await writeOnce(path, bytes)
      return sha256
    },
    derive: async (sha256, name, make) => {
      const path = `${pathOf(sha256)}.${name}`
      const kept = await readIfThere(path)
      if (kept) return kept
      const made = await make()
      // Not synced: what a power cut takes is made again. Renamed, so that nobody reads half of it.
      const beside = `${path}.${randomBytes(6).toString('hex')}`
      await writeFile(beside, made)
      await rename(beside, path)
      return made
    },
  }
}
