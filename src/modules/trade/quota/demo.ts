/** Quotas and licences of Verania, with a year's claims behind them, so that no page is empty. All invented. */
import { createHash } from 'node:crypto'
import { uuidv7 } from '#kernel/ids.ts'
import type { Instant } from '#kernel/time.ts'
import { actorOf } from '#platform/command.ts'
import type { Tx } from '#platform/database.ts'
import { systemPrincipal } from '#platform/permissions.ts'
import { issue } from '../licence/licence.ts'
import { applyLicence } from '../licence/store.ts'
import { addDays } from './calendar.ts'
import { change } from './quota.ts'
import type { QuotaState } from './schema.ts'
import { allocatePeriod } from './service/allocate.ts'
import { setClaims } from './service/claim.ts'
import { applyEvents, insertQuota, lockPeriods, openPeriod } from './store.ts'

const home = 'XV'
const actor = actorOf(systemPrincipal('Demo country'))
const idOf = (at: Instant, key: string): string => uuidv7(Date.parse(at), createHash('sha256').update(key).digest().subarray(0, 10))

type Line = {
  order: string
  name: string
  commodity: string
  volume: string
  unit: string
  precision: number
  critical?: string
  criticalFromStart?: boolean
  /** share of the volume that the year has claimed so far */ claimed: number
  hold?: 'block' | 'suspend'
}
const lines: readonly Line[] = [
  { order: '090110', name: 'Boneless beef', commodity: '02013000', volume: '2500', unit: 'TNE', precision: 3, claimed: 0.93 },
  { order: '090120', name: 'Frozen chicken cuts', commodity: '02071400', volume: '6000', unit: 'TNE', precision: 3, claimed: 0.48 },
  { order: '090200', name: 'Tomatoes', commodity: '07020000', volume: '18000', unit: 'TNE', precision: 3, claimed: 0.7 },
  { order: '090210', name: 'Garlic', commodity: '07032000', volume: '900', unit: 'TNE', precision: 3, claimed: 1.2 },
  { order: '090300', name: 'Oranges', commodity: '08051000', volume: '30000', unit: 'TNE', precision: 3, claimed: 0.35 },
  { order: '090400', name: 'Long-grain rice', commodity: '10063098', volume: '12000', unit: 'TNE', precision: 3, claimed: 0.6 },
  { order: '090500', name: 'Extra virgin olive oil', commodity: '15092000', volume: '4000', unit: 'TNE', precision: 3, claimed: 0.82 },
  { order: '090600', name: 'Tuna in oil', commodity: '16041421', volume: '1500', unit: 'TNE', precision: 3, claimed: 0.4, hold: 'block' },
  { order: '090700', name: 'White sugar', commodity: '17019910', volume: '8000', unit: 'TNE', precision: 3, criticalFromStart: true, claimed: 0.55 },
  { order: '090710', name: 'Raw cane sugar', commodity: '17011490', volume: '20000', unit: 'TNE', precision: 3, claimed: 0.2 },
  { order: '090800', name: 'Wine in bottles', commodity: '22042100', volume: '250000', unit: 'HLT', precision: 2, critical: '95', claimed: 0.5 },
  { order: '090900', name: 'Zinc-coated flat steel', commodity: '72104900', volume: '40000', unit: 'TNE', precision: 3, claimed: 0.3 },
  { order: '090130', name: 'Skimmed milk powder', commodity: '04021019', volume: '3000', unit: 'TNE', precision: 3, claimed: 0 },
  { order: '090410', name: 'Maize', commodity: '10059000', volume: '150000', unit: 'TNE', precision: 3, claimed: 0.45 },
  { order: '090610', name: 'Pineapple in syrup', commodity: '20082051', volume: '2000', unit: 'TNE', precision: 3, claimed: 0 },
  { order: '090920', name: 'Methanol', commodity: '29051100', volume: '60000', unit: 'TNE', precision: 3, claimed: 0 },
  { order: '090930', name: 'Concrete reinforcing bars', commodity: '72142000', volume: '25000', unit: 'TNE', precision: 3, claimed: 0.6 },
  { order: '090940', name: 'Aluminium alloys', commodity: '76012080', volume: '18000', unit: 'TNE', precision: 3, claimed: 0 },
  { order: '091010', name: 'Boneless lamb, Southern Trade Agreement', commodity: '02042300', volume: '1200', unit: 'TNE', precision: 3, claimed: 0 },
]

/** Given by licence. */
const licensed: readonly Line[] = [
  { order: '094020', name: 'Cattle of up to 80 kg, by licence', commodity: '01022910', volume: '300', unit: 'TNE', precision: 3, claimed: 0 },
  { order: '094030', name: 'Butter, by licence', commodity: '04051011', volume: '600', unit: 'TNE', precision: 3, claimed: 0 },
  { order: '094040', name: 'Common wheat, by licence', commodity: '10019900', volume: '90000', unit: 'TNE', precision: 3, claimed: 0 },
  { order: '094100', name: 'Cheese, by licence', commodity: '04069099', volume: '400', unit: 'TNE', precision: 3, claimed: 0 },
]

