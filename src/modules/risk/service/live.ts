/** What risk works with: the platform, the models, and what binds now, compiled; read again on news of `risk`. */
import { minorDigits } from '#kernel/money.ts'
import type { Reader, Tx } from '#platform/database.ts'
import type { Deps } from '#platform/module.ts'
import type { Principal } from '#platform/permissions.ts'
import { loadReference } from '#modules/reference'
import type { Reader as Access } from '../access.ts'
import type { Currency } from '../profile/check.ts'
import type { Lists } from '../profile/lists.ts'
import { select } from '../selection.ts'
import type { SelectionFacts } from '../schema/selection.ts'
import { insertDecision, type DecisionOf } from '../store/decisions.ts'
import { currentLists } from '../store/lists.ts'
import { createCounters } from './counters.ts'
import { loadLiving } from './living.ts'
import { loadScorers, type Scorers } from './models.ts'
import { type Asked, createSelector } from './selector.ts'
import { raise } from './raise.ts'

export type Risk = {
  deps: Deps
  /** where model files lie; null where there are none, as in most tests */
  modelDirectory: string | null
  /** the currency that amounts of an administration's profiles are in */
  currency: (administration: string, db?: Reader) => Promise<Currency>
  /** the zone in which an administration's legal day is meant */
  timeZone: (administration: string, db?: Reader) => Promise<string>
  lists: (db?: Reader) => Promise<Lists>
  /** reads anew what binds; also done by itself on news of `risk` */
  reload: () => Promise<void>
  /** the facts of one selection, for `select`; the caller's journal keeps them */
  facts: (db: Reader, asked: Asked) => Promise<SelectionFacts>
  /** keeps a decision with its commit: history of windows, back-tests and training */
  keep: (tx: Tx, decision: Omit<DecisionOf, 'selection'>) => Promise<void>
  close: () => void
}

/** Currency and zone of an administration, read once. */
const createPlaces = (deps: Deps) => {
  const known = new Map<string, { currency: Currency; timeZone: string }>()
  return async (administration: string, db: Reader = deps.sql) => {
    const before = known.get(administration)
    if (before) return before
    const found = (await loadReference(db)).administration(administration, deps.clock().slice(0, 10))
    const code = found?.currency ?? 'XXX'
    const place = { currency: { code, digits: minorDigits(code) }, timeZone: found?.timeZone ?? 'UTC' }
    known.set(administration, place)
    return place
  }
}

/** Loads what binds and keeps it fresh. A load that fails leaves the one before in use. */
export const createRisk = async (deps: Deps, options: { modelDirectory?: string } = {}): Promise<Risk> => {
  const modelDirectory = options.modelDirectory ?? null
  const placeOf = createPlaces(deps)
  const currency: Risk['currency'] = async (administration, db) => (await placeOf(administration, db)).currency
  const timeZone: Risk['timeZone'] = async (administration, db) => (await placeOf(administration, db)).timeZone
  const lists: Risk['lists'] = async (db = deps.sql) => new Map((await currentLists(db)).map((l) => [l.name, l.entries]))
  const failed = (what: string) => (fault: unknown) => deps.log.error({ err: fault }, what)
  // An alarm is told beside the transaction that met the fault: it must not fail with it, nor hold it up.
  const told = (code: string, reason: string, detail: string): void => {
    deps.log.error({ profile: code, reason, detail }, 'a profile was set aside; selection goes on without it')
    raise(deps, 'profile-isolated', code, { reason, detail }).catch(failed('an alarm was not kept'))
  }
  const load = async () => ({
    living: await loadLiving(deps.sql, { currency, lists: await lists(), told, log: deps.log }),
    scorers: modelDirectory ? await loadScorers(deps, modelDirectory) : ({ champion: null, challenger: null } satisfies Scorers),
  })
  let current = await load()
  const reload = async (): Promise<void> => void (current = await load())
  const stop = deps.bus.listen((news) => {
    if (news.topic === 'risk') reload().catch(failed('what binds could not be read again; the one before stays in use'))
  })
  const counters = createCounters(deps.sql, timeZone, failed('counts were not read again'))
  const selector = createSelector({
    deps,
    living: () => current.living,
    champion: () => current.scorers.champion,
    challenger: () => current.scorers.challenger,
    counters,
    currency,
  })
  return {
    deps,
    modelDirectory,
    currency,
    timeZone,
    lists,
    reload,
    facts: selector.facts,
    keep: async (tx, decision) => {
      const selection = select(decision.facts)
      insertDecision(tx, { ...decision, selection })
      await selector.noted(tx, decision.facts, selection)
    },
    close: stop,
  }
}

/** Everybody reads for the organisation that they work for: customs or another agency at the border. */
export const agencyOf = (p: Principal): string => p.organisationRegistration ?? ''
export const readerOf = (p: Principal): Access => ({ personId: p.personId, agency: agencyOf(p), permissions: p.permissions })
