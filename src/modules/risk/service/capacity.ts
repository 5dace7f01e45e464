/** The board of capacity: each office's day beside the rates and minutes that hold there. */
import { legalDate } from '#kernel/time.ts'
import { officeAllowed, type Principal } from '#platform/permissions.ts'
import { loadReference } from '#modules/reference'
import type { CapacityBoard, OfficeDay } from '../schema/capacity.ts'
import type { SettingRow } from '../schema/proposal.ts'
import { countDay, type DayCounts } from '../store/capacity.ts'
import { waitingSettings } from '../store/lists.ts'
import { readSettings } from '../store/settings.ts'
import { agencyOf, type Risk } from './live.ts'
import { settingFor } from './selector.ts'

const nothingYet: Omit<DayCounts, 'office'> = {
  registered: 0,
  red: 0,
  yellow: 0,
  blue: 0,
  redMinutes: 0,
  yellowMinutes: 0,
  random: 0,
  filled: 0,
  demoted: 0,
  demotedMinutes: 0,
}

const dayOf = (office: { code: string; name: string }, setting: SettingRow, c: Omit<DayCounts, 'office'>, inside: boolean): OfficeDay => {
  const usedMinutes = c.redMinutes + c.yellowMinutes
  return {
    office: office.code,
    name: office.name,
    setting,
    registered: c.registered,
    red: { selected: c.red, minutes: c.redMinutes },
    yellow: { selected: c.yellow, minutes: c.yellowMinutes },
    blue: { selected: c.blue, minutes: 0 },
    random: inside ? c.random : null,
    filled: inside ? c.filled : null,
    demoted: { selected: c.demoted, minutes: c.demotedMinutes },
    usedMinutes,
    remainingMinutes: setting.capacityMinutes === null ? null : Math.max(0, setting.capacityMinutes - usedMinutes),
  }
}

/** Offices that the reader is responsible for, on a legal day (today when none is named). How many chance chose is for targeting only. */
export const capacityBoard = async (r: Risk, administration: string, who: Principal, now: string, asked?: string): Promise<CapacityBoard> => {
  const { sql } = r.deps
  const reference = await loadReference(sql)
  const timeZone = await r.timeZone(administration)
  const date = asked ?? legalDate(now, timeZone)
  const [counts, all, waiting] = await Promise.all([
    countDay(sql, administration, date, timeZone),
    readSettings(sql),
    waitingSettings(sql, agencyOf(who)),
  ])
  const settings = all.filter((s) => s.administration === administration)
  const sees = (office: string): boolean => officeAllowed(who, office, 'risk:capacity:read')
  const offices = reference.offices({ administration, date }).filter((o) => sees(o.code))
  const byOffice = new Map(counts.map((c) => [c.office, c]))
  const inside = who.permissions.has('risk:model:read')
  return {
    date,
    national: settings.find((s) => s.office === '') ?? null,
    offices: offices.map((o) => dayOf(o, settingFor(settings, administration, o.code), byOffice.get(o.code) ?? nothingYet, inside)),
    waiting: waiting.filter((p) => {
      const [place, office = ''] = p.subject.split('/')
      return place === administration && (office === '' || sees(office))
    }),
  }
}
