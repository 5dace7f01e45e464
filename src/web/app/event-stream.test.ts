import assert from 'node:assert/strict'
import { test } from 'node:test'
import { readEvents } from './event-stream.ts'

const streamOf = (parts: Uint8Array[]): ReadableStream<Uint8Array> =>
  new ReadableStream({
    start: (controller) => {
      for (const part of parts) controller.enqueue(part)
      controller.close()
    },
  })

const collect = async (parts: Uint8Array[]): Promise<{ events: [string, string][]; signs: number }> => {
  const events: [string, string][] = []
  let signs = 0
  await readEvents(streamOf(parts), { onSign: () => (signs += 1), onEvent: (name, data) => events.push([name, data]) })
  return { events, signs }
}

test('events are found however the bytes are cut, also inside a character', async () => {
  const bytes = new TextEncoder().encode('retry: 2000\n\nevent: change\ndata: {"id":"é"}\n\n: beat\n\nevent: change\ndata: a\ndata: b\n\n')
  for (let size = 1; size < bytes.length; size += 1) {
    const parts = Array.from({ length: Math.ceil(bytes.length / size) }, (_, i) => bytes.slice(i * size, (i + 1) * size))
    const { events } = await collect(parts)
    assert.deepEqual(
      events,
      [
        ['change', '{"id":"é"}'],
        ['change', 'a\nb'],
      ],
      `parts of ${size} bytes`,
    )
  }
})

test('a heartbeat is a sign of life and no event', async () => {
  const { events, signs } = await collect([new TextEncoder().encode(': beat\n\n')])
  assert.deepEqual(events, [])
  assert.equal(signs, 1)
})
