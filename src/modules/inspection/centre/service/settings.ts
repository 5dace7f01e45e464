/** How an office weighs and draws, and whether its scanners are within reach. */
import { error } from '#kernel/issue.ts'
import { accept, type Outcome, refuse } from '#kernel/outcome.ts'
import { actorOf, type Asking, once } from '#platform/command.ts'
import type { Reader } from '#platform/database.ts'
import type { Deps } from '#platform/module.ts'
import { officeAllowed } from '#platform/permissions.ts'
import type { CentreSetting } from '../../schema/case.ts'
import { isLinkLost } from '../queue.ts'
import { standardSetting } from '../setting.ts'
import { findSettings, saveSetting, type KeptSetting } from '../store/readers.ts'

export type SettingsByOffice = { of: (office: string) => CentreSetting; isLost: (office: string, at: string) => boolean }

/** The settings of all offices at once: there are few. An office without one works by the standard, and no link of its is watched. */
export const readSettings = async (db: Reader): Promise<SettingsByOffice> => {
  const kept = new Map((await findSettings(db)).map((s) => [s.office, s]))
  return {
    of: (office) => kept.get(office)?.setting ?? standardSetting,
    isLost: (office, at) => {
      const own = kept.get(office)
      return own !== undefined && isLinkLost(own.heardAt, at, own.setting)
    },
  }
}

export type SettingEvent = { type: 'centre-setting.kept'; office: string; setting: CentreSetting }
export const evolveSetting = (_before: CentreSetting | null, event: SettingEvent): CentreSetting => event.setting

const mayManage = ({ principal }: Asking, office: string): boolean => officeAllowed(principal, office, 'inspection:setting:manage')

export const keepSetting = async (
  deps: Pick<Deps, 'sql' | 'bus'>,
  asking: Asking,
  office: string,
  setting: CentreSetting,
): Promise<Outcome<CentreSetting>> => {
  if (!mayManage(asking, office)) return refuse(error('access.denied', '/office', { permission: 'inspection:setting:manage' }))
  const command = {
    key: asking.key,
    actor: actorOf(asking.principal),
    name: 'centre-setting.keep',
    subject: { kind: 'centre-setting', id: office },
    at: asking.now,
  }
  const outcome = await once<CentreSetting>(deps.sql, command, async (tx) => {
    await saveSetting(tx, office, setting, asking.now)
    const event: SettingEvent = { type: 'centre-setting.kept', office, setting }
    return accept({ body: { payload: setting, facts: {}, events: [event] }, reply: setting })
  })
  if (outcome.ok) deps.bus.announce({ topic: 'inspection', id: office, office, what: 'setting' })
  return outcome
}

/** One act: from now on nothing passes that no person has looked at. */
export const stopAutoClear = async (deps: Pick<Deps, 'sql' | 'bus'>, asking: Asking, office: string): Promise<Outcome<CentreSetting>> =>
  keepSetting(deps, asking, office, { ...(await readSettings(deps.sql)).of(office), autoClear: false })

export const listSettings = (db: Reader): Promise<KeptSetting[]> => findSettings(db)
