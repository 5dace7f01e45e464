/** The only wiring: which modules there are, who hears of whose events, which work runs in the background. */
import { randomBytes } from 'node:crypto'
import { join, resolve } from 'node:path'
import type { FastifyInstance } from 'fastify'
import type { Config } from '#config'
import { legalDate } from '#kernel/time.ts'
import { createBus } from '#platform/bus.ts'
import { type Catalogue, platformIssues } from '#platform/catalogue.ts'
import { connect } from '#platform/database.ts'
import { directoryStore } from '#platform/files.ts'
import { createServer } from '#platform/http.ts'
import { startJobs, type Task } from '#platform/jobs.ts'
import type { Log } from '#platform/log.ts'
import type { Deps } from '#platform/module.ts'
import type { Topics } from '#platform/permissions.ts'
import { addServiceRoutes } from '#platform/service-routes.ts'
import * as audit from '#modules/audit'
import * as clearance from '#modules/clearance'
import * as compliance from '#modules/compliance'
import * as duty from '#modules/duty'
import * as identity from '#modules/identity'
import * as inspection from '#modules/inspection'
import * as reference from '#modules/reference'
import * as risk from '#modules/risk'
import * as supervision from '#modules/supervision'
import * as trade from '#modules/trade'
import { startAirport } from './simulator/airport/index.ts'
import { startSimulator } from './simulator/index.ts'
import { startPaymentProvider } from './simulator/payment-provider.ts'
import { startTargeting } from './simulator/targeting.ts'
import { startFleet } from './simulator/trucks/fleet.ts'

export const version = '0.1.0'
const webRoot = join(resolve(import.meta.dirname, '..'), 'dist/web')

export type Roles = { http: boolean; worker: boolean; simulator: boolean }
export type App = { listen: () => Promise<string>; close: () => Promise<void> }

/** Every code that any module answers with. */
export const catalogue: Catalogue = {
  ...platformIssues,
  ...identity.issues,
  ...reference.issues,
  ...trade.issues,
  ...compliance.issues,
  ...duty.issues,
  ...audit.issues,
  ...supervision.issues,
  ...inspection.issues,
  ...clearance.issues,
  ...risk.issues,
}

/** Who may hear of which live news, as each module says of its own. */
export const topics: Topics = {
  ...reference.topics,
  ...trade.topics,
  ...compliance.topics,
  ...duty.topics,
  ...supervision.topics,
  ...inspection.topics,
  ...clearance.topics,
  ...risk.topics,
}

/** Requests under way may finish; whoever still holds a connection after that, such as an idle browser or a live stream, is hung up. */
const closeWithin = async (server: FastifyInstance, milliseconds: number): Promise<void> => {
  const late = setTimeout(() => server.server.closeAllConnections(), milliseconds)
  await server.close()
  clearTimeout(late)
}

