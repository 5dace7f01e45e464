/** Server-Sent Events (WHATWG HTML §9.2) out of a byte stream; lines end with a line feed, as our server writes them. */
type Handlers = { /** any sign of life, heartbeats included */ onSign: () => void; onEvent: (name: string, data: string) => void }

const handleBlock = (block: string, handlers: Handlers): void => {
  let name = 'message'
  const data: string[] = []
  for (const line of block.split('\n')) {
    if (line.startsWith(':')) continue
    const at = line.indexOf(':')
    const field = at < 0 ? line : line.slice(0, at)
    const value = at < 0 ? '' : line.slice(at + 1).replace(/^ /, '')
    if (field === 'event') name = value
    if (field === 'data') data.push(value)
  }
  if (data.length > 0) handlers.onEvent(name, data.join('\n'))
}

/** Reads until the stream ends; rejects when it breaks. */
export const readEvents = async (stream: ReadableStream<Uint8Array>, handlers: Handlers): Promise<void> => {
  const reader = stream.getReader()
  const decoder = new TextDecoder()
  let pending = ''
  for (;;) {
    const { done, value } = await reader.read()
    if (done) return
    handlers.onSign()
    pending += decoder.decode(value, { stream: true })
    for (let end = pending.indexOf('\n\n'); end >= 0; end = pending.indexOf('\n\n')) {
      handleBlock(pending.slice(0, end), handlers)
      pending = pending.slice(end + 2)
    }
  }
}
