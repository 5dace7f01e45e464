/** The people of the image room, acting through the public interface. */
import type { Subject } from '#schema/inspection'
import { demoPerson } from '#modules/identity'
import { call, signInAs } from '../client.ts'
import type { ScanFiles } from './thread.ts'

export type Who = 'scanner-air' | 'analyst-second' | 'analyst-third' | 'image-supervisor' | 'examiner-air'
export type Crew = {
  /** the answer, or null where it was refused */
  send: <T>(who: Who, method: 'GET' | 'POST', path: string, body?: unknown) => Promise<T | null>
  /** stores the two planes of a scan as one image; answers its id */
  store: (scan: ScanFiles, about: { subject: Subject; isTip: boolean; scannerId: string }) => Promise<string | null>
}

const originals = '/api/inspection/originals'

export const createCrew = (address: string): Crew => {
  const cookies = new Map<Who, string>()
  const cookieOf = async (who: Who, fresh: boolean): Promise<string | null> => {
    const kept = fresh ? undefined : cookies.get(who)
    const cookie = kept ?? (await signInAs(address, demoPerson(who).id))
    if (cookie) cookies.set(who, cookie)
    return cookie
  }
  const send: Crew['send'] = async <T>(who: Who, method: 'GET' | 'POST', path: string, body?: unknown) => {
    for (const fresh of [false, true]) {
      const cookie = await cookieOf(who, fresh)
      if (cookie === null) return null
      const answer = await call(address, method, path, cookie, body)
      if (answer.status < 300) return answer.value as T
      if (answer.status !== 401) return null
    }
    return null
  }
  const keep = async (bytes: Uint8Array): Promise<string | null> => {
    const cookie = await cookieOf('scanner-air', false)
    if (cookie === null) return null
    const headers = { cookie, 'content-type': 'image/png', 'idempotency-key': crypto.randomUUID() }
    const answer = await fetch(address + originals, { method: 'POST', headers, body: Buffer.from(bytes) })
    return answer.ok ? ((await answer.json()) as { sha256: string }).sha256 : null
  }
  return {
    send,
    store: async ({ low, high, energiesKeV, mmPerPx }, { subject, isTip, scannerId }) => {
      // Signed in anew where that is needed, before the bytes go.
      await send('scanner-air', 'GET', '/api/session')
      const [lowHash, highHash] = [await keep(low), await keep(high)]
      if (lowHash === null || highHash === null) return null
      const image = await send<{ id: string }>('scanner-air', 'POST', '/api/inspection/images/assembled', {
        subject,
        // What the belt's detector looks for is the same in parcels as in bags.
        item: 'bag',
        scannerId,
        takenAt: new Date().toISOString(),
        column: 'simulated',
        isTip,
        sidecar: { energiesKeV, mmPerPx, geometry: 'fan' },
        files: [
          { role: 'low', sha256: lowHash },
          { role: 'high', sha256: highHash },
        ],
      })
      return image?.id ?? null
    },
  }
}
