/**
 * One simulated seal on a real socket of the gateway. What was not acknowledged, or happened out of reach, is kept and told later as a
 * replay, oldest first, as a JT701 does.
 */
import { connect, type Socket } from 'node:net'
import { jt701Answer, jt701Frame } from '#modules/supervision/protocols'
import type { Report } from './driving.ts'

export type SealLine = { tell: (report: Report) => void; close: () => void }

const mostStored = 5000
const acknowledgement = /^P69,0,(\d{1,3})$/

export type GatewayAddress = { host: string; port: number }

export const openSealLine = ({ host, port }: GatewayAddress, sealId: string): SealLine => {
  const stored: Report[] = []
  /** told and not yet acknowledged, by serial number */
  const waiting = new Map<number, Report>()
  let serial = 0
  let socket: Socket | null = null

  const giveUp = (): void => {
    stored.unshift(...waiting.values())
    waiting.clear()
    socket = null
  }
  /** An acknowledgement, or a command that the lock answers. */
  const take = (line: Socket, text: string): void => {
    const number = acknowledgement.exec(text)?.[1]
    if (number !== undefined) return void waiting.delete(Number(number))
    const said = jt701Answer(text)
    if (said !== null) line.write(`(${sealId},${said})`)
  }
  const dial = (): Socket => {
    const line = connect(port, host)
    let heard = ''
    line.on('data', (bytes) => {
      heard = (heard + bytes.toString('latin1')).slice(-400)
      for (const [, text] of heard.matchAll(/\(([^()]*)\)/g)) take(line, text!)
      heard = heard.slice(heard.lastIndexOf(')') + 1)
    })
    line.on('error', () => line.destroy())
    line.on('close', () => line === socket && giveUp())
    return line
  }
  const send = (report: Report, type: 'live' | 'alarm' | 'replay'): void => {
    serial = (serial + 1) % 256
    waiting.set(serial, report)
    socket!.write(jt701Frame({ ...report, id: sealId, at: new Date(report.atMs), type, serial }))
  }
  return {
    tell: (report) => {
      if (!report.reached) {
        socket?.destroy()
        stored.push(report)
        stored.splice(0, stored.length - mostStored)
        return
      }
      socket ??= dial()
      for (const late of stored.splice(0)) send(late, 'replay')
      send(report, report.cut ? 'alarm' : 'live')
    },
    close: () => {
      socket?.destroy()
      socket = null
    },
  }
}
