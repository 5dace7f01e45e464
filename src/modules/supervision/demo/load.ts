/** Fills an empty database with what supervision in Verania begins with: geography, corridors, certified models, and seals by office. */
import { createHash } from 'node:crypto'
import { canonicalJson } from '#kernel/canonical-json.ts'
import { uuidv7 } from '#kernel/ids.ts'
import type { Tx } from '#platform/database.ts'
import type { RegisterDevice } from '../schema/device.ts'
import { capturesOf, runChecks } from '../service/conformance.ts'
import { insertDevice, updateDevice } from '../store/devices.ts'
import { saveMapArea } from '../store/map.ts'
import { type ModelKey, saveCertificate } from '../store/models.ts'
import { saveCorridor } from '../store/trips.ts'
import { demoCorridors } from './corridors.ts'
import { demoAreas } from './geography.ts'

type Stock = ModelKey & { firmware: string; owner: string | null; first: number; certified: boolean; offices: Readonly<Record<string, number>> }

const stocks: readonly Stock[] = [
  {
    vendor: 'Norvik Locks',
    model: 'NL-7',
    protocol: 'jt701',
    firmware: '4.1.9',
    owner: null,
    first: 8_000_640_000,
    certified: true,
    offices: { XV000101: 24, XV000301: 30, XV000201: 14 },
  },
  {
    vendor: 'Sealine',
    model: 'E2',
    protocol: 'eseal',
    firmware: '3.0.8',
    owner: 'Sealine Leasing',
    first: 410_000,
    certified: true,
    offices: { XV000101: 6, XV000301: 6 },
  },
  // Bought and not yet tried: waits for its conformance run.
  {
    vendor: 'Tessel',
    model: 'T1',
    protocol: 'teratrack',
    firmware: '0.9',
    owner: null,
    first: 52_000_000_000,
    certified: false,
    offices: { XV000301: 4 },
  },
]
/** Of each office's seals every so many stay in the stock; the others are issued to whoever escorts. */
const everyInStock = 4

const certify = async (tx: Tx, { vendor, model, protocol }: Stock, at: string): Promise<void> => {
  const captures = capturesOf(protocol)
  const checks = runChecks(protocol, captures, at) ?? []
  await saveCertificate(tx, {
    vendor,
    model,
    protocol,
    id: uuidv7(Date.parse(at), createHash('sha256').update(model).digest().subarray(0, 10)),
    runAt: at,
    runBy: 'Demo',
    captureSha256: createHash('sha256').update(canonicalJson(captures)).digest('hex'),
    captures: captures.length,
    passed: checks.length > 0 && checks.every((c) => c.passed),
    checks,
  })
}

const register = async (tx: Tx, stock: Stock, at: string): Promise<void> => {
  const { vendor, model, protocol, firmware, owner } = stock
  let number = stock.first
  for (const [office, count] of Object.entries(stock.offices))
    for (let n = 0; n < count; n++) {
      const id = String(number++)
      const device: RegisterDevice = {
        id,
        vendor,
        model,
        protocol,
        firmware,
        role: 'seal',
        imei: null,
        sim: null,
        aliases: [],
        office,
        liable: 'Store',
        ...(owner !== null && { owner }),
      }
      await insertDevice(tx, device, at)
      if (stock.certified && n % everyInStock !== 0)
        await updateDevice(tx, id, { state: 'issued', office, liable: 'Escort service', passwordChanged: true }, at)
    }
}

export const loadDemoSupervision = async (tx: Tx, { at }: { at: string }): Promise<void> => {
  for (const area of demoAreas) await saveMapArea(tx, area)
  for (const corridor of demoCorridors) await saveCorridor(tx, corridor, at)
  for (const stock of stocks) await register(tx, stock, at)
  for (const stock of stocks.filter((s) => s.certified)) await certify(tx, stock, at)
}
