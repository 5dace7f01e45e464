/**
 * The PostgreSQL driver, mended as it is loaded: what version 3.4.9 does when a connection is lost (porsager/postgres issues 1066, 1154,
 * 1208). It writes small messages in the next turn of the event loop: with the connection gone by then it writes to no socket, which ends
 * the process, or takes the cancelled write for one still to come and never sends anything again. Statements sent between the error and
 * the close wait for ever, and those of a transaction that goes on without its connection reach whoever has the next one. A COPY that the
 * server refuses after its last row (a key that is there already) tells nobody: the stream waits for ever.
 * To be dropped with the version that mends it.
 */
import { registerHooks } from 'node:module'

type Mend = { found: string; mended: string; times: number }
const connection: readonly Mend[] = [
  {
    found: 'function nextWrite(fn) {\n',
    mended: `function nextWrite(fn) {
    if (socket === null) {
      nextWriteTimer !== null && clearImmediate(nextWriteTimer)
      chunk = nextWriteTimer = null
      const lost = Errors.connection('CONNECTION_CLOSED', options)
      query && queryError(query, lost)
      while (sent.length) queryError(sent.shift(), lost)
      return true
    }
`,
    times: 1,
  },
  // Both at the end of a connection, where its writes are cancelled. The fault that ended it must not be that of the next one's first statement.
  {
    found: '    clearImmediate(nextWriteTimer)\n',
    mended:
      "    clearImmediate(nextWriteTimer)\n    chunk = nextWriteTimer = errorResponse = null\n    final && (final(Errors.connection('CONNECTION_CLOSED', options)), final = null)\n",
    times: 2,
  },
  {
    found: '    stream && (stream.destroy(err), stream = null)\n',
    mended: '    stream && (stream.destroy(err), stream = null)\n    final && (final(err), final = null)\n',
    times: 1,
  },
  { found: '!hadError && (query || sent.length) && error(', mended: ';(query || sent.length) && error(', times: 1 },
]
const transaction: readonly Mend[] = [
  {
    found: 'connection.onclose = reject)\n',
    mended: 'connection.onclose = e => (lost = e, reject(e)))\n',
    times: 1,
  },
  { found: '    let savepoints = 0\n', mended: '    let savepoints = 0\n      , lost = null\n', times: 1 },
  {
    found: '        q.catch(e => uncaughtError || (uncaughtError = e))\n',
    mended: '        q.catch(e => uncaughtError || (uncaughtError = e))\n        if (lost) return q.reject(lost)\n',
    times: 1,
  },
]

const mend = (source: string, mends: readonly Mend[]): string =>
  mends.reduce((text, { found, mended, times }) => {
    const parts = text.split(found)
    if (parts.length !== times + 1) throw new Error('the PostgreSQL driver is another one than was mended: see src/platform/driver.ts')
    return parts.join(mended)
  }, source)

const hooks = registerHooks({
  load: (url, context, next) => {
    const loaded = next(url, context)
    const mends = url.endsWith('/postgres/src/connection.js') ? connection : url.endsWith('/postgres/src/index.js') ? transaction : null
    return mends ? { ...loaded, source: mend(Buffer.from(loaded.source as Uint8Array).toString(), mends) } : loaded
  },
})
// Not a static import: those are loaded before any line of this file runs.
export const { default: postgres } = await import('postgres')
hooks.deregister()
