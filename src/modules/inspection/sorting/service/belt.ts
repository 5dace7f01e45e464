/**
 * Between cases and belts. Commands are read from the database, where they stand since their decision, and sent until the belt has
 * acknowledged or the time is over; what the belt tells is written down. Nothing hangs on this process: another one goes on where it ended.
 */
import { error } from '#kernel/issue.ts'
import { accept, type Outcome, refuse } from '#kernel/outcome.ts'
import { actorOf, type Asking, once } from '#platform/command.ts'
import { inTransaction } from '#platform/database.ts'
import type { Deps } from '#platform/module.ts'
import { officeAllowed } from '#platform/permissions.ts'
import { heardOf } from '../../centre/store/readers.ts'
import { findCaseOf } from '../../centre/store/cases.ts'
import type { BeltNews, DivertCommand, Sorter } from '../port.ts'
import {
  acknowledgeGate,
  bindTag,
  commandOf,
  findGateOffice,
  findTag,
  findTrayOf,
  insertGateAlarm,
  saveTray,
  setPassed,
  settleCommand,
  waitingCommands,
} from '../store/sorting.ts'

type Core = Pick<Deps, 'sql' | 'bus' | 'clock' | 'log'>

/** Somebody carries a tagged bag out: an alarm, once until it is seen. A tag that is closed, or nobody knows, is no alarm. */
export const gateRead = async (
  { sql, bus }: Core,
  read: { office: string; gate: string; tag: string; at: string },
  now: string,
): Promise<{ alarm: string | null }> => {
  const alarm = await inTransaction(sql, async (tx) => {
    const tag = await findTag(tx, read.tag)
    return tag?.office === read.office && tag.closedAt === null ? insertGateAlarm(tx, tag, read.gate, read.at, now) : null
  })
  if (alarm) bus.announce({ topic: 'inspection', id: alarm, office: read.office, what: 'gate-alarm' })
  return { alarm }
}

export const acknowledgeGateAlarm = async ({ sql, bus }: Core, asking: Asking, id: string, remarks: string): Promise<Outcome<{ id: string }>> => {
  const command = {
    key: asking.key,
    actor: actorOf(asking.principal),
    name: 'gate-alarm.acknowledge',
    subject: { kind: 'gate-alarm', id },
    at: asking.now,
  }
  const outcome = await once<{ id: string }>(sql, command, async (tx) => {
    const office = await findGateOffice(tx, id)
    if (office === null || !officeAllowed(asking.principal, office, 'inspection:gate:acknowledge'))
      return refuse(error('inspection.gate_alarm_unknown', '/id', { id }))
    if (!(await acknowledgeGate(tx, id, asking.principal.name, remarks, asking.now))) return refuse(error('inspection.gate_alarm_acknowledged'))
    return accept({
      body: { payload: { remarks }, facts: {}, events: [{ type: 'gate-alarm.acknowledged', by: asking.principal.name }] },
      reply: { id },
    })
  })
  if (outcome.ok) bus.announce({ topic: 'inspection', id, what: 'gate-alarm' })
  return outcome
}

const announced = async ({ sql, bus, clock }: Core, n: Extract<BeltNews, { kind: 'announced' }>): Promise<DivertCommand | null> => {
  const subject = { kind: n.item, id: n.bag }
  const command = await inTransaction(sql, async (tx) => {
    await saveTray(tx, { office: n.office, id: n.trayId, subject, movement: n.movement, owner: n.owner }, n.at)
    await heardOf(tx, n.office, clock())
    return commandOf(tx, n.office, n.trayId)
  })
  bus.announce({ topic: 'inspection', id: n.trayId, office: n.office, what: 'tray' })
  return command
}

/** A tray that the belt sent to the bench by itself gets its tag now. */
const passed = async ({ sql, bus }: Core, n: Extract<BeltNews, { kind: 'passed' }>): Promise<void> => {
  await inTransaction(sql, async (tx) => {
    const subject = await setPassed(tx, n.office, n.trayId, n.line, n.at)
    if (!subject || n.line === 'clear') return
    const c = await findCaseOf(tx, subject)
    if (c && c.status !== 'closed') await bindTag(tx, c, (await findTrayOf(tx, subject))?.owner ?? null, n.at)
  })
  bus.announce({ topic: 'inspection', id: n.trayId, office: n.office, what: 'tray' })
}

export type Belt = { hear: (news: BeltNews) => Promise<void>; sweep: () => Promise<void>; idle: () => Promise<void>; close: () => Promise<void> }

const sweepEveryMs = 1000

/** Serves one sorter. `sweep` sends what waits; it also runs by the clock and when a decision is announced. */
export const serveBelt = (core: Core, sorter: Pick<Sorter, 'divert'>): Belt => {
  const under = new Map<string, Promise<void>>()
  let closed = false
  const send = (command: DivertCommand): void => {
    if (closed || under.has(command.id)) return
    const work = (async () => {
      try {
        await settleCommand(core.sql, command.id, await sorter.divert(command), core.clock())
        core.bus.announce({ topic: 'inspection', id: command.trayId, office: command.office, what: 'tray' })
      } catch (fault) {
        // It waits in the database and is sent again.
        core.log.warn({ err: fault, tray: command.trayId }, 'a belt command was not sent')
      } finally {
        under.delete(command.id)
      }
    })()
    under.set(command.id, work)
  }
  const sweep = async (): Promise<void> => {
    if (!closed) for (const command of await waitingCommands(core.sql)) send(command)
  }
  const soon = (): void => void sweep().catch((fault: unknown) => core.log.warn({ err: fault }, 'belt commands were not read'))
  const clock = setInterval(soon, sweepEveryMs)
  const unlisten = core.bus.listen((news) => {
    if (news.topic === 'inspection' && (news['what'] === 'case' || news['what'] === 'found')) soon()
  })
  return {
    sweep,
    idle: async () => {
      while (under.size > 0) await Promise.all(under.values())
    },
    hear: async (news) => {
      switch (news.kind) {
        case 'announced': {
          // A belt that restarted has forgotten what it was told.
          const command = await announced(core, news)
          return command ? send(command) : undefined
        }
        case 'passed':
          return passed(core, news)
        case 'gate-read':
          return void (await gateRead(core, news, core.clock()))
        case 'restarted':
          await heardOf(core.sql, news.office, core.clock())
          return sweep()
      }
    },
    close: async () => {
      closed = true
      clearInterval(clock)
      unlisten()
      await Promise.all(under.values())
    },
  }
}
