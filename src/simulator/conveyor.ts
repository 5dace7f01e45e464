/** A simulated belt with trays, a switch and an exit gate, over MQTT like a real one. */
import { connectAsync } from 'mqtt'
import { belt as rules, spokenBy, divertTopics, readDivert, type Line } from '#rules/inspection'

export type Conveyor = {
  /** puts a bag into a free tray and onto the belt; answers the tray */
  put: (bag: string, movement: string | null, owner: string | null, item?: 'bag' | 'parcel') => Promise<string>
  stop: () => void
  /** the controller starts again: it has forgotten its commands and announces its trays */
  restart: () => Promise<void>
  /** somebody carries a tagged bag through the gate */
  carryOut: (gate: string, tag: string) => Promise<void>
  /** where the trays went, by tray */
  went: () => ReadonlyMap<string, Line>
  close: () => Promise<void>
}
export type ConveyorOptions = {
  url: string
  office: string
  trays?: number
  travelMs?: number
  tickMs?: number
  /** answers no command: for tests of a deaf belt */ deaf?: boolean
}

export const startConveyor = async ({
  url,
  office,
  trays = 60,
  travelMs = 20_000,
  tickMs = 250,
  deaf = false,
}: ConveyorOptions): Promise<Conveyor> => {
  const client = await connectAsync(url, { reconnectPeriod: 500 })
  const say = (topic: string, message: object): Promise<unknown> => client.publishAsync(topic, JSON.stringify(message), { qos: 1 })
  const now = (): string => new Date().toISOString()
  let belt = rules.stillBelt
  let next = 0

  client.on('message', (topic, payload) => {
    const told = readDivert(topic, payload)
    if (!told || deaf) return
    const { belt: after, acknowledged } = rules.command(belt, told.trayId, told.command, told.line)
    belt = after
    if (acknowledged) void say(spokenBy.acknowledged(office, told.trayId), { command: told.command, line: acknowledged })
  })
  await client.subscribeAsync(divertTopics(office), { qos: 1 })

  const announce = (t: { id: string; item: 'bag' | 'parcel'; bag: string; movement: string | null; owner: string | null }): Promise<unknown> =>
    say(spokenBy.announced(office, t.id), { kind: t.item, bag: t.bag, movement: t.movement, owner: t.owner, at: now() })
  let lastMs = performance.now()
  const tick = setInterval(() => {
    const ms = performance.now() - lastMs
    lastMs += ms
    const step = rules.run(belt, ms)
    ;({ belt } = step)
    for (const { trayId, line } of step.passes) void say(spokenBy.passed(office, trayId), { line, at: now() })
  }, tickMs)

  return {
    put: async (bag, movement, owner, item = 'bag') => {
      const onBelt = new Set(belt.trays.map((t) => t.id))
      let id = ''
      for (let tried = 0; tried < trays && (id === '' || onBelt.has(id)); tried += 1) id = `T${String((next++ % trays) + 1).padStart(3, '0')}`
      belt = rules.putTray(belt, { id, item, bag, movement, owner }, travelMs)
      await announce({ id, item, bag, movement, owner })
      return id
    },
    stop: () => {
      belt = { ...belt, running: false }
    },
    restart: async () => {
      belt = rules.restart(belt)
      await say(spokenBy.restarted(office), { at: now() })
      for (const tray of belt.trays) await announce(tray)
    },
    carryOut: async (gate, tag) => void (await say(spokenBy.gateRead(office, gate), { tag, at: now() })),
    went: () => new Map([...belt.passed].map(([tray, { line }]) => [tray, line])),
    close: async () => {
      clearInterval(tick)
      await client.endAsync()
    },
  }
}
