/** The process that turns the package's JSON into the small file of read-vectors.ts: `node pack-vectors.ts FROM TO`. Reads it piece by piece. */
import { closeSync, openSync, readSync, renameSync, writeFileSync } from 'node:fs'

const dimensions = 100
const pieceBytes = 1 << 22
/** A direction's components stay below a half; so they fill the byte. */
const scale = 250
const begin = '"vectors":{'

const components = (numbers: readonly string[]): Int8Array => {
  const length = Number(numbers[dimensions]) || 1
  const out = new Int8Array(dimensions)
  for (let i = 0; i < dimensions; i++) out[i] = Math.max(-127, Math.min(127, Math.round((Number(numbers[i]) / length) * scale)))
  return out
}

/** Calls `take` for each word of plain letters. An entry is `"word":[numbers]`. */
const eachWord = (path: string, take: (word: string, vector: Int8Array) => void): void => {
  const file = openSync(path, 'r')
  const piece = Buffer.alloc(pieceBytes)
  let rest = Buffer.alloc(0)
  let began = false
  for (let got = readSync(file, piece, 0, pieceBytes, null); got > 0; got = readSync(file, piece, 0, pieceBytes, null)) {
    rest = Buffer.concat([rest, piece.subarray(0, got)])
    let at = 0
    if (!began) {
      const found = rest.indexOf(begin)
      if (found < 0) continue
      began = true
      at = found + begin.length
    }
    for (;;) {
      const open = rest.indexOf('":[', at)
      const close = open < 0 ? -1 : rest.indexOf(']', open)
      if (close < 0) break
      const word = rest.toString('latin1', at + 1, open)
      if (/^[a-z]{2,}$/.test(word)) take(word, components(rest.toString('latin1', open + 3, close).split(',')))
      at = close + 2
    }
    rest = Buffer.from(rest.subarray(at))
  }
  closeSync(file)
}

const pack = (from: string, to: string): void => {
  const vectors = new Map<string, Int8Array>()
  eachWord(from, (word, vector) => vectors.set(word, vector))
  if (vectors.size === 0) throw new Error(`no words in ${from}`)
  const words = [...vectors.keys()].sort()
  const blob = Buffer.from(words.join(''), 'latin1')
  const starts = new Uint32Array(words.length + 1)
  words.forEach((word, i) => (starts[i + 1] = starts[i]! + word.length))
  const head = Buffer.alloc(8)
  head.writeUInt32LE(words.length, 0)
  head.writeUInt32LE(blob.length, 4)
  const half = `${to}.${process.pid}`
  writeFileSync(half, Buffer.concat([head, new Uint8Array(starts.buffer), blob, ...words.map((word) => new Uint8Array(vectors.get(word)!.buffer))]))
  renameSync(half, to)
}

const [from, to] = process.argv.slice(2)
if (from && to) pack(from, to)
