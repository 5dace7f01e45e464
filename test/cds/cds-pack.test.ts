/**
 * The sample pack of a trader test service as oracle: every scenario goes through the administration, and what the trade side is told is
 * compared with what the pack's own administration told. Prints how many agree by aspect, and each disagreement with its reason.
 */
import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import { createClearance, replayDeclaration, writeMessage, type Clearance } from '#modules/clearance'
import { demoPerson, findPrincipal } from '#modules/identity'
import { createBus } from '#platform/bus.ts'
import { inTransaction } from '#platform/database.ts'
import { createLog } from '#platform/log.ts'
import type { Principal } from '#platform/permissions.ts'
import { testDatabase } from '../database.ts'
import { settingsLookup } from '../../src/modules/trade/settings.ts'
import { toFact, type Tariff } from '../../src/modules/trade/snapshot.ts'
import { insertQuota, openPeriod } from '../../src/modules/trade/quota/store.ts'
import type { QuotaState, TariffSettings } from '#schema/trade'
import { noPack, readPack } from './archive.ts'
import { compare, type Aspect, type Verdict } from './compare.ts'
import { reasonFor, reasons } from './reasons.ts'
import { runScenario, type Ran } from './run.ts'
import { locationCode, scenariosOf, type Scenario } from './scenarios.ts'
import { partlyAllocated, tariffOf } from './tariff.ts'

/** Agreements that must not be lost again, by aspect; the last is of single tax lines. */
const floors: Record<Aspect | 'tax lines', number> = { outcome: 195, refusal: 1, sequence: 173, versions: 60, taxes: 43, 'tax lines': 293 }

type Finding = { scenario: string; verdict: Verdict }

/** What the trade side is told is a valid message, and every decision comes out alike when it is taken again from its stored facts. */
const selfCheck = async (base: Clearance, scenario: Scenario, ran: Ran): Promise<string[]> => {
  const unwritten = ran.told.flatMap((t) => {
    const written = writeMessage(t.notification, 'wco-dms-notification')
    return written.ok ? [] : [`${scenario.name} ${t.name} is not written: ${JSON.stringify(written.issues)}`]
  })
  const replays = await Promise.all(ran.mrns.map((mrn) => replayDeclaration(base.deps.sql, mrn)))
  const unlike = replays.flatMap((r) => [
    ...(r?.row ? [] : [`${scenario.name}: the journal does not give the stored state`]),
    ...(r?.decisions.filter((d) => !d.alike).map((d) => `${scenario.name} ${d.command}: ${d.differences.join('; ')}`) ?? []),
  ])
  return [...unwritten, ...unlike]
}

/** Places that the pack itself clears goods at: the register of goods locations, which is no part of a message. */
const registerOf = (all: readonly Scenario[]): ReadonlySet<string> =>
  new Set(
    all
      .filter((s) => s.listed.includes('CLE') || s.told.some((t) => t.name === 'CLE'))
      .flatMap((s) => s.inputs.flatMap((i) => (i.kind === 'original' ? [locationCode(i.document)] : []))),
  )

const officerLike = (trader: Principal): Principal => ({
  ...trader,
  officesByPermission: undefined,
  personId: '00000000-0000-7000-8000-000000000001',
  name: 'Test officer',
  organisationId: null,
  organisationRegistration: null,
  represents: [],
  offices: '*',
  homeOffice: null,
  permissions: new Set([
    'clearance:declaration:read',
    'clearance:declaration:decide-request',
    'clearance:control:record',
    'clearance:control:documentary',
    'clearance:control:physical',
  ]),
  steppedUpUntil: '2099-01-01T00:00:00.000Z',
})

const openAdministration = async (): Promise<{ base: Clearance; trader: Principal; officer: Principal; close: () => Promise<void> }> => {
  const database = await testDatabase()
  const sql = database.sql()
  const log = createLog('silent')
  const bus = await createBus(sql, log)
  const base = await createClearance({ sql, bus, log, clock: () => new Date().toISOString(), config: { demo: true } })
  const trader = (await findPrincipal(sql, demoPerson('broker').id, '2026-06-15'))!
  const close = async () => {
    base.close()
    await bus.close()
    await database.close()
  }
  return { base, trader, officer: officerLike(trader), close }
}

/** A tariff file laid over the administration's own tariff, as `declare --tariff FILE` does. */
const laidOver = (tariff: Tariff, settings: TariffSettings): Tariff => {
  const lookup = settingsLookup('GB', settings)
  return {
    ...tariff,
    measuresFor: (q) => lookup(q)?.map(toFact) ?? tariff.measuresFor(q),
    commodity: (administration, code, date) =>
      lookup({ hsCode: code, date })
        ? { ...tariff.commodity(administration, code, date), exists: true, declarable: true, documents: [] }
        : tariff.commodity(administration, code, date),
  }
}

