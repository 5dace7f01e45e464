import assert from 'node:assert/strict'
import { createServer, type AddressInfo } from 'node:net'
import { after, before, test } from 'node:test'
import { connectAsync, type MqttClient } from 'mqtt'
import { jt701Frame } from '../protocols/jointech/report.ts'
import { type MqttDoor, openMqttDoor } from './mqtt-door.ts'

/** In the gateway's place: keeps what it hears of each line, and acknowledges each write. */
const heard = new Map<number, Buffer[]>()
const gateway = createServer((socket) => {
  const own: Buffer[] = []
  heard.set(socket.remotePort!, own)
  socket.on('data', (bytes) => {
    own.push(bytes)
    socket.write('(P69,0,7)')
  })
  socket.on('error', () => socket.destroy())
})
let door: MqttDoor
const clients: MqttClient[] = []
const dial = async (): Promise<MqttClient> => {
  const client = await connectAsync(`mqtt://127.0.0.1:${door.port}`, { reconnectPeriod: 0 })
  clients.push(client)
  return client
}
before(async () => {
  await new Promise<void>((resolve) => gateway.listen(0, '127.0.0.1', resolve))
  const jt701 = (gateway.address() as AddressInfo).port
  door = await openMqttDoor({ host: '127.0.0.1', port: 0, ports: { jt701 } }, { warn: () => undefined })
})
after(async () => {
  for (const client of clients) await client.endAsync(true)
  await door.close()
  gateway.close()
})

const frame = Buffer.from(jt701Frame({ id: '8000620012', at: new Date(Date.UTC(2026, 5, 1)), lat: 1, lon: 2, serial: 7 }))
const topic = 'seals/jt701/8000620012'

test('a frame goes to the gateway as it came, on one line a device, and the answer comes back', async () => {
  const client = await dial()
  const answers: string[] = []
  let told: () => void = () => undefined
  client.on('message', (at, payload) => {
    answers.push(`${at} ${payload.toString()}`)
    told()
  })
  await client.subscribeAsync(`${topic}/down`, { qos: 1 })
  // The second waits for the first one's answer, as a seal does; the same device under another name has a line of its own.
  for (const at of [topic, 'seals/jt600/8000620012', topic]) {
    const answered = at === topic ? new Promise<void>((resolve) => (told = resolve)) : null
    await client.publishAsync(at, frame, { qos: 1 })
    await answered
  }
  assert.deepEqual(answers, [`${topic}/down (P69,0,7)`, `${topic}/down (P69,0,7)`])
  const ofDevice = [...heard.values()].map((own) => Buffer.concat(own)).filter((all) => all.length === 2 * frame.length)
  assert.equal(ofDevice.length, 1)
  assert.deepEqual(ofDevice[0], Buffer.concat([frame, frame]))
})

test('other topics are refused: a client cannot speak to devices, nor for a protocol without a port, nor listen to reports', async () => {
  for (const wrong of [`${topic}/down`, 'seals/gt06/8000620012', 'belts/1', 'seals/jt701/../x']) {
    const client = await dial()
    const closed = new Promise<void>((resolve) => client.once('close', resolve))
    client.on('error', () => undefined)
    client.publish(wrong, frame, { qos: 1 })
    await closed
  }
  const listener = await dial()
  const [granted] = await listener.subscribeAsync(topic).catch(() => [{ qos: 128 }])
  assert.equal(granted?.qos, 128)
})
