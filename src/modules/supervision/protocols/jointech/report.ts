/** The other side of the protocol: what a JT701D sends and answers, for the simulator, tests and measurements of the gateway. */
export type SealSays = {
  id: string
  at: Date
  lat: number
  lon: number
  speedKph?: number
  courseDeg?: number
  batteryPct?: number
  /** locked and rope inserted unless told otherwise */
  locked?: boolean
  cut?: boolean
  /** bits of the status word to set beside those of the lock, as the manual numbers them; bit 12 opens the back cover */
  status?: number
  /** false: the receiver has no fix and repeats the place of its last one */
  fixed?: boolean
  type?: 'live' | 'alarm' | 'replay'
  serial?: number
  /** 15 digits; left out as older seals do */
  imei?: string
}

const bcd = (digits: string): number[] => digits.match(/../g)!.map((pair) => Number.parseInt(pair, 16))
const two = (n: number): string => String(n).padStart(2, '0')
const minutes = (degrees: number, digits: number): string => {
  const all = Math.round(Math.abs(degrees) * 600_000)
  return String(Math.floor(all / 600_000)).padStart(digits, '0') + String(all % 600_000).padStart(6, '0')
}
const types = { live: 1, alarm: 2, replay: 3 } as const

const dateOf = (d: Date): string =>
  two(d.getUTCDate()) +
  two(d.getUTCMonth() + 1) +
  two(d.getUTCFullYear() % 100) +
  two(d.getUTCHours()) +
  two(d.getUTCMinutes()) +
  two(d.getUTCSeconds())

/** The 17 bytes that every record begins with: time, place, flags, speed, course. */
const fixOf = (s: Pick<SealSays, 'at' | 'lat' | 'lon' | 'fixed' | 'speedKph' | 'courseDeg'>): number[] => {
  const flags = ((s.fixed ?? true) ? 1 : 0) | (s.lat >= 0 ? 2 : 0) | (s.lon >= 0 ? 4 : 0)
  return [
    ...bcd(dateOf(s.at)),
    ...bcd(minutes(s.lat, 2)),
    ...bcd(minutes(s.lon, 3) + flags.toString(16)),
    Math.round((s.speedKph ?? 60) / 1.852),
    Math.round((s.courseDeg ?? 90) / 2),
  ]
}

const coverAlarm = 1 << 12
const coverClosed = 1 << 13

/** One full-length binary report. */
export const jt701Frame = (s: SealSays): Uint8Array => {
  const frame = new Uint8Array(62)
  const view = new DataView(frame.buffer)
  frame[0] = 0x24
  frame.set(bcd(s.id), 1)
  frame[6] = 0x19
  frame[7] = 0x10 | types[s.type ?? 'live']
  view.setUint16(8, 52)
  frame.set(fixOf(s), 10)
  frame[31] = 9
  const locked = s.locked ?? true
  view.setUint16(36, (s.cut ? 8 : 0) | 32 | (locked ? 64 | 128 : 0) | ((s.status ?? 0) & coverAlarm ? 0 : coverClosed) | (s.status ?? 0))
  frame[38] = s.batteryPct ?? 90
  frame[43] = 25
  frame[45] = 1
  frame[46] = 0x0f
  if (s.imei) frame.set(bcd(`0${s.imei}`), 48)
  else frame.fill(0xff, 48, 56)
  frame[61] = (s.serial ?? 0) & 255
  return frame
}

/** Somebody worked the lock or tried to: source, verification and password as the manual numbers them. */
export type LockSays = Pick<SealSays, 'id' | 'at' | 'lat' | 'lon' | 'speedKph' | 'serial'> & {
  source: number
  verify: number
  card?: string
  passwordOk?: boolean
  wrong?: number
}

/** The text report P45. */
export const jt701LockReport = (s: LockSays): Uint8Array => {
  const date = dateOf(s.at)
  const place = `${Math.abs(s.lat).toFixed(6)},${s.lat >= 0 ? 'N' : 'S'},${Math.abs(s.lon).toFixed(6)},${s.lon >= 0 ? 'E' : 'W'}`
  const deed = `${s.source},${s.verify},${s.card ?? '0000000000'},${s.passwordOk ? 1 : 0},${s.wrong ?? 0},${(s.serial ?? 0) & 255}`
  return Buffer.from(`(${s.id},P45,${date.slice(0, 6)},${date.slice(6)},${place},A,${Math.round(s.speedKph ?? 0)},90,${deed},0)`)
}

/** What the lock heard by radio of a lock beneath it, whose id is ten hexadecimal digits. */
export type SubLockSays = Pick<SealSays, 'id' | 'at' | 'lat' | 'lon' | 'speedKph' | 'serial'> & {
  subLock: string
  event: 'timer' | 'cut' | 'lost'
  locked: boolean
}

const subLockBits = { timer: 1 << 6, cut: 1 << 4, lost: 1 << 14 } as const
const escapes: Readonly<Record<number, number>> = { 0x28: 0x15, 0x29: 0x14, 0x2c: 0x11, 0x3d: 0x00 }

/** The report of a sub-lock (WLNET), its binary part escaped. */
export const jt701SubLockReport = (s: SubLockSays): Uint8Array => {
  const event = subLockBits[s.event]
  const sensor = [...bcd(dateOf(s.at)), ...bcd(s.subLock), (s.serial ?? 0) & 255, 1, 144, 88, 60, 4]
  const state = [event >> 8, event & 255, 0, s.locked ? 1 : 0, 0, 3, 1]
  const binary = [...fixOf(s), ...sensor, ...state].flatMap((b) => (escapes[b] === undefined ? [b] : [0x3d, escapes[b]]))
  return Buffer.concat([Buffer.from(`(${s.id},1,1,WLNET,5,2,`), Buffer.from(binary), Buffer.from(')')])
}

/** What a healthy lock says to a command, without its id: `P98,10,0` → `P98,10,0,0,0`; null where it says nothing. */
export const jt701Answer = (command: string): string | null => {
  const [type, ...p] = command.split(',')
  if (type === 'P98') return 'P98,10,0,0,0'
  if (type === 'P43') return 'P43,1,0'
  if (type === 'P52') return p[0] === '3' ? 'P52,3,1,0' : p[0] === '1' ? `P52,1,${p[1]},${p[3]}` : null
  if (type === 'P04') return `P04,${p[1]},${p[2]}`
  if (type === 'P54') return `P54,1,${p[1]}`
  return ['P15', 'P24', 'P29', 'P30', 'P31', 'P44'].includes(type!) ? `${type},1` : null
}
