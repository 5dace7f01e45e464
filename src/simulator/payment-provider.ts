/**
 * A payment provider for demo and tests: an HTTP service of its own, as faulty as real ones. It takes payments (idempotent by key), shows a
 * page on which the payer pays or declines, and reports what happened to us, signed, sometimes twice.
 */
import { createHmac } from 'node:crypto'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { canonicalJson } from '#kernel/canonical-json.ts'

export type ProviderOptions = {
  /** address that reports are sent to */
  reportTo: string
  /** key of the signatures, and what callers must show */
  secret: string
  port?: number
  /** payments that nobody opens are paid after this; null = never */
  paysByItselfAfterMs?: number | null
  /** how often the same report is sent */
  copies?: (payment: { paymentId: string }) => number
}

type Stored = {
  paymentId: string
  providerReference: string
  money: { minor: number; currency: string }
  amount: string
  reference: string
  state: 'pending' | 'succeeded' | 'failed'
  opened: boolean
}
type Outcome = 'succeeded' | 'failed'
export type PaymentProvider = {
  url: string
  payments: ReadonlyMap<string, Readonly<Stored>>
  /** the payer decides; resolves when the report was delivered or given up */
  decide: (paymentId: string, outcome: Outcome) => Promise<void>
  close: () => Promise<void>
}

const tries = 5
const firstPauseMs = 100

const readBody = async (request: IncomingMessage): Promise<string> => {
  const parts: Buffer[] = []
  for await (const part of request) parts.push(part as Buffer)
  return Buffer.concat(parts).toString('utf8')
}

const escape = (text: string): string => text.replace(/[&<>"]/g, (ch) => `&#${ch.charCodeAt(0)};`)

const page = (
  p: Stored,
): string => `<!doctype html><html lang="en"><meta charset="utf-8"><title>Pay ${escape(p.amount)} ${escape(p.money.currency)}</title>
<style>body{font:16px/1.5 system-ui;max-width:26rem;margin:4rem auto;padding:0 1rem}button{font:inherit;padding:.6rem 1.2rem;margin-inline-end:.5rem}</style>
<main><h1>${escape(p.amount)} ${escape(p.money.currency)}</h1><p>Customs duty and taxes, ${escape(p.reference)}</p>
${p.state === 'pending' ? '<form method="post"><button name="outcome" value="succeeded">Pay</button><button name="outcome" value="failed">Decline</button></form>' : `<p role="status">This payment has ${p.state}. You may close this page.</p>`}
<p><small>This is the demo's payment provider. No money moves.</small></p></main></html>`

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms))

const deliver = async (options: ProviderOptions, report: unknown): Promise<void> => {
  const signature = `v1=${createHmac('sha256', options.secret).update(canonicalJson(report)).digest('hex')}`
  for (let attempt = 0; attempt < tries; attempt++) {
    if (attempt > 0) await pause(firstPauseMs * 2 ** attempt)
    const answer = await fetch(options.reportTo, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'x-provider-signature': signature },
      body: JSON.stringify(report),
      signal: AbortSignal.timeout(10_000),
    }).catch(() => null)
    if (answer && answer.status < 500) return
  }
}

type Service = {
  options: ProviderOptions
  payments: Map<string, Stored>
  timers: Set<NodeJS.Timeout>
  url: () => string
  decide: PaymentProvider['decide']
}

const take = async (s: Service, request: IncomingMessage, response: ServerResponse): Promise<void> => {
  if (request.headers.authorization !== `Bearer ${s.options.secret}`) return void response.writeHead(401).end()
  const asked = JSON.parse(await readBody(request)) as Pick<Stored, 'paymentId' | 'money' | 'amount' | 'reference'>
  let payment = s.payments.get(asked.paymentId)
  if (!payment) {
    payment = { ...asked, providerReference: `PP-${asked.paymentId.slice(-12)}`, state: 'pending', opened: false }
    s.payments.set(asked.paymentId, payment)
    const after = s.options.paysByItselfAfterMs
    if (typeof after === 'number') {
      const timer = setTimeout(() => {
        s.timers.delete(timer)
        if (payment!.state === 'pending' && !payment!.opened) void s.decide(asked.paymentId, 'succeeded')
      }, after)
      s.timers.add(timer)
    }
  }
  response
    .writeHead(201, { 'content-type': 'application/json' })
    .end(JSON.stringify({ providerReference: payment.providerReference, payAt: `${s.url()}/pay/${payment.paymentId}` }))
}

const showPage = async (s: Service, request: IncomingMessage, response: ServerResponse, id: string): Promise<void> => {
  const payment = s.payments.get(id)
  if (!payment) return void response.writeHead(404).end()
  payment.opened = true
  if (request.method === 'POST') {
    const outcome = new URLSearchParams(await readBody(request)).get('outcome')
    if (payment.state === 'pending' && (outcome === 'succeeded' || outcome === 'failed')) await s.decide(id, outcome)
  }
  response.writeHead(200, { 'content-type': 'text/html; charset=utf-8' }).end(page(payment))
}

const answer = async (s: Service, request: IncomingMessage, response: ServerResponse): Promise<void> => {
  const path = new URL(request.url ?? '/', 'http://provider').pathname
  const pay = /^\/pay\/([0-9a-f-]{36})$/.exec(path)
  if (request.method === 'POST' && path === '/payments') return take(s, request, response)
  if (pay) return showPage(s, request, response, pay[1]!)
  response.writeHead(404).end()
}

export const startPaymentProvider = async (options: ProviderOptions): Promise<PaymentProvider> => {
  const payments = new Map<string, Stored>()
  const timers = new Set<NodeJS.Timeout>()
  let address = ''
  let reports = 0
  const decide: PaymentProvider['decide'] = async (paymentId, outcome) => {
    const payment = payments.get(paymentId)
    if (!payment) throw new RangeError(`there is no payment ${paymentId}`)
    payment.state = outcome
    const { providerReference, money } = payment
    const report = {
      id: `evt-${paymentId}-${++reports}`,
      type: `payment.${outcome}`,
      paymentId,
      providerReference,
      money,
      occurredAt: new Date().toISOString(),
      ...(outcome === 'failed' && { reason: 'declined by the payer' }),
    }
    await Promise.all(Array.from({ length: options.copies?.({ paymentId }) ?? 1 }, () => deliver(options, report)))
  }
  const service: Service = { options, payments, timers, url: () => address, decide }
  const server = createServer((request, response) => {
    answer(service, request, response).catch(() => response.headersSent || response.writeHead(400).end())
  })
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(options.port ?? 0, '127.0.0.1', resolve)
  })
  address = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  const close = async (): Promise<void> => {
    timers.forEach((t) => clearTimeout(t))
    server.closeAllConnections()
    await new Promise<void>((resolve) => server.close(() => resolve()))
  }
  return { url: address, payments, decide, close }
}
