/** For tests of screens: the whole administration on a test database, with a broker who lodges and a browser for anybody. */
import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import type { Browser } from 'playwright-core'
import { createLog } from '#platform/log.ts'
import { demoPassword, demoPerson } from '#modules/identity'
import type { DeclarationDocument } from '#schema/clearance'
import { createApp } from '../../src/app.ts'
import { chance, inventDeclaration } from '../../src/simulator/declaration.ts'
import { ensureWebApp } from '../../src/web-app.ts'
import { openPage, type OpenPage, type PageOptions } from '../browser.ts'
import { testDatabase } from '../database.ts'

export type Person = { send: (method: 'GET' | 'POST', path: string, body?: unknown) => Promise<{ status: number; body: Record<string, unknown> }> }
export type Administration = {
  address: string
  databaseUrl: string
  signIn: (key: string) => Promise<Person>
  open: (browser: Browser, key: string, options?: PageOptions) => Promise<OpenPage>
  close: () => Promise<void>
}

/** The server in this process on a copy of the demo country, without simulator. */
export const startAdministration = async (): Promise<Administration> => {
  await ensureWebApp(() => undefined)
  const db = await testDatabase()
  const app = await createApp({
    config: { port: 0, host: '127.0.0.1', dataDir: '.', logLevel: 'silent' },
    databaseUrl: db.url,
    log: createLog('silent'),
    demo: true,
    roles: { http: true, worker: true, simulator: false },
  })
  const address = await app.listen()
  const signIn = async (key: string): Promise<Person> => {
    const answer = await fetch(`${address}/api/demo/sign-in`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ personId: demoPerson(key).id }),
    })
    assert.equal(answer.status, 200)
    const cookies = answer.headers.getSetCookie().map((line) => {
      const pair = line.split(';')[0]!
      return { name: pair.slice(0, pair.indexOf('=')), value: pair.slice(pair.indexOf('=') + 1) }
    })
    const send: Person['send'] = async (method, path, body) => {
      const headers = {
        cookie: cookies.map(({ name, value }) => `${name}=${value}`).join('; '),
        'idempotency-key': randomUUID(),
        ...(body !== undefined && { 'content-type': 'application/json' }),
      }
      const sent = await fetch(address + path, { method, headers, ...(body !== undefined && { body: JSON.stringify(body) }) })
      return { status: sent.status, body: (await sent.json()) as Record<string, unknown> }
    }
    return { send }
  }
  return {
    address,
    databaseUrl: db.url,
    signIn,
    open: async (browser, key, options) => {
      const opened = await openPage(browser, options)
      // Signed in by the browser itself: a session belongs to its device.
      const { request } = opened.context
      const asked = await request.post(`${address}/api/demo/sign-in`, { data: { personId: demoPerson(key).id } })
      assert.equal(asked.status(), 200)
      // Some decisions ask who is there; the test answers that once, as a person would.
      assert.equal((await request.post(`${address}/api/session/step-up`, { data: { password: demoPassword } })).status(), 200)
      return opened
    },
    close: async () => {
      await app.close()
      await db.close()
    },
  }
}

/** An invented declaration at the sea port without slips; the same for the same LRN only by chance of the seed. */
const sound = (broker: string, client: string, lrn: string, regime: 'IM' | 'EX', from = 1): DeclarationDocument => {
  for (let seed = from; seed < from + 2_000; seed += 1) {
    const invented = inventDeclaration(chance(seed), { registration: broker, client }, lrn)
    const isSound = invented.items.every((item) => Number(item.grossMassKg) >= Number(item.netMassKg))
    const isPlain =
      invented.items.every((item) => !/^(24|2208|8703|72)/.test(item.hsCode ?? '') && item.taxes?.[0]?.preference !== '300') &&
      invented.items.length === 1
    if (invented.declarationType === regime && invented.additionalType === 'A' && invented.goodsLocation?.name === 'PMRQUAY1' && isSound && isPlain)
      return invented
  }
  throw new Error('no seed gives such a declaration')
}

/** An import whose only line is cigarettes: a criterion puts it on the red lane, with both controls. */
export const cigarettes = (broker: string, client: string, lrn: string): DeclarationDocument => {
  const plain = sound(broker, client, lrn, 'IM')
  const { supplementary: _none, ...first } = plain.items[0]!
  return { ...plain, items: [{ ...first, hsCode: '24022000', description: 'Cigarettes containing tobacco' }] }
}

/** An import whose duty is paid at once (method A), so that a debt waits at the cash desk. */
export const payable = (broker: string, client: string, lrn: string): DeclarationDocument => {
  const plain = sound(broker, client, lrn, 'IM')
  return { ...plain, items: plain.items.map((item) => ({ ...item, taxes: item.taxes?.map((tax) => ({ ...tax, method: 'A' })) })) }
}

export const exported = (broker: string, client: string, lrn: string): DeclarationDocument => sound(broker, client, lrn, 'EX')
