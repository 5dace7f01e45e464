/** Jointech electronic locks and vehicle units: binary and text frames share a socket and a port (JT701 and JT600 are one protocol). */
import { accept, refuse } from '#kernel/outcome.ts'
import { error } from '#kernel/issue.ts'
import { ascii } from '../bytes.ts'
import type { Command, Cut, Protocol } from '../codec.ts'
import { binaryLength, decodeBinary } from './binary.ts'
import { decodeText } from './text.ts'

const dollar = 0x24
const open = 0x28
const close = 0x29
const longestText = 4096

const cut = (buffer: Uint8Array): Cut => {
  if (buffer[0] === dollar) {
    const length = binaryLength(buffer)
    if (length === null || buffer.length < length) return 'more'
    return { frame: buffer.subarray(0, length), used: length }
  }
  if (buffer[0] === open) {
    const end = buffer.subarray(0, longestText).indexOf(close)
    if (end < 0) return buffer.length >= longestText ? { skip: 1 } : 'more'
    return { frame: buffer.subarray(0, end + 1), used: end + 1 }
  }
  const next = buffer.findIndex((b) => b === dollar || b === open)
  return { skip: next < 0 ? buffer.length : next }
}

type Params = Command['params']
const text = (p: Params, name: string): string => String(p[name] ?? '')
const flag = (p: Params, name: string): string => (p[name] === true || p[name] === 1 || p[name] === '1' ? '1' : '0')
const list = (p: Params, name: string): string[] =>
  text(p, name)
    .split(',')
    .filter((x) => x !== '')

/** Commands by name. What would erase evidence (P98,10,1), reset the seal (P13) or silence its alarms is not among them. */
const commands: Readonly<Record<string, { params: Readonly<Record<string, RegExp>>; text: (p: Params) => string }>> = {
  unlock: { params: { password: /^\d{6}$/ }, text: (p) => `P43,${text(p, 'password')}` },
  'unlock-dynamic': { params: { password: /^\d{6}$/ }, text: (p) => `P52,3,${text(p, 'password')}` },
  'change-password': { params: { new: /^\d{6}$/, current: /^\d{6}$/ }, text: (p) => `P44,${text(p, 'new')},${text(p, 'current')}` },
  'enable-dynamic-password': { params: {}, text: (p) => `P52,1,1,1,${flag(p, 'onlyInFence')}` },
  'query-dynamic-password': { params: {}, text: () => 'P52,0' },
  'acknowledge-dynamic-password': { params: { password: /^\d{6}$/ }, text: (p) => `P52,2,${text(p, 'password')}` },
  'add-cards': { params: { cards: /^\d{10}(,\d{10}){0,19}$/ }, text: (p) => `P41,1,1,${list(p, 'cards').length},${text(p, 'cards')}` },
  'delete-cards': { params: { cards: /^\d{10}(,\d{10}){0,19}$/ }, text: (p) => `P41,1,2,${list(p, 'cards').length},${text(p, 'cards')}` },
  'delete-all-cards': { params: {}, text: () => 'P41,1,3' },
  'query-cards': { params: { group: /^([1-9]|1\d|2[0-5])$/ }, text: (p) => `P41,0,${text(p, 'group')}` },
  'cards-only-in-fence': { params: {}, text: (p) => `P58,1,${flag(p, 'on')}` },
  'unlock-channels': { params: { channels: /^[01](,[01]){4}$/ }, text: (p) => `P59,1,${text(p, 'channels')}` },
  'alarm-switches': { params: { switches: /^[1-3](,[1-3]){9}$/ }, text: (p) => `P40,1,${text(p, 'switches')}` },
  interval: {
    params: { seconds: /^([5-9]|[1-9]\d|[1-5]\d\d|600)$/, wakeMinutes: /^([5-9]|[1-9]\d{1,2}|1[0-3]\d\d|14[0-3]\d|1440)$/ },
    text: (p) => `P04,1,${text(p, 'seconds')},${text(p, 'wakeMinutes')}`,
  },
  'tracking-mode': { params: {}, text: (p) => `P54,1,${flag(p, 'on')}` },
  'fence-name': { params: { fence: /^([1-9]|10)$/, name: /^[\w -]{1,20}$/ }, text: (p) => `P24,1,${text(p, 'fence')},1,${text(p, 'name')}` },
  'fence-nodes': {
    params: { fence: /^([1-9]|10)$/, page: /^[1-5]$/, nodes: /^-?\d{5}\.\d{4},-?\d{4,5}\.\d{4}(,-?\d{5}\.\d{4},-?\d{4,5}\.\d{4}){0,9}$/ },
    text: (p) => `P29,1,${text(p, 'fence')},${text(p, 'page')},${list(p, 'nodes').length / 2},${text(p, 'nodes')}`,
  },
  'fence-done': { params: {}, text: () => 'P31' },
  'delete-fence': { params: { fence: /^([1-9]|10)$/ }, text: (p) => `P30,${text(p, 'fence')}` },
  'low-battery': { params: { percent: /^[1-9]\d?$/ }, text: (p) => `P61,1,${text(p, 'percent')}` },
  'long-unlock': { params: { minutes: /^([3-9]|[1-9]\d|1[0-7]\d|180)$/ }, text: (p) => `P38,1,${text(p, 'minutes')}` },
  'query-unsent': { params: {}, text: () => 'P98,10,0' },
  restart: { params: {}, text: () => 'P15' },
  time: { params: { time: /^\d{12}$/ }, text: (p) => `P22,${text(p, 'time')}` },
  acknowledge: { params: { serial: /^\d{1,3}$/ }, text: (p) => `P69,${flag(p, 'resend')},${text(p, 'serial')}` },
  'engine-resume': { params: {}, text: () => 'S07,1' },
  'engine-stop': { params: {}, text: () => 'S07,0' },
  timezone: { params: { minutes: /^-?\d{1,3}$/ }, text: (p) => `S09,1,${text(p, 'minutes')}` },
  reboot: { params: {}, text: () => 'S17' },
}

const encode: Protocol['encode'] = ({ name, params }) => {
  const command = commands[name]
  if (!command) return refuse(error('supervision.command_unknown', '/command', { command: name, known: Object.keys(commands).join(', ') }))
  const wrong = Object.entries(command.params).filter(([key, pattern]) => !pattern.test(text(params, key)))
  if (wrong.length > 0)
    return refuse(...wrong.map(([key]) => error('supervision.command_parameter', `/params/${key}`, { command: name, parameter: key })))
  return accept(ascii(`(${command.text(params)})`))
}

/** A lock answers with the number of the command, `P52` with that of its part too; a bare answer without `ok` is a confirmation. */
const answers: Protocol['answers'] = ({ name, params }, record) => {
  const asked = commands[name]?.text(params).split(',')
  if (!asked || record.kind !== 'reply') return null
  const { type, password: _secret, ...told } = record.raw
  return type === (asked[0] === 'P52' ? `P52_${asked[1]}_RESULT` : `${asked[0]}_RESULT`) ? { done: told.ok !== false, told } : null
}

export const jointech: Protocol = {
  name: 'jt701',
  title: 'Jointech JT701/JT704/JT709 electronic locks, JT600 units',
  transports: ['tcp'],
  longest: 16_384,
  cut,
  decode: (frame, session, now) => (frame[0] === dollar ? decodeBinary(frame, session) : decodeText(frame, session, now)),
  encode,
  answers,
}
