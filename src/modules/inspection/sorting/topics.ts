/**
 * MQTT topics between a belt controller and inspection, and what their messages (JSON, UTF-8) hold. QoS 1 everywhere: a message may come
 * twice, so whoever receives it must not mind. Office and tray stand in the topic; instants are ISO 8601 in UTC. Pure.
 *
 * | topic | from | message |
 * |---|---|---|
 * | `portcullis/v1/OFFICE/belt/TRAY/announced` | belt | `{bag, movement, owner, at}`: this bag lies in the tray; sent again after a restart. With `kind: "parcel"` it is a parcel |
 * | `portcullis/v1/OFFICE/belt/TRAY/divert` | inspection | `{command, line}`: send it to that line; the same command may come again |
 * | `portcullis/v1/OFFICE/belt/TRAY/acknowledged` | belt | `{command, line}`: will be done, or was done |
 * | `portcullis/v1/OFFICE/belt/TRAY/passed` | belt | `{line, at}`: the tray has passed the switch |
 * | `portcullis/v1/OFFICE/belt/restarted` | belt | `{at}`: the controller has started and announces all its trays |
 * | `portcullis/v1/OFFICE/gate/GATE/read` | gate | `{tag, at}`: this tag was carried through |
 */
import { Type, type Static, type TSchema } from 'typebox'
import { Check } from 'typebox/value'
import { type Line, lines } from '../schema/sorting.ts'
import type { BeltNews, DivertCommand } from './port.ts'

const root = 'portcullis/v1'
const text = (max: number) => Type.String({ minLength: 1, maxLength: max })
const instant = Type.String({ pattern: '^\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d(\\.\\d{1,3})?Z$' })
const line = Type.Enum(lines)
const orNull = <T extends TSchema>(type: T) => Type.Union([type, Type.Null()])

const Announced = Type.Object({
  kind: Type.Optional(Type.Enum(['bag', 'parcel'])),
  bag: text(70),
  movement: orNull(text(40)),
  owner: orNull(text(70)),
  at: instant,
})
const Passed = Type.Object({ line, at: instant })
const Restarted = Type.Object({ at: instant })
const GateReadMessage = Type.Object({ tag: text(20), at: instant })
const Divert = Type.Object({ command: text(60), line })

/** What inspection subscribes to. */
export const beltTopics: readonly string[] = ['belt/+/announced', 'belt/+/acknowledged', 'belt/+/passed', 'belt/restarted', 'gate/+/read'].map(
  (t) => `${root}/+/${t}`,
)
export const divertTopics = (office: string): string => `${root}/${office}/belt/+/divert`
export const divertTopic = ({ office, trayId }: Pick<DivertCommand, 'office' | 'trayId'>): string => `${root}/${office}/belt/${trayId}/divert`

const parsed = <T extends TSchema>(shape: T, payload: Uint8Array): Static<T> | null => {
  try {
    const value: unknown = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(payload))
    return Check(shape, value) ? value : null
  } catch {
    return null
  }
}

export type Acknowledgement = { kind: 'acknowledged'; office: string; trayId: string; command: string; line: Line }

const names = /^portcullis\/v1\/([0-9A-Za-z]{1,20})\/(?:belt\/restarted|(belt|gate)\/([0-9A-Za-z][0-9A-Za-z._-]{0,39})\/([a-z]+))$/

/** What a message tells; null for what is not understood, whoever sent it. */
export const readMessage = (topic: string, payload: Uint8Array): BeltNews | Acknowledgement | null => {
  const found = names.exec(topic)
  if (!found) return null
  const [, office = '', place, id = '', verb] = found
  if (place === undefined) {
    const m = parsed(Restarted, payload)
    return m && { kind: 'restarted', office, at: m.at }
  }
  if (place === 'gate') {
    const m = verb === 'read' ? parsed(GateReadMessage, payload) : null
    return m && { kind: 'gate-read', office, gate: id, tag: m.tag, at: m.at }
  }
  if (verb === 'announced') {
    const m = parsed(Announced, payload)
    return m && { kind: 'announced', office, trayId: id, item: m.kind ?? 'bag', bag: m.bag, movement: m.movement, owner: m.owner, at: m.at }
  }
  if (verb === 'passed') {
    const m = parsed(Passed, payload)
    return m && { kind: 'passed', office, trayId: id, line: m.line, at: m.at }
  }
  const m = verb === 'acknowledged' ? parsed(Divert, payload) : null
  return m && { kind: 'acknowledged', office, trayId: id, command: m.command, line: m.line }
}

/** The belt's side of a command: the tray stands in the topic. */
export const readDivert = (topic: string, payload: Uint8Array): { trayId: string; command: string; line: Line } | null => {
  const found = names.exec(topic)
  const m = found?.[4] === 'divert' ? parsed(Divert, payload) : null
  return m && { trayId: found![3]!, command: m.command, line: m.line }
}

/** The topics on which a belt or gate speaks. */
export const spokenBy = {
  announced: (office: string, tray: string): string => `${root}/${office}/belt/${tray}/announced`,
  acknowledged: (office: string, tray: string): string => `${root}/${office}/belt/${tray}/acknowledged`,
  passed: (office: string, tray: string): string => `${root}/${office}/belt/${tray}/passed`,
  restarted: (office: string): string => `${root}/${office}/belt/restarted`,
  gateRead: (office: string, gate: string): string => `${root}/${office}/gate/${gate}/read`,
}
