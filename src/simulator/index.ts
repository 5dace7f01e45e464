/**
 * A gentle life for the demo country, through the public interfaces only: brokers lodge, pre-lodged goods arrive, and officers who
 * are nobody's sign-in take up what has waited long, so that every desk is supplied and none overflows.
 */
import type { Log } from '#platform/log.ts'
import { call, signInAs } from './client.ts'
import { chance, inventDeclaration, type Chance } from './declaration.ts'

type Person = { personId: string; role: string; name: string }
type Session = { cookie: string; registration: string; clients: string[]; role: string }
type Row = { mrn: string; status: string; waitsFor: string; waitsSince: string }

const meanPauseMs = 9_000
const patienceMs = 15 * 60_000

const signIn = async (address: string, person: Person): Promise<Session | null> => {
  const cookie = await signInAs(address, person.personId)
  if (cookie === null) return null
  const { value } = await call(address, 'GET', '/api/session', cookie)
  const session = value as { organisation: { registrationId: string } | null; represents: { registration: string }[] }
  return {
    cookie,
    registration: session.organisation?.registrationId ?? '',
    clients: session.represents.map((r) => r.registration),
    role: person.role,
  }
}

/** One act of trade: a declaration, and now and then the arrival of goods announced before. */
const trade = async (address: string, s: Session, c: Chance): Promise<void> => {
  const reference = `S${Date.now().toString(36).toUpperCase()}${c.between(100, 999)}`
  await call(
    address,
    'POST',
    '/api/declarations',
    s.cookie,
    inventDeclaration(c, { registration: s.registration, client: s.clients.length > 0 ? c.pick(s.clients) : s.registration }, reference),
  )
  if (c.next() > 0.3) return
  const { value } = await call(address, 'GET', '/api/declarations?status=lodged&sort=lodgedAt&size=1', s.cookie)
  const row = (value as { rows?: Row[] } | null)?.rows?.[0]
  if (row) await call(address, 'POST', `/api/declarations/${row.mrn}/arrival`, s.cookie, {})
}

/** One act of an office: the control that has waited longest beyond patience is recorded; most are in order. */
const control = async (address: string, s: Session, c: Chance): Promise<void> => {
  const { value } = await call(address, 'GET', '/api/work?sort=waitsSince&size=5', s.cookie)
  const rows = (value as { rows?: Row[] } | null)?.rows ?? []
  const row = rows.find((r) => Date.now() - Date.parse(r.waitsSince) > patienceMs)
  if (!row) return
  const { value: view } = await call(address, 'GET', `/api/declarations/${row.mrn}`, s.cookie)
  const open = (view as { state?: { controls: { id: string; kind: string; status: string }[] } } | null)?.state?.controls.find(
    (k) => k.status === 'open',
  )
  if (!open) return
  const conform = c.next() < 0.85
  await call(address, 'POST', `/api/declarations/${row.mrn}/controls/${open.id}/result`, s.cookie, {
    conform,
    remarks: conform ? 'In order.' : 'The quantity found differs from the quantity declared.',
    ...(!conform && { findings: [{ itemNumber: 1, path: '/items/0/packages/0/count', declared: '', found: 'Three packages more than declared' }] }),
  })
}

/** One act of a debtor: what has been due beyond patience is paid by transfer. */
const pay = async (address: string, s: Session): Promise<void> => {
  const { value } = await call(address, 'GET', '/api/debts?sort=since&size=1', s.cookie)
  const due = (value as { rows?: { reference: string; since: string }[] } | null)?.rows?.[0]
  if (due && Date.now() - Date.parse(due.since) > patienceMs)
    await call(address, 'POST', '/api/payments', s.cookie, { reference: due.reference, method: 'bank' })
}

/** Runs until stopped. A step that fails is logged and forgotten; the next one comes. */
export const startSimulator = ({ address, log }: { address: string; log: Log }): { stop: () => Promise<void> } => {
  const c = chance(Date.now() & 0xffffffff)
  let stopped = false
  let wake: (() => void) | null = null
  const pause = (ms: number): Promise<void> =>
    new Promise((resolve) => {
      const timer = setTimeout(resolve, ms)
      wake = () => {
        clearTimeout(timer)
        resolve()
      }
    })
  const live = async (): Promise<void> => {
    let sessions: Session[] = []
    while (!stopped) {
      try {
        if (sessions.length === 0) {
          const { value } = await call(address, 'GET', '/api/demo/sign-ins', '')
          const people = ((value as Person[] | null) ?? []).filter((p) => ['broker', 'trader', 'officer', 'examiner'].includes(p.role))
          sessions = (await Promise.all(people.map((p) => signIn(address, p)))).filter((s) => s !== null)
        }
        const filing = sessions.filter((s) => s.role === 'broker' || s.role === 'trader')
        const deciding = sessions.filter((s) => s.role === 'officer' || s.role === 'examiner')
        if (filing.length > 0) await trade(address, c.pick(filing), c)
        if (filing.length > 0 && c.next() < 0.3) await pay(address, c.pick(filing))
        if (deciding.length > 0 && c.next() < 0.4) await control(address, c.pick(deciding), c)
      } catch (fault) {
        sessions = []
        if (!stopped) log.warn({ err: fault }, 'the simulator missed a step')
      }
      if (!stopped) await pause(meanPauseMs * (0.4 + c.next() * 1.2))
    }
  }
  const living = live()
  return {
    stop: async () => {
      stopped = true
      wake?.()
      await living
    },
  }
}
