/**
 * Live news between processes and browsers. News is sent after the commit and in batches: NOTIFY inside a transaction takes a
 * database-wide lock until its commit is on disk, which would queue every release of the country behind one another.
 * News may be lost (a browser then reads again); what must not be lost is a job or a subscription within the transaction.
 */
import type { Sql } from './database.ts'
import type { Log } from './log.ts'

export type News = {
  topic: string
  id: string
  /** who may hear of it */ organisations?: string[]
  office?: string | null
  [detail: string]: unknown
}
export type Listener = (news: News) => void

export type Bus = { announce: (news: News) => void; listen: (listener: Listener) => () => void; close: () => Promise<void> }

const channel = 'portcullis_news'
const flushAfterMs = 100
// NOTIFY carries at most 8,000 bytes
const maxBytes = 7_500

export const createBus = async (sql: Sql, log: Log): Promise<Bus> => {
  const listeners = new Set<Listener>()
  const self = crypto.randomUUID()
  let waiting: News[] = []
  let timer: NodeJS.Timeout | null = null
  const deliver = (news: News) => listeners.forEach((l) => l(news))

  const subscription = await sql.listen(channel, (text) => {
    const { from, news } = JSON.parse(text) as { from: string; news: News[] }
    if (from !== self) news.forEach(deliver)
  })
  const flush = async (): Promise<void> => {
    timer = null
    const batch = waiting
    waiting = []
    const parts: string[] = []
    let part: News[] = []
    for (const n of batch) {
      if (Buffer.byteLength(JSON.stringify({ from: self, news: [...part, n] })) > maxBytes && part.length > 0) {
        parts.push(JSON.stringify({ from: self, news: part }))
        part = []
      }
      part.push(n)
    }
    if (part.length > 0) parts.push(JSON.stringify({ from: self, news: part }))
    try {
      for (const text of parts) await sql`select pg_notify(${channel}, ${text})`
    } catch (fault) {
      log.warn({ err: fault }, 'news to other processes was not sent')
    }
  }
  return {
    announce: (news) => {
      deliver(news)
      waiting.push(news)
      timer ??= setTimeout(() => void flush(), flushAfterMs)
    },
    listen: (listener) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    close: async () => {
      if (timer) clearTimeout(timer)
      await flush()
      await subscription.unlisten()
    },
  }
}