/** Starts what the roles ask for on one database; `close` ends it in the opposite order. */
export const createApp = async ({
  config,
  databaseUrl,
  log,
  roles,
  demo,
  seals = [],
  isGateway = seals.length > 0,
  scans = [],
  belts,
  models,
}: {
  config: Config
  databaseUrl: string
  log: Log
  roles: Roles
  demo: boolean
  /** ports on which devices report, by protocol */
  seals?: readonly { protocol: string; port: number }[]
  /** takes the reports of devices: on those ports, and from the broker that the configuration names */
  isGateway?: boolean
  /** folders into which scanners deliver */
  scans?: readonly { scannerId: string; folder: string }[]
  /** the MQTT broker of sorting belts, `here` for one in this process; absent serves no belt */
  belts?: string | undefined
  /** directory of detectors; those that ship unless told otherwise */
  models?: string | undefined
}): Promise<App> => {
  const sql = connect({ url: databaseUrl })
  const bus = await createBus(sql, log)
  const deps: Deps = { sql, bus, log, clock: () => new Date().toISOString(), config: { demo } }
  const targeting = await risk.createRisk(deps, { modelDirectory: join(config.dataDir, 'models') })
  const cleared = await clearance.createClearance(deps, { risk: targeting })
  const officeName = (code: string): string | undefined => cleared.reference().officeName(code)
  const detectors = inspection.createDetectors({ threads: config.inspectionThreads ?? 1, ...(models !== undefined && { root: models }) })
  const inspectionDeps = {
    ...deps,
    files: directoryStore(join(config.dataDir, 'files')),
    detectors: detectors.of,
    // Whoever keeps declarations is asked for them: inspection knows a subject, and nothing above it.
    declaredOf: clearance.declaredGoodsOf,
  }
  const identityDeps = { ...deps, officeName }
  const authenticate = identity.createAuthenticate(identityDeps)
  const supervisionDeps = {
    ...deps,
    officeName,
    legalDate: (office: string, at: string) =>
      legalDate(at, cleared.reference().administration(office.slice(0, 2), at.slice(0, 10))?.timeZone ?? 'UTC'),
    sealKey: supervision.sealKeyOf({ hex: config.sealKey, directory: config.dataDir }),
    files: directoryStore(join(config.dataDir, 'files')),
  }
  // Upwards by subscription: money has come in, so the declaration may go on, in the same transaction.
  duty.onPaid((tx, subject, at) => clearance.paid(cleared, tx, subject, at))
  risk.onReferral((tx, referral) => clearance.referred(tx, referral))
  trade.onEffectWanted((tx, proposalId) => clearance.effectWanted(tx, proposalId))
  supervision.onTripEnded((tx, ended) => clearance.tripEnded(tx, ended))
  trade.onAllocated((tx, subjects) => clearance.allocated(tx, subjects))
  const tasks: Task[] = [
    ...clearance.tasks(cleared),
    ...trade.tasks(deps),
    ...duty.tasks(deps),
    ...supervision.tasks(supervisionDeps),
    ...identity.tasks(identityDeps),
    ...audit.tasks(deps),
    ...risk.tasks(targeting),
    ...inspection.tasks(inspectionDeps),
  ]
  const auditDeps = {
    ...deps,
    folds: { ...identity.folds, ...trade.folds, ...compliance.folds, ...clearance.folds, ...supervision.folds, ...inspection.folds },
    findSubject: clearance.findSubject,
  }

  const server = roles.http
    ? await createServer({
        routes: [
          ...identity.routes(identityDeps),
          ...reference.routes(deps),
          ...trade.routes(deps),
          ...compliance.routes(deps),
          ...duty.routes(deps),
          ...audit.routes(auditDeps),
          ...clearance.routes(cleared),
          ...supervision.routes(supervisionDeps, config.mapTiles),
          ...risk.routes(targeting),
          ...inspection.routes(inspectionDeps),
        ],
        catalogue,
        authenticate,
        log,
        clock: deps.clock,
        version,
        ...(config.mapTiles !== undefined && { tileOrigin: new URL(config.mapTiles).origin }),
        extend: (server) => addServiceRoutes(server, { sql, bus, authenticate, webRoot, topics }),
      })
    : null
  const closers: (() => Promise<void> | void)[] = [
    () => sql.end({ timeout: 5 }),
    () => bus.close(),
    () => cleared.close(),
    () => targeting.close(),
    () => authenticate.close(),
    () => detectors.close(),
  ]

  return {
    listen: async () => {
      const address = server ? await server.listen({ port: config.port, host: config.host }) : ''
      if (server) closers.push(() => closeWithin(server, 2000))
      if (roles.worker) {
        const jobs = await startJobs(databaseUrl, tasks, log)
        closers.push(() => jobs.stop())
      }
      if (scans.length > 0) {
        const watching = inspection.watchFolders(inspectionDeps, scans)
        closers.push(() => watching.stop())
      }
      if (isGateway) {
        const broker = config.sealBroker === undefined ? undefined : { url: config.sealBroker, group: config.sealBrokerGroup }
        const gateway = await supervision.openGateway(supervisionDeps, { host: config.host, listen: seals, broker })
        closers.push(() => gateway.close())
        const port = gateway.ports['jt701']
        if (roles.simulator && port !== undefined) {
          const fleet = startFleet({ address, port, log })
          closers.push(() => fleet.stop())
        }
      }
      const broker = belts ?? (roles.simulator ? 'here' : undefined)
      const sorting = broker === undefined ? null : await inspection.openSorting(deps, broker === 'here' ? {} : { url: broker })
      if (sorting) closers.push(() => sorting.close())
      if (roles.simulator) {
        const secret = randomBytes(32).toString('hex')
        const provider = await startPaymentProvider({
          reportTo: `${address}/api/payment-provider/reports`,
          secret,
          paysByItselfAfterMs: 8_000,
          copies: () => 2,
        })
        closers.push(() => provider.close())
        await duty.configureProvider(sql, 'XV', { url: provider.url, secret })
        const simulator = startSimulator({ address, log })
        closers.push(() => simulator.stop())
        const targetingCentre = startTargeting({ address, log })
        closers.push(() => targetingCentre.stop())
        const airport = await startAirport({ address, beltUrl: sorting!.url, log })
        closers.push(() => airport.stop())
      }
      return address
    },
    close: async () => {
      for (const close of closers.toReversed()) await close()
    },
  }
}
