/** What binds now, compiled: profiles by administration, rates, the key of the lots. Read again on news of `risk`. */
import type { Reader } from '#platform/database.ts'
import type { Log } from '#platform/log.ts'
import { compileCondition, createWindows, type Compiled, type WindowNeed } from '../profile/compile.ts'
import type { Currency } from '../profile/check.ts'
import { createGuarded, type Fault, type Guarded } from '../profile/guarded.ts'
import { readProfile } from '../profile/profile.ts'
import type { ProfileTree } from '../profile/ast.ts'
import type { Lists } from '../profile/lists.ts'
import type { ProfileVersion } from '../schema/profile.ts'
import type { SettingRow } from '../schema/proposal.ts'
import { activeVersions } from '../store/profiles.ts'
import { readKey, readSettings } from '../store/settings.ts'

/** Profiles that look back are asked in two steps: first whether they can fire at all, and only then with figures of the past. */
type Looking = { versions: ProfileVersion[]; guarded: Guarded; compiled: Compiled[]; needs: readonly WindowNeed[] }
export type Compilation = { plain: { versions: ProfileVersion[]; guarded: Guarded }; looking: Looking; unreadable: string[] }

export type Living = { byAdministration: Map<string, Compilation>; settings: SettingRow[]; key: { secret: Buffer; id: string } }

type Context = {
  currency: (administration: string, db?: Reader) => Promise<Currency>
  lists: Lists
  told: (code: string, reason: string, detail: string) => void
  log: Log
}

const looksBack = (tree: ProfileTree): boolean => {
  const windows = createWindows()
  compileCondition(tree.when, { currency: { code: 'XXX', digits: 2 }, window: windows.place })
  return windows.needs.length > 0
}

const compileFor = async (db: Reader, administration: string, versions: readonly ProfileVersion[], c: Context): Promise<Compilation> => {
  const currency = await c.currency(administration, db)
  const read = versions.map((version) => ({ version, read: readProfile(version.content.text, currency, c.lists) }))
  const unreadable: string[] = []
  const good: { version: ProfileVersion; tree: ProfileTree }[] = []
  for (const { version, read: outcome } of read) {
    if (outcome.ok) good.push({ version, tree: outcome.value })
    else {
      unreadable.push(version.code)
      // Stored when less was known of what it may cost, or when a list was shorter: it is not asked even once.
      const slow = outcome.issues.find((i) => i.code === 'risk.profile_slow')
      if (slow) c.told(version.code, 'slow', `${String(slow.params?.['cost'])} % of its time at worst`)
      else c.told(version.code, 'unreadable', outcome.issues.map((i) => i.code).join(', '))
    }
  }
  const guard = (list: typeof good): Guarded =>
    createGuarded(
      list.map((g) => g.tree),
      currency,
      () => performance.now(),
      (fault: Fault) => c.told(list[fault.profile]!.version.code, fault.reason, fault.detail),
    )
  const [past, plain] = [good.filter((g) => looksBack(g.tree)), good.filter((g) => !looksBack(g.tree))]
  const guarded = guard(past)
  const windows = createWindows()
  return {
    unreadable,
    plain: { versions: plain.map((g) => g.version), guarded: guard(plain) },
    looking: {
      versions: past.map((g) => g.version),
      guarded,
      compiled: past.map((g) => compileCondition(g.tree.when, { currency, window: windows.place })),
      needs: guarded.windows(),
    },
  }
}

export const loadLiving = async (db: Reader, c: Context): Promise<Living> => {
  const versions = await activeVersions(db)
  const byAdministration = new Map<string, Compilation>()
  for (const [administration, list] of Map.groupBy(versions, (v) => v.content.administration))
    byAdministration.set(administration, await compileFor(db, administration, list, c))
  return { byAdministration, settings: await readSettings(db), key: await readKey(db) }
}
