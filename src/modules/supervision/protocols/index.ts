/**
 * The protocols that seals and vehicle units speak. To add one: a file here that cuts and reads its frames, its captures as fixtures
 * with a test, and its line in this table.
 */
import type { Protocol } from './codec.ts'
import { eseal } from './eseal.ts'
import { gl200 } from './gl200.ts'
import { gt06 } from './gt06/index.ts'
import { h02 } from './h02.ts'
import { jido } from './jido.ts'
import { jointech } from './jointech/index.ts'
import { jt808 } from './jt808/index.ts'
import { meitrack } from './meitrack.ts'
import { stl060 } from './stl060.ts'
import { teltonika } from './teltonika.ts'
import { teratrack } from './teratrack.ts'
import { topin } from './topin.ts'
import { tzone } from './tzone.ts'
import { xrb28 } from './xrb28.ts'

const all: readonly Protocol[] = [jointech, jt808, eseal, teratrack, gt06, teltonika, gl200, h02, meitrack, xrb28, jido, stl060, topin, tzone]

/** Other names of the same protocol: families that share one port. */
const aliases: Readonly<Record<string, string>> = { jt600: 'jt701', jt704: 'jt701', jt709: 'jt701', huabao: 'jt808' }

export const protocolNames: readonly string[] = [...all.map((p) => p.name), ...Object.keys(aliases)].sort()

/** The protocol of a name; undefined when there is none. */
export const protocolOf = (name: string): Protocol | undefined => {
  const plain = name.trim().toLowerCase()
  return all.find((p) => p.name === (Object.hasOwn(aliases, plain) ? aliases[plain] : plain))
}

export { openConnection } from './codec.ts'
export type { Connection, Decoded } from './codec.ts'
export { ascii, fromHex, hexOf, textOf } from './bytes.ts'
export { jt701Answer, jt701Frame, jt701LockReport, jt701SubLockReport, type SealSays } from './jointech/report.ts'