const open = async (tx: Tx, l: Line, year: number): Promise<string> => {
  const at = `${year}-01-01T00:00:00.000Z`
  const id = idOf(at, `quota/${l.order}/${year}`)
  const state: QuotaState = {
    id,
    administration: home,
    orderNumber: l.order,
    validFrom: `${year}-01-01`,
    validTo: `${year + 1}-01-01`,
    volume: l.volume,
    transferred: '0',
    unit: l.unit,
    precision: l.precision,
    criticalPercent: l.critical ?? '90',
    criticalFromStart: l.criticalFromStart ?? false,
    balance: '0',
    hold: 'none',
    version: 0,
  }
  await openPeriod(tx, state, { actor, at, command: 'quota.open', payload: { orderNumber: l.order }, facts: {} })
  return id
}

const declared = (unit: string, amount: number) =>
  unit === 'TNE' ? { netMassKg: String(amount * 1000) } : { supplementary: { value: String(amount), unit } }

/** How the year's claims are spread, in percent. */
const shares = [7, 16, 9, 21, 12, 6, 18, 11]

/** Eight claims on eight days of the year so far, by one trader after the other, served the day after. */
const claimYear = async (tx: Tx, l: Line, id: string, holders: readonly string[], at: Instant): Promise<void> => {
  const start = `${at.slice(0, 4)}-01-05`
  const days = Math.max(8, Math.floor((Date.parse(at) - Date.parse(`${start}T00:00:00.000Z`)) / 86_400_000))
  for (let n = 0; n < 8; n++) {
    const day = addDays(start, Math.floor((days * n) / 8))
    if (day >= at.slice(0, 10)) return
    await setClaims(tx, {
      administration: home,
      subject: { kind: 'history', id: `${l.order}/${n}` },
      reference: `${at.slice(2, 4)}XVH${l.order}${String(n).padStart(7, '0')}`,
      holder: holders[(Number(l.order) / 10 + n) % holders.length]!,
      wanted: [{ itemNumber: 1, orderNumber: l.order, quantities: declared(l.unit, Math.round((Number(l.volume) * l.claimed * shares[n]!) / 100)) }],
      acceptedOn: day,
      at: `${day}T09:${String(10 + n)}:00.000Z`,
    })
    await allocatePeriod(tx, id, day, `${addDays(day, 1)}T02:00:00.000Z`)
  }
}

const hold = async (tx: Tx, id: string, action: 'block' | 'suspend', at: Instant): Promise<void> => {
  const state = (await lockPeriods(tx, [id])).get(id)!
  const outcome = change(state, null, { action, reason: 'Returned quantities are being counted' })
  if (outcome.ok && 'from' in outcome) await applyEvents(tx, state, outcome.from, { actor, at, command: `quota.${action}`, payload: {}, facts: {} })
}

const loadLicences = async (tx: Tx, holders: readonly string[], at: Instant): Promise<void> => {
  const year = Number(at.slice(0, 4))
  const licence = async (
    n: number,
    what: { commodities: string[]; quantity: string; unit: string; orderNumber?: string; tolerancePercent: string },
  ): Promise<void> => {
    const decision = issue(
      {
        documentCode: 'L001',
        number: `XV-${year}-${String(n).padStart(5, '0')}`,
        holder: holders[n % holders.length]!,
        origins: [],
        validFrom: `${year}-01-01`,
        validTo: `${year + 1}-04-01`,
        office: 'XV000101',
        ...what,
      },
      { id: idOf(`${year}-01-02T08:00:00.000Z`, `licence/${n}`), administration: home },
    )
    if (!decision.ok) throw new Error(`the demo's licence ${n} is none`)
    await applyLicence(tx, null, decision.events, { actor, at: `${year}-01-02T08:00:00.000Z`, command: 'licence.issue', payload: {} })
  }
  for (let n = 1; n <= 12; n++) await licence(n, { commodities: ['17011490', '17019910'], quantity: '120000', unit: 'KGM', tolerancePercent: '5' })
  for (let n = 13; n <= 20; n++)
    await licence(n, { commodities: ['04069099'], quantity: '50000', unit: 'KGM', tolerancePercent: '0', orderNumber: '094100' })
}

const holidays = ['01-01', '01-06', '05-01', '06-24', '10-12', '12-25', '12-26']

/** Deterministic for a day. `holders` are registrations of traders. */
export const loadDemoQuotas = async (tx: Tx, holders: readonly string[], facts: { at: Instant }): Promise<void> => {
  const year = Number(facts.at.slice(0, 4))
  for (const y of [year, year + 1])
    for (const day of holidays) await tx`insert into trade.holiday (administration, day, name) values (${home}, ${`${y}-${day}`}, 'public holiday')`
  for (const l of [...lines, ...licensed]) {
    await insertQuota(tx, {
      administration: home,
      orderNumber: l.order,
      kind: l.order[2] === '4' ? 'licensed' : 'first-come',
      names: { en: l.name },
      commodities: [l.commodity],
      origins: [],
      legalBase: 'Tariff Quota Regulation, annex I',
    })
    await open(tx, l, year - 1)
    const id = await open(tx, l, year)
    await open(tx, l, year + 1)
    if (l.claimed > 0) await claimYear(tx, l, id, holders, facts.at)
    if ('hold' in l && l.hold) await hold(tx, id, l.hold, facts.at)
  }
  await loadLicences(tx, holders, facts.at)
}
