/**
 * Files by content: the name is the SHA-256 of the bytes, so a file is stored once, cannot be altered unseen and needs no lock. What
 * comes back is hashed again. A directory here; an S3-compatible store is another implementation of `FileStore`.
 */
import { createHash, randomBytes } from 'node:crypto'
import { link, mkdir, open, readFile, unlink } from 'node:fs/promises'
import { dirname, join } from 'node:path'

export type FileStore = {
  /** Answers the hash once the bytes are on disk, also when they were there before. */
  put: (bytes: Uint8Array) => Promise<string>
  /** The bytes; null when nobody stored them. Throws when they are no longer what was stored. */
  read: (sha256: string) => Promise<Buffer | null>
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

/** Files below `root`, in 256 directories by the first two digits of the hash. */
export const directoryStore = (root: string): FileStore => {
  const pathOf = (sha256: string): string => join(root, sha256.slice(0, 2), sha256)
  const read: FileStore['read'] = async (sha256) => {
    let bytes: Buffer
    try {
      bytes = await readFile(pathOf(sha256))
    } catch (fault) {
      if (codeOf(fault) === 'ENOENT') return null
      throw fault
    }
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
  }
}
