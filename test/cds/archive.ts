/** The sample pack of a trader test service, read straight from its archive at run time; nothing of it is kept here. */
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'

const archive = join(import.meta.dirname, '../../../shared/data/messages/cds.tar.gz')

/** Why tests of the pack are skipped, or false. */
export const noPack: string | false = existsSync(archive) ? false : 'the sample pack (shared/data/messages/cds.tar.gz) is not here'

/** Files of a tar archive by name (POSIX ustar with pax or GNU long names). */
const untar = (bytes: Buffer): Map<string, Buffer> => {
  const files = new Map<string, Buffer>()
  const field = (at: number, length: number): string => bytes.toString('utf8', at, at + length).replace(/\0.*$/s, '')
  let longName = ''
  for (let at = 0; at + 512 <= bytes.length && bytes[at] !== 0;) {
    const size = Number.parseInt(field(at + 124, 12), 8) || 0
    const type = String.fromCharCode(bytes[at + 156]!)
    const content = bytes.subarray(at + 512, at + 512 + size)
    const prefix = field(at + 345, 155)
    const name = longName || (prefix ? `${prefix}/` : '') + field(at, 100)
    longName = type === 'x' ? (/^\d+ path=(.*)$/m.exec(content.toString('utf8'))?.[1] ?? '') : type === 'L' ? field(at + 512, size) : ''
    if (type === '0' || type === '\0') files.set(name.replace(/^\.\//, ''), content)
    at += 512 + Math.ceil(size / 512) * 512
  }
  return files
}

/** Rows of comma-separated values (RFC 4180) by the names of the first row. */
const parseCsv = (text: string): Record<string, string>[] => {
  const rows: string[][] = [[]]
  for (const [, quoted, plain, end] of text.matchAll(/(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r?\n|$)/g)) {
    rows.at(-1)!.push(quoted?.replaceAll('""', '"') ?? plain ?? '')
    if (end === '') break
    if (end !== ',') rows.push([])
  }
  const [head = [], ...body] = rows
  return body.map((row) => Object.fromEntries(head.map((name, i) => [name, (row[i] ?? '').trim()])))
}

export type Pack = { /** files of each scenario's folder */ folders: Map<string, [name: string, bytes: Buffer][]>; rows: Record<string, string>[] }

export const readPack = (): Pack => {
  const files = untar(gunzipSync(readFileSync(archive)))
  const folders: Pack['folders'] = new Map()
  for (const [path, bytes] of files) {
    const found = /\/2\.0\/examples\/[^/]+\/([^/]+)\/(.+\.xml)$/i.exec(path)
    if (found) folders.set(found[1]!, [...(folders.get(found[1]!) ?? []), [found[2]!, bytes]])
  }
  const csv = [...files].find(([path]) => path.endsWith('/scenario-descriptions.csv'))![1]
  return { folders, rows: parseCsv(csv.toString('utf8').replace(/^\uFEFF/, '')) }
}