const settingsFor = (base: Clearance, scenario: Scenario, all: readonly Scenario[], locations: ReadonlySet<string>): Clearance => {
  const tariff = tariffOf(scenario, all)
  const reference = base.reference()
  return {
    ...base,
    tariff: () => laidOver(base.tariff(), tariff),
    reference: () => ({
      ...reference,
      goodsLocation: (code, date, administration) =>
        administration === 'GB' ? locations.has(code) : reference.goodsLocation(code, date, administration),
    }),
  }
}

/** Opens the quota with what was left of it when the claim was decided. */
const openPart = async (base: Clearance, scenario: Scenario): Promise<void> => {
  const part = partlyAllocated(scenario)
  if (!part) return
  const state: QuotaState = {
    id: crypto.randomUUID(),
    administration: 'GB',
    orderNumber: part.order,
    validFrom: '2020-01-01',
    validTo: '2030-01-01',
    volume: part.leftKg,
    transferred: '0',
    unit: 'KGM',
    precision: 3,
    criticalPercent: '100',
    criticalFromStart: false,
    balance: '0',
    hold: 'none',
    version: 0,
  }
  await inTransaction(base.deps.sql, async (tx) => {
    await insertQuota(tx, {
      administration: 'GB',
      orderNumber: part.order,
      kind: 'first-come',
      names: {},
      commodities: [''],
      origins: [],
      legalBase: 'pack',
    })
    await openPeriod(tx, state, {
      actor: { personId: 'pack', name: 'Pack', roles: [], channel: 'system' },
      at: '2020-01-01T00:00:00.000Z',
      command: 'quota.open',
      payload: {},
      facts: {},
    })
  })
}

const print = (findings: readonly Finding[], t: { diagnostic: (text: string) => void }): void => {
  const aspects = [...new Set(findings.map((f) => f.verdict.aspect))]
  for (const aspect of aspects) {
    const of = findings.filter((f) => f.verdict.aspect === aspect)
    t.diagnostic(`${aspect}: ${of.filter((f) => f.verdict.agrees).length} of ${of.length} agree`)
  }
  for (const { scenario, verdict } of findings.filter((f) => !f.verdict.agrees))
    t.diagnostic(
      `${scenario} ${verdict.aspect}: ${reasonFor(scenario, verdict.aspect) ?? 'NO REASON LISTED'}\n    ours:   ${verdict.ours}\n    theirs: ${verdict.theirs}`,
    )
}

test('the administration answers the scenarios of the pack as the pack says', { skip: noPack, timeout: 600_000 }, async (t) => {
  const { base, trader, officer, close } = await openAdministration()
  after(close)
  const all = scenariosOf(readPack())
  const locations = registerOf(all)
  const findings: Finding[] = []
  const broken: string[] = []
  let [notices, declarations] = [0, 0]
  for (const [n, scenario] of all.entries()) {
    if (scenario.missing.length > 0 || scenario.unreadable.length > 0) {
      t.diagnostic(
        `${scenario.name} is left out: ${[...scenario.missing.map((m) => `${m} is not in the pack`), ...scenario.unreadable.map((f) => `${f} is not well-formed`)].join(', ')}`,
      )
      continue
    }
    await openPart(base, scenario)
    const ran = await runScenario(settingsFor(base, scenario, all, locations), { trader, officer }, scenario, n)
    broken.push(...(await selfCheck(base, scenario, ran)))
    notices += ran.told.length
    declarations += ran.mrns.length
    for (const verdict of compare(scenario, ran.told))
      findings.push({
        scenario: scenario.name,
        verdict: ran.faults.length > 0 && !verdict.agrees ? { ...verdict, ours: `${verdict.ours} [${ran.faults.join('; ')}]` } : verdict,
      })
  }
  print(findings, t)
  t.diagnostic(`${declarations} declarations replayed alike, ${notices} notifications written valid`)
  assert.deepEqual(broken, [])
  const lines = findings.flatMap((f) => f.verdict.lines ?? [])
  const agreed = lines.reduce((sum, l) => sum + l.agreed, 0)
  t.diagnostic(`tax lines: ${agreed} of ${lines.reduce((sum, l) => sum + l.all, 0)} agree`)
  const unexplained = findings.filter((f) => !f.verdict.agrees && !reasonFor(f.scenario, f.verdict.aspect))
  assert.deepEqual(
    unexplained.map((f) => `${f.scenario} ${f.verdict.aspect}: ours ${f.verdict.ours}, theirs ${f.verdict.theirs}`),
    [],
  )
  const stale = Object.entries(reasons).flatMap(([scenario, by]) =>
    Object.keys(by)
      .filter((aspect) => findings.some((f) => f.scenario === scenario && f.verdict.aspect === aspect && f.verdict.agrees))
      .map((aspect) => `${scenario} ${aspect}`),
  )
  assert.deepEqual(stale, [], 'these agree now: take them off the list')
  for (const [aspect, floor] of Object.entries(floors)) {
    const reached = aspect === 'tax lines' ? agreed : findings.filter((f) => f.verdict.aspect === aspect && f.verdict.agrees).length
    assert.ok(reached >= floor, `${aspect}: ${reached} agree, ${floor} did`)
  }
})
