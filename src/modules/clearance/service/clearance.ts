/** What clearance works with: the platform, and snapshots of data that change seldom and are asked for thousands of times a second. */
import type { Reader } from '#platform/database.ts'
import type { Deps } from '#platform/module.ts'
import { findParties } from '#modules/identity'
import { loadReference, type Administration, type Reference } from '#modules/reference'
import { createRisk, type Risk } from '#modules/risk'
import { loadTariff, type Tariff } from '#modules/trade'
import { home } from '#schema/reference'
import { locationCode } from '../rules/facts.ts'
import type { DeclarationDocument } from '../schema/document.ts'
import type { DeclarationState } from '../schema/lifecycle.ts'

type Standing = 'known' | 'unknown' | 'suspended'
type Operators = { standing: (registration: string) => Standing | undefined; name: (registration: string) => string | undefined }

export type Clearance = {
  deps: Deps
  reference: () => Reference
  tariff: () => Tariff
  risk: Risk
  settings: (administration: string, date: string) => Administration
  /** the administration a document is addressed to */
  administrationFor: (document: DeclarationDocument) => string
  officeFor: (administration: string, document: DeclarationDocument, date: string) => string
  parties: (registrations: readonly (string | undefined)[], db?: Reader) => Promise<Operators>
  /** whose inboxes are told of a declaration */
  recipients: (state: DeclarationState) => string[]
  close: () => void
}

export type ClearanceOptions = {
  /** rest before settlement in the trader test service, instead of its setting */ dwellSeconds?: number
  /** shared with risk's own routes and jobs */ risk?: Risk
}

// An operator's standing is looked up again after this; a suspension so takes hold within seconds everywhere.
const partyFreshMs = 2_000
const mostParties = 20_000

const createParties = (deps: Deps): Clearance['parties'] => {
  const cache = new Map<string, { at: number; standing: Standing; name?: string }>()
  return async (registrations, db = deps.sql) => {
    const wanted = [...new Set(registrations.filter((r): r is string => r !== undefined))]
    const now = performance.now()
    const missing = wanted.filter((r) => now - (cache.get(r)?.at ?? -Infinity) > partyFreshMs)
    if (missing.length > 0) {
      if (cache.size > mostParties) cache.clear()
      const found = await findParties(db, missing)
      for (const r of missing) {
        const party = found.get(r)
        cache.set(r, party ? { at: now, standing: party.suspended ? 'suspended' : 'known', name: party.name } : { at: now, standing: 'unknown' })
      }
    }
    // Asked about somebody not looked up: no answer rather than a wrong one.
    const asked = (registration: string) => (wanted.includes(registration) ? cache.get(registration) : undefined)
    return { standing: (registration) => asked(registration)?.standing, name: (registration) => asked(registration)?.name }
  }
}

/** Loads the snapshots and keeps them fresh on news of `reference` and `trade`. */
export const createClearance = async (deps: Deps, options: ClearanceOptions = {}): Promise<Clearance> => {
  let reference = await loadReference(deps.sql)
  let tariff = await loadTariff(deps.sql)
  const risk = options.risk ?? (await createRisk(deps))
  const reload = async (topic: string): Promise<void> => {
    if (topic === 'reference') reference = await loadReference(deps.sql)
    if (topic === 'trade') tariff = await loadTariff(deps.sql)
  }
  const stop = deps.bus.listen(
    (news) =>
      void reload(news.topic).catch((fault: unknown) =>
        deps.log.error({ err: fault, topic: news.topic }, 'a snapshot could not be read again; the one before stays in use'),
      ),
  )
  const settings = (administration: string, date: string): Administration => {
    const found = reference.administration(administration, date)
    if (!found) throw new Error(`there is no administration ${administration} on ${date}`)
    return options.dwellSeconds === undefined || !found.traderTest ? found : { ...found, dwellSeconds: options.dwellSeconds }
  }
  return {
    deps,
    settings,
    reference: () => reference,
    tariff: () => tariff,
    risk,
    administrationFor: (document) =>
      document.responsibleCountry && reference.administration(document.responsibleCountry, deps.clock().slice(0, 10))
        ? document.responsibleCountry
        : home,
    officeFor: (administration, document, date) => {
      const found = reference.officeOfLocation(locationCode(document.goodsLocation), date)
      return found?.administration === administration ? found.code : settings(administration, date).defaultOffice
    },
    parties: createParties(deps),
    // The submitter is told in any case; the trader that is represented too, under its own registration.
    recipients: (s) => [
      ...new Set([
        s.submitter.registration ?? s.submitter.personId,
        ...[
          s.document.importer?.id,
          s.regime === 'export' ? s.document.exporter?.id : undefined,
          s.regime === 'transit' ? s.declarant : undefined,
        ].filter((id): id is string => Boolean(id) && s.administration === home),
      ]),
    ],
    close: () => {
      stop()
      if (!options.risk) risk.close()
    },
  }
}
