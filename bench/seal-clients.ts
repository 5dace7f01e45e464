/**
 * The seals of `bench seals`, in a thread of their own: each a real socket that sends reports as fast as they are acknowledged. Told
 * `live` they send one report a write, told `replay` fifty stored ones; each cuts its rope once in between, and tells when.
 */
import { connect, type Socket } from 'node:net'
import { parentPort, workerData } from 'node:worker_threads'
import { jt701Frame } from '../src/modules/supervision/fixtures/jt701.ts'

export type Task = { port: number; seals: string[]; mode: 'live' | 'replay'; seconds: number; fromMs: number; cutAfterMs: number }
export type Told = { cut: string; at: number } | { done: true; sent: number; acknowledged: number; seconds: number }

const inFlight = { live: 40, replay: 500 }
const atOnce = { live: 1, replay: 50 }

const drive = (task: Task, id: string, index: number, tell: (told: Told) => void): Promise<{ sent: number; acknowledged: number }> =>
  new Promise((resolve) => {
    const { mode } = task
    let [sent, acknowledged, cut] = [0, 0, task.cutAfterMs <= 0]
    const began = Date.now()
    const end = began + task.seconds * 1000
    const cutAt = began + task.cutAfterMs * (0.2 + (0.8 * (index % 97)) / 97)
    const socket: Socket = connect(task.port, '127.0.0.1')
    // A report a second of the road; replays tell of the hours before.
    const frame = (cutNow: boolean): Uint8Array =>
      jt701Frame({
        id,
        at: new Date(task.fromMs + sent * 1000),
        lat: 0.001 * Math.sin(sent / 50),
        lon: 30 + ((sent % 9000) * 20) / 111_195,
        batteryPct: 90,
        cut: cutNow,
        type: cutNow ? 'alarm' : mode,
        serial: sent,
      })
    const fill = (): void => {
      while (sent - acknowledged + atOnce[mode] <= inFlight[mode] && Date.now() < end) {
        const cutNow = !cut && Date.now() >= cutAt
        const parts: Uint8Array[] = []
        for (let k = 0; k < atOnce[mode]; k++, sent++) parts.push(frame(cutNow && k === 0))
        socket.write(Buffer.concat(parts))
        if (cutNow) {
          cut = true
          tell({ cut: id, at: Date.now() })
        }
      }
      if (Date.now() >= end && acknowledged >= sent) socket.end()
    }
    socket.on('connect', fill)
    socket.on('data', (bytes) => {
      for (const byte of bytes) if (byte === 0x29) acknowledged++
      fill()
    })
    socket.on('error', () => socket.destroy())
    socket.on('close', () => resolve({ sent, acknowledged }))
    setTimeout(() => socket.destroy(), task.seconds * 1000 + 20_000).unref()
  })

if (parentPort) {
  const port = parentPort
  const task = workerData as Task
  const began = performance.now()
  const all = await Promise.all(task.seals.map((id, i) => drive(task, id, i, (told) => port.postMessage(told))))
  const sum = (pick: (x: { sent: number; acknowledged: number }) => number): number => all.reduce((n, x) => n + pick(x), 0)
  const seconds = (performance.now() - began) / 1000
  port.postMessage({ done: true, sent: sum((x) => x.sent), acknowledged: sum((x) => x.acknowledged), seconds } satisfies Told)
}
