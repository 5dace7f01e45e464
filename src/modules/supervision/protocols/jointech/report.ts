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

/** One full-length binary report. */
export const jt701Frame = (s: SealSays): Uint8Array => {
  const frame = new Uint8Array(62)
  const view = new DataView(frame.buffer)
  frame[0] = 0x24
  frame.set(bcd(s.id), 1)
  frame[6] = 0x19
  frame[7] = 0x10 | types[s.type ?? 'live']
  view.setUint16(8, 52)
  const d = s.at
  frame.set(
    bcd(
      two(d.getUTCDate()) +
        two(d.getUTCMonth() + 1) +
        two(d.getUTCFullYear() % 100) +
        two(d.getUTCHours()) +
        two(d.getUTCMinutes()) +
        two(d.getUTCSeconds()),
    ),
    10,
  )
  frame.set(bcd(minutes(s.lat, 2)), 16)
  const flags = 1 | (s.lat >= 0 ? 2 : 0) | (s.lon >= 0 ? 4 : 0)
  frame.set(bcd(minutes(s.lon, 3) + flags.toString(16)), 20)
  frame[25] = Math.round((s.speedKph ?? 60) / 1.852)
  frame[26] = Math.round((s.courseDeg ?? 90) / 2)
  frame[31] = 9
  const locked = s.locked ?? true
  view.setUint16(36, (s.cut ? 8 : 0) | 32 | (locked ? 64 | 128 : 0) | 8192)
  frame[38] = s.batteryPct ?? 90
  frame[43] = 25
  frame[45] = 1
  frame[46] = 0x0f
  if (s.imei) frame.set(bcd(`0${s.imei}`), 48)
  else frame.fill(0xff, 48, 56)
  frame[61] = (s.serial ?? 0) & 255
  return frame
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
