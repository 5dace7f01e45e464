/** What a simulated trip is planned with: corridor, seal, carrier, lorry, driver and load, all invented. */
import type { Corridor, TripPlan, Unit } from '#schema/supervision'
import { demoOrganisations } from '#modules/identity'
import type { Chance } from '../declaration.ts'
import { type Plot, plots } from './driving.ts'

/** Offices at the ends of the demo's corridors, and whose seals leave from there. */
export const ways: Readonly<Record<string, { from: string; to: string; escort: 'escort-land' | 'escort-air'; minutes: number }>> = {
  'xv-tarn-marrin': { from: 'XV000301', to: 'XV000101', escort: 'escort-land', minutes: 150 },
  'xv-marrin-tarn': { from: 'XV000101', to: 'XV000301', escort: 'escort-land', minutes: 150 },
  'xv-marrin-orrin': { from: 'XV000101', to: 'XV000401', escort: 'escort-land', minutes: 95 },
  'xv-halden-orrin': { from: 'XV000201', to: 'XV000401', escort: 'escort-air', minutes: 70 },
  'xv-marrin-halden': { from: 'XV000101', to: 'XV000201', escort: 'escort-land', minutes: 85 },
  'xv-tarn-halden': { from: 'XV000301', to: 'XV000201', escort: 'escort-land', minutes: 130 },
}

/** Who can be sent to a lorry in trouble, and how far along which road he waits. */
export const units: readonly (Pick<Unit, 'id' | 'name' | 'office' | 'kind' | 'phone'> & { corridorId: string; share: number })[] = [
  { id: 'XV-P1', name: 'Patrol Marrin', office: 'XV000101', kind: 'patrol', phone: '+999 555 0111', corridorId: 'xv-marrin-tarn', share: 0.1 },
  { id: 'XV-P2', name: 'Patrol Serra', office: 'XV000301', kind: 'patrol', phone: '+999 555 0112', corridorId: 'xv-marrin-tarn', share: 0.7 },
  { id: 'XV-C1', name: 'Police Orrin', office: 'XV000401', kind: 'police', phone: '+999 555 0121', corridorId: 'xv-halden-orrin', share: 0.9 },
  { id: 'XV-R1', name: 'Recovery Lindal', office: 'XV000101', kind: 'recovery', phone: '+999 555 0131', corridorId: 'xv-marrin-halden', share: 0.5 },
]

const carriers = demoOrganisations.filter((o) => ['tarn-haulage', 'ironline', 'saltroad'].includes(o.key)).map((o) => o.registration)
const drivers = [
  'Ola Berg',
  'Ines Carvalho',
  'Sadiq Rahman',
  'Marta Kovacs',
  'Tunde Bello',
  'Freja Holm',
  'Diego Salas',
  'Yara Haddad',
  'Piotr Wilk',
  'Lin Zhao',
  'Nadia Osman',
  'Rory Quinn',
] as const

const plate = (c: Chance): string => `${c.pick(['TRN', 'PMR', 'ORR', 'HLD', 'VSB'])} ${c.between(100, 999)}`

/** ISO 6346: owner code, serial number, check digit. */
const container = (c: Chance): string => {
  const body = `${c.pick(['PELU', 'VERU', 'TGHU'])}${String(c.between(0, 999_999)).padStart(6, '0')}`
  const value = (ch: string): number => (/\d/.test(ch) ? Number(ch) : ((n) => n + Math.floor((n - 1) / 10))(ch.charCodeAt(0) - 55))
  return `${body}${([...body].reduce((sum, ch, i) => sum + value(ch) * 2 ** i, 0) % 11) % 10}`
}

/** An MRN of the year and country, with the procedure letter of transit. */
const mrn = (c: Chance, year: string): string => `${year.slice(2)}XV${String(c.between(0, 99_999_999)).padStart(8, '0')}${c.between(10_000, 99_999)}T`

/** One trip in ten is a road train, or has two doors: it carries a container and a seal more. */
export const inventSeals = (c: Chance): 1 | 2 => (c.next() < 0.1 ? 2 : 1)

export const inventPlan = (c: Chance, corridor: Corridor, sealIds: readonly string[], year: string): TripPlan => {
  const way = ways[corridor.id]!
  const containers = sealIds.map(() => container(c))
  return {
    reference: mrn(c, year),
    guarantee: null,
    carrier: c.pick(carriers),
    vehicle: plate(c),
    trailer: plate(c),
    driver: c.pick(drivers),
    containers,
    office: way.from,
    destinationOffice: way.to,
    corridorId: corridor.id,
    seals: sealIds.map((sealId, n) => ({ sealId, ...(sealIds.length > 1 && { place: `Container ${containers[n]}, rear door` }) })),
    truckId: null,
    limitMin: way.minutes,
  }
}

const wicked = (Object.keys(plots) as Plot[]).filter((p) => p !== 'quiet')
/** Three trips of four are quiet. */
export const inventPlot = (c: Chance): Plot => (c.next() < 0.75 ? 'quiet' : c.pick(wicked))
