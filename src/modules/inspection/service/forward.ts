/**
 * A site that reads nothing itself: what its scanners deliver lies in a folder on its own disk and is pushed to the image centre while the link
 * is there. A note leaves the folder only when the centre has answered, so a cut link loses nothing; the key of a delivery is made of its
 * content and goes with every attempt, so a lost answer stores nothing twice.
 */
import { createHash } from 'node:crypto'
import { mkdir, readdir, readFile, rename, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { uuidv7 } from '#kernel/ids.ts'
import { adapterNamed } from '../adapters/index.ts'

export type Forwarding = {
  folder: string
  scannerId: string
  /** which maker's notes lie in the folder */
  adapter: string
  /** where the image centre is, such as https://customs.example */
  centre: string
  /** API key of a scanner operator */
  apiKey: string
}
type Sent = 'stored' | 'refused' | 'waits'
type Answer = { status: number; body: unknown }

/** Same parts, same key, whenever and wherever it is sent. */
const keyOf = (...parts: readonly (string | Uint8Array)[]): string => {
  const hash = createHash('sha256')
  for (const part of parts) hash.update(String(part.length)).update(part)
  const digest = hash.digest()
  return uuidv7(digest.readUIntBE(10, 5), digest.subarray(0, 10))
}

const post = async ({ centre, apiKey }: Forwarding, path: string, key: string, type: string, body: Uint8Array | string): Promise<Answer> => {
  const headers = { authorization: `Bearer ${apiKey}`, 'content-type': type, 'idempotency-key': key }
  const answer = await fetch(`${centre}/api/inspection/${path}`, {
    method: 'POST',
    headers,
    body: typeof body === 'string' ? body : new Uint8Array(body),
    signal: AbortSignal.timeout(30_000),
  })
  return { status: answer.status, body: await answer.json() }
}

/** Sent again later: no link, a centre that is busy or broken, a key that has run out. Anything else that is no success will not get better. */
const later = (status: number): boolean => status >= 500 || [401, 403, 408, 425, 429].includes(status)

const settle = async (folder: string, to: 'sent' | 'refused', note: string, files: readonly string[], why?: unknown): Promise<void> => {
  await mkdir(join(folder, to), { recursive: true })
  if (why !== undefined) await writeFile(join(folder, to, `${note}.issues.json`), `${JSON.stringify(why, null, 1)}\n`)
  // The note moves last: what is interrupted before that is sent again, under the same key.
  for (const name of [...files, note]) await rename(join(folder, name), join(folder, to, name)).catch(() => undefined)
}

const push = async (f: Forwarding, note: string): Promise<Sent> => {
  const text = await readFile(join(f.folder, note), 'utf8')
  const delivery = adapterNamed(f.adapter)!.read(text)
  if (!delivery.ok) {
    await settle(f.folder, 'refused', note, [], delivery.issues)
    return 'refused'
  }
  const { fresh, files } = delivery.value
  const names = files.map(({ name }) => name)
  const kept: { role: string; sha256: string }[] = []
  for (const { role, name } of files) {
    const bytes = await readFile(join(f.folder, name))
    const answer = await post(f, 'originals', keyOf(f.scannerId, bytes), 'application/octet-stream', bytes)
    if (later(answer.status)) return 'waits'
    if (answer.status >= 300) {
      await settle(f.folder, 'refused', note, names, answer.body)
      return 'refused'
    }
    kept.push({ role, sha256: (answer.body as { sha256: string }).sha256 })
  }
  const image = JSON.stringify({ ...fresh, scannerId: f.scannerId, files: kept })
  const answer = await post(f, 'images/assembled', keyOf(f.scannerId, text), 'application/json', image)
  if (later(answer.status)) return 'waits'
  const isStored = answer.status < 300
  await settle(f.folder, isStored ? 'sent' : 'refused', note, names, isStored ? undefined : answer.body)
  return isStored ? 'stored' : 'refused'
}

/**
 * Pushes what lies in the folder, oldest name first. Where one has to wait the others wait behind it: the link is what is missing. A fault of
 * the link is no fault of the site, and counts as waiting.
 */
export const forwardAll = async (f: Forwarding): Promise<Record<Sent, number>> => {
  const adapter = adapterNamed(f.adapter)
  if (!adapter) throw new Error(`there is no adapter ${f.adapter}`)
  const notes = (await readdir(f.folder)).filter((name) => adapter.note.test(name)).toSorted()
  const counts = { stored: 0, refused: 0, waits: 0 }
  for (const [n, note] of notes.entries()) {
    const sent = await push(f, note).catch((): Sent => 'waits')
    if (sent === 'waits') return { ...counts, waits: notes.length - n }
    counts[sent] += 1
  }
  return counts
}
