/** Lots with a key that nobody outside knows: HMAC-SHA256, repeatable inside, unpredictable outside (as in risk's selection). */
import { createHmac, hash } from 'node:crypto'
import type { Subject } from '../../schema/subject.ts'

/** Numbers in [0,1) by name, of one thing. The key is used once; the names share what it gave. */
const lotsOf = (secret: Buffer, thing: string): ((name: string) => number) => {
  const seed = createHmac('sha256', secret).update(thing).digest('hex')
  return (name) => hash('sha256', `${seed}\u0000${name}`, 'buffer').readUInt32BE(0) / 2 ** 32
}

/** The lots of a subject: who puts the same bag through the scanner again draws the same. */
export const subjectLots = (secret: Buffer, { kind, id }: Subject): { recheck: number; open: number } => {
  const lot = lotsOf(secret, `subject/${kind}/${id}`)
  return { recheck: lot('recheck'), open: lot('open') }
}

/** The lots of a reader's next picture. */
export const projectionLots = (secret: Buffer, personId: string, ordinal: number): { when: number; which: number } => {
  const lot = lotsOf(secret, `projection/${personId}/${ordinal}`)
  return { when: lot('when'), which: lot('which') }
}
