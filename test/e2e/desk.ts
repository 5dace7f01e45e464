/** For tests of screens: the whole administration on a test database, with a broker who lodges and a browser for anybody. */
import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Browser } from 'playwright-core'
import { createLog } from '#platform/log.ts'
import { demoPassword, demoPerson } from '#modules/identity'
import type { DeclarationDocument, DeclarationItem } from '#schema/clearance'
import { createApp } from '../../src/app.ts'
import { chance, inventDeclaration } from '../../src/simulator/declaration.ts'
import { ensureWebApp } from '../../src/web-app.ts'
import { openPage, type OpenPage, type PageOptions } from '../browser.ts'
import { testDatabase } from '../database.ts'

export type Person = { send: (method: 'GET' | 'POST', path: string, body?: unknown) => Promise<{ status: number; body: Record<string, unknown> }> }
export type Administration = {
  address: string
  databaseUrl: string
  /** where its files and keys are */
  dataDir: string
  signIn: (key: string) => Promise<Person>
  /** a browser of its own for somebody signed in; `proven` unless told otherwise: who is there was asked a moment ago */
  open: (browser: Browser, key: string, options?: PageOptions & { proven?: boolean }) => Promise<OpenPage>
  close: () => Promise<void>
}

/** The server in this process on a copy of the demo country, without simulator. */
export const startAdministration = async (options: { belts?: string; models?: string } = {}): Promise<Administration> => {
  await ensureWebApp(() => undefined)
  const db = await testDatabase()
  const dataDir = mkdtempSync(join(tmpdir(), 'portcullis-desk-'))
  const app = await createApp({
    config: { port: 0, host: '127.0.0.1', dataDir, logLevel: 'silent' },
    belts: options.belts,
    models: options.models,
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
    dataDir,
    signIn,
    open: async (browser, key, { proven = true, ...options } = {}) => {
      const opened = await openPage(browser, options)
      // Signed in by the browser itself: a session belongs to its device.
      const { request } = opened.context
      const asked = await request.post(`${address}/api/demo/sign-in`, { data: { personId: demoPerson(key).id } })
      assert.equal(asked.status(), 200)
      // Some decisions ask who is there; the test answers that once, as a person would.
      if (proven) assert.equal((await request.post(`${address}/api/session/step-up`, { data: { password: demoPassword } })).status(), 200)
      return opened
    },
    close: async () => {
      await app.close()
      rmSync(dataDir, { recursive: true, force: true })
      await db.close()
    },
  }
}

const isPlain = (item: DeclarationItem): boolean => !/^(24|2208|8703|72)/.test(item.hsCode ?? '') && item.taxes?.[0]?.preference !== '300'

/** An invented declaration at the sea port without slips; the same for the same LRN only by chance of the seed. */
const sound = (broker: string, client: string, lrn: string, regime: 'IM' | 'EX'): DeclarationDocument => {
  for (let seed = 1; seed < 4_000; seed += 1) {
    const invented = inventDeclaration(chance(seed), { registration: broker, client }, lrn)
    const isSound = invented.items.every((item) => Number(item.grossMassKg) >= Number(item.netMassKg))
    const isHere = invented.additionalType === 'A' && invented.goodsLocation?.name === 'PMRQUAY1' && invented.items.length === 1
    if (invented.declarationType === regime && isHere && isSound && isPlain(invented.items[0]!)) return invented
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

/** Spirits at a price that a criterion doubts: the yellow lane, papers only. */
export const spirits = (broker: string, client: string, lrn: string): DeclarationDocument => {
  const plain = sound(broker, client, lrn, 'IM')
  const [first] = plain.items
  const itemPrice = { amount: '900', currency: first!.itemPrice?.currency ?? 'VRC' }
  const supplementary = { value: '100', unit: 'LPA' }
  return { ...plain, invoiceTotal: itemPrice, items: [{ ...first!, hsCode: '22083011', description: 'Whisky in bottles', itemPrice, supplementary }] }
}

export const exported = (broker: string, client: string, lrn: string): DeclarationDocument => sound(broker, client, lrn, 'EX')

/** A document of the broker for the client whom it represents in everything. */
export const documentOf = async (broker: Person, lrn: string, make: Make): Promise<DeclarationDocument> => {
  const session = (await broker.send('GET', '/api/session')).body as {
    organisation: { registrationId: string }
    represents: { registration: string; scope: string }[]
  }
  const client = session.represents.find((one) => one.registration !== session.organisation.registrationId && one.scope === 'all')!
  return make(session.organisation.registrationId, client.registration, lrn)
}

export type Make = typeof cigarettes
type Lodged = { mrn: string; status: string }

export const lodge = async (administration: Administration, lrn: string, make: Make = cigarettes): Promise<Lodged> => {
  const broker = await administration.signIn('broker')
  const answer = await broker.send('POST', '/api/declarations', await documentOf(broker, lrn, make))
  assert.equal(answer.status, 201, JSON.stringify(answer.body))
  return { mrn: String(answer.body['mrn']), status: String(answer.body['status']) }
}

/** One in thirty is controlled by chance: then the next one. */
export const lodgeUntil = async (administration: Administration, status: readonly string[], lrn: string, make: Make): Promise<string> => {
  for (let n = 0; n < 6; n += 1) {
    const lodged = await lodge(administration, `${lrn}-${n}`, make)
    if (status.includes(lodged.status)) return lodged.mrn
  }
  throw new Error(`none of six became ${status.join(' or ')}`)
}
