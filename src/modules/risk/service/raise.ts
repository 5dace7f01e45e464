/** Alarms of risk, raised by its machinery. */
import type { Deps } from '#platform/module.ts'
import { raiseAlarm } from '../store/alarms.ts'

/** Opens an alarm or counts it once more, and tells the desks. */
export const raise = async (deps: Deps, kind: string, subject: string, detail: Record<string, unknown>): Promise<void> => {
  await raiseAlarm(deps.sql, kind, subject, detail, deps.clock())
  deps.bus.announce({ topic: 'risk-alarm', id: kind })
}
