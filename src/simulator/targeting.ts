/**
 * What the demo's targeting centre has set up before anybody looks: each office's capacity, and the first model, learned in the background
 * from the results of an older system. An analyst proposes, the head of risk approves. Through the public interfaces only; done once in a
 * database.
 */
import { setTimeout as sleep } from 'node:timers/promises'
import type { Log } from '#platform/log.ts'
import type { CapacityBoard } from '#schema/risk'
import { call, signInAs } from './client.ts'
import type { Lodger } from './declaration.ts'
import { inventPastTrade, rateKeysOf, type RateOf } from './past-trade.ts'

const declarations = 2_000
const seed = 20_240_105
const longestMs = 180_000
const everyMs = 1_000

type Person = { personId: string; role: string }
type Training = { id: string; status: string; model: string | null }

const session = async (address: string, people: readonly Person[], role: string): Promise<string> => {
  const person = people.find((p) => p.role === role)
  const cookie = person ? await signInAs(address, person.personId) : null
  if (cookie === null) throw new Error(`nobody of the demo is ${role}`)
  return cookie
}

/** Firms that brokers and traders of the demo file for today, so that the past knows them. */
const lodgersOf = async (address: string, people: readonly Person[]): Promise<Lodger[]> => {
  const filing = people.filter((p) => p.role === 'broker' || p.role === 'trader')
  const found: Lodger[] = []
  for (const { personId } of filing) {
    const { value } = await call(address, 'GET', '/api/session', (await signInAs(address, personId)) ?? '')
    const own = value as { organisation: { registrationId: string } | null; represents: { registration: string }[] } | null
    if (own?.organisation) found.push(...own.represents.map((r) => ({ registration: own.organisation!.registrationId, client: r.registration })))
  }
  return found
}

const must = async (answer: ReturnType<typeof call>, what: string): Promise<unknown> => {
  const { status, value } = await answer
  if (status >= 300) throw new Error(`${what}: ${status} ${JSON.stringify(value).slice(0, 300)}`)
  return value
}

/** Rates of the public calculator, one question for each good, origin and preference. */
const ratesOf = async (address: string, keys: ReturnType<typeof rateKeysOf>): Promise<RateOf> => {
  const known = new Map<string, string>()
  for (const { hsCode, origin, preference } of keys) {
    const query = new URLSearchParams({ code: hsCode, origin, preference, value: '1000', netMassKg: '100' })
    const { value } = await call(address, 'GET', `/api/duty/calculation?${query.toString()}`, '')
    const lines = (value as { assessment?: { lines: { type: string; rate?: string | null }[] } } | null)?.assessment?.lines ?? []
    const rate = lines.find((l) => l.type === 'A00')?.rate
    if (rate && !Number.isNaN(Number(rate))) known.set(`${hsCode} ${origin} ${preference}`, String(Number(rate)))
  }
  return (hsCode, origin, preference) => known.get(`${hsCode} ${origin} ${preference}`)
}

const trained = async (address: string, cookie: string, id: string, stopped: () => boolean): Promise<string | null> => {
  for (const until = Date.now() + longestMs; Date.now() < until && !stopped(); await sleep(everyMs)) {
    const { value } = await call(address, 'GET', `/api/risk/trainings/${id}`, cookie)
    const training = value as Training
    if (training.status === 'done') return training.model
    if (training.status === 'failed') return null
  }
  return null
}

/** Inspectors of an office times the minutes of their day; 0.05 of all red and so on, a tenth of it by chance. */
const capacityMinutes: Readonly<Record<string, number>> = { XV000101: 1_440, XV000201: 960, XV000301: 960, XV000401: 480, XV000501: 480 }
const rates = { explorationShare: 0.1, expectedRate: { red: 0.05, yellow: 0.12, blue: 0.05 } }

type Desks = { address: string; analyst: string; head: string }

const agree = async ({ address, analyst, head }: Desks, path: string, proposal: object, remark: string): Promise<void> => {
  const { id } = (await must(call(address, 'POST', path, analyst, proposal), path)) as { id: string }
  await must(call(address, 'POST', `/api/risk/proposals/${id}/approve`, head, { remark }), 'approval')
}

const setCapacity = async (desks: Desks): Promise<void> => {
  const board = (await must(call(desks.address, 'GET', '/api/risk/capacity', desks.analyst), 'capacity')) as CapacityBoard
  const { national } = board
  if (!national || board.offices.some((o) => o.setting.office !== '')) return
  const { version: _version, ...setting } = national
  for (const { office } of board.offices)
    await agree(
      desks,
      '/api/risk/settings',
      { reason: 'Inspectors of the office', content: { ...setting, ...rates, office, capacityMinutes: capacityMinutes[office] ?? null } },
      'As agreed with the heads of office',
    )
}

const learn = async (desks: Desks, people: readonly Person[], stopped: () => boolean): Promise<void> => {
  const { address, analyst } = desks
  const trainings = (await must(call(address, 'GET', '/api/risk/trainings', analyst), 'trainings')) as Training[]
  if (trainings.length > 0) return
  const until = new Date().toISOString().slice(0, 10)
  const past = inventPastTrade(seed, declarations, await lodgersOf(address, people), until)
  const content = past.csv(await ratesOf(address, rateKeysOf(past.documents)))
  const source = 'Results of the system before'
  await must(call(address, 'POST', '/api/risk/past-examinations', analyst, { administration: 'XV', source, content }), 'past examinations')
  const asked = (await must(call(address, 'POST', '/api/risk/trainings', analyst, { name: 'First model' }), 'training')) as Training
  const hash = await trained(address, analyst, asked.id, stopped)
  if (hash === null) return
  const reason = 'First model, learned from two years of examinations'
  const proposal = { kind: 'model', reason, content: { hash, as: 'champion' } }
  await agree(desks, '/api/risk/proposals', proposal, 'Ranks only; its card says what to beware of')
}

const setUp = async (address: string, stopped: () => boolean): Promise<void> => {
  const people = ((await call(address, 'GET', '/api/demo/sign-ins', '')).value as Person[] | null) ?? []
  const desks = { address, analyst: await session(address, people, 'risk-analyst'), head: await session(address, people, 'risk-head') }
  await setCapacity(desks)
  await learn(desks, people, stopped)
}

/** Begins by itself; what fails is logged, and the demo goes on without it, as an administration does before its first model. */
export const startTargeting = ({ address, log }: { address: string; log: Log }): { stop: () => Promise<void> } => {
  let stopped = false
  const working = setUp(address, () => stopped).catch((fault: unknown) => {
    if (!stopped) log.warn({ err: fault }, 'the targeting centre of the demo was not set up whole')
  })
  return {
    stop: async () => {
      stopped = true
      await working
    },
  }
}
