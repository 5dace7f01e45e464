/** The demo country: Verania, its people, offices, tariff, accounts and criteria, and three days of trade so that no desk is empty. */
import { later } from '#kernel/time.ts'
import { createBus } from '#platform/bus.ts'
import { connect, inTransaction, type Sql } from '#platform/database.ts'
import { createLog } from '#platform/log.ts'
import { createClearance, execute, lodge, type Clearance } from '#modules/clearance'
import { loadDemoCompliance } from '#modules/compliance'
import { loadDemoDuty, loadDemoRevenue } from '#modules/duty'
import { demoOrganisations, demoPeople, demoPerson, findPrincipal, loadDemoIdentity } from '#modules/identity'
import { loadDemoInspection } from '#modules/inspection'
import { loadDemoReference } from '#modules/reference'
import { loadDemoRisk } from '#modules/risk'
import { loadDemoSupervision } from '#modules/supervision'
import { loadDemoOrigin, loadDemoQuotas, loadDemoTrade } from '#modules/trade'
import { chance, inventDeclaration } from './simulator/declaration.ts'
import { loadTruckHistory } from './simulator/trucks/history.ts'

/** Who can be signed in as by one click, for the welcome on the terminal. */
export const demoSignIns = demoPeople.slice(0, 6).map((p) => ({ name: p.name, role: p.role, user: p.email }))

const historyDeclarations = 60
const spreadMs = 3 * 86_400_000

/** Trade of the last three days, lodged as brokers lodge it, at times of its own. */
const loadHistory = async (sql: Sql): Promise<void> => {
  const log = createLog('warn')
  const bus = await createBus(sql, log)
  const now = new Date().toISOString()
  const clearance: Clearance = await createClearance({ sql, bus, log, clock: () => now, config: { demo: true } })
  const c = chance(20_260_105)
  const brokers = await Promise.all(
    ['broker', 'broker-air', 'trader-cobalt', 'trader-meridian'].map((key) => findPrincipal(sql, demoPerson(key).id, now.slice(0, 10), 'web')),
  )
  for (let n = 0; n < historyDeclarations; n++) {
    const who = c.pick(brokers.filter((b) => b !== null))
    const at = later(now, -Math.round(spreadMs * (1 - n / historyDeclarations)) - 60_000)
    const client = c.pick(who.represents)
    const lodged = await lodge(
      clearance,
      who,
      inventDeclaration(c, { registration: who.organisationRegistration!, client: client.registration }, `V26${String(1000 + n)}`),
      crypto.randomUUID(),
      { at },
    )
    // Announced goods of the first two days have arrived since.
    if (lodged.ok && lodged.value.status === 'lodged' && n < historyDeclarations * 0.6)
      await execute(clearance, who, lodged.value.mrn, { name: 'arrive' }, crypto.randomUUID(), later(at, 3_600_000))
  }
  clearance.close()
  await bus.close()
  const [accountant, trader] = await Promise.all(
    ['accountant', 'trader-meridian'].map((key) => findPrincipal(sql, demoPerson(key).id, now.slice(0, 10), 'web')),
  )
  const registrations = demoOrganisations.flatMap((o) => (o.key === 'customs' ? [] : [o.registration])).slice(0, 12)
  if (accountant && trader) await loadDemoRevenue(sql, { at: now, accountant, trader, registrations })
}

/** Fills an empty database and leaves any other alone. Each part is whole or not there: what was interrupted is taken up again. */
export const loadDemoWhenEmpty = async (
  url: string,
  say: (text: string) => void,
  options: { history?: boolean; /** sealed trucks on the roads, for a demo that people look at */ trucks?: boolean } = {},
): Promise<boolean> => {
  const sql = connect({ url, max: 4, applicationName: 'portcullis-demo' })
  try {
    const [there] = await sql<
      { people: number; declarations: number; profiles: number; authorisations: number }[]
    >`select (select count(*) from identity.person)::int as people, (select count(*) from clearance.declaration)::int as declarations,
        (select count(*) from risk.profile_version)::int as profiles,
        (select count(*) from compliance.authorisation)::int as authorisations`
    if (there!.people === 0) {
      say('Loading the demo country')
      await inTransaction(sql, async (tx) => {
        const at = new Date().toISOString()
        await loadDemoReference(tx, { at })
        await loadDemoTrade(tx, { at })
        await loadDemoOrigin(tx)
        const { registrations } = await loadDemoIdentity(tx, { at })
        await loadDemoQuotas(tx, registrations, { at })
        await loadDemoDuty(tx, registrations, { at })
        await loadDemoSupervision(tx, { at })
        await loadDemoInspection(tx, { at })
      })
    }
    // Also where a country stood before its criteria came to be written in the profile language.
    if (there!.profiles === 0) await inTransaction(sql, loadDemoRisk)
    if (options.history !== false && there!.declarations === 0) await loadHistory(sql)
    if (options.trucks && there!.authorisations === 0) await inTransaction(sql, loadDemoCompliance)
    if (options.trucks && there!.people === 0) say('Two hours of sealed lorries on the roads')
    if (options.trucks) await loadTruckHistory(sql, new Date().toISOString())
    return there!.people === 0
  } finally {
    await sql.end({ timeout: 5 })
  }
}
