/** What risk works with: the platform, the directory of models, and what is asked often and changes seldom. */
import { minorDigits } from '#kernel/money.ts'
import type { Reader } from '#platform/database.ts'
import type { Deps } from '#platform/module.ts'
import type { Principal } from '#platform/permissions.ts'
import { loadReference } from '#modules/reference'
import type { Reader as Access } from '../access.ts'
import type { Currency } from '../profile/check.ts'
import type { Lists } from '../profile/lists.ts'
import { currentLists } from '../store/lists.ts'

export type Risk = {
  deps: Deps
  /** the currency that amounts of an administration's profiles are in */
  currency: (administration: string, db?: Reader) => Promise<Currency>
  lists: (db?: Reader) => Promise<Lists>
}

export const createRisk = (deps: Deps): Risk => {
  const currencies = new Map<string, Currency>()
  return {
    deps,
    currency: async (administration, db = deps.sql) => {
      const known = currencies.get(administration)
      if (known) return known
      const code = (await loadReference(db)).administration(administration, deps.clock().slice(0, 10))?.currency ?? 'XXX'
      const currency = { code, digits: minorDigits(code) }
      currencies.set(administration, currency)
      return currency
    },
    lists: async (db = deps.sql) => new Map((await currentLists(db)).map((l) => [l.name, l.entries])),
  }
}

/** Who asks, with which key, when. */
export type Asking = { principal: Principal; key: string | null; now: string }

/** Everybody reads for the organisation that they work for: customs or another agency at the border. */
export const agencyOf = (p: Principal): string => p.organisationRegistration ?? ''
export const readerOf = (p: Principal): Access => ({ personId: p.personId, agency: agencyOf(p), permissions: p.permissions })
