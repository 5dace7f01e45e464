/** Who reads what: leases, rests, and the picture that is projected instead of the next case. */
import { error } from '#kernel/issue.ts'
import { accept, type Outcome, refuse } from '#kernel/outcome.ts'
import { later } from '#kernel/time.ts'
import { actorOf, type Asking } from '#platform/command.ts'
import { attempt, type Tx } from '#platform/database.ts'
import { record } from '#platform/journal.ts'
import { officeAllowed, type Principal } from '#platform/permissions.ts'
import type { CaseStatus, ImageCase } from '../../schema/case.ts'
import type { Claimed } from '../../schema/case-view.ts'
import { newId } from '../../service/ids.ts'
import { findImage } from '../../store/images.ts'
import { type CaseEvent, evolveCase } from '../case.ts'
import { chooseProjection, shiftOf } from '../programme.ts'
import { isClaimed, look, mayTake, nextFor, type Viewing, waitingOf } from '../queue.ts'
import { extendLease, type Held, type Lease, lockCase, lockFront, saveCase, setLease } from '../store/cases.ts'
import { findDrawKey, type KeptReader, lockReader, saveViewing } from '../store/readers.ts'
import { countReadings, findTipItem, listRates, unseenItems } from '../store/trials.ts'
import { type Core, mayKnow, toView, unknownCase } from './cases.ts'
import { projectionLots } from './lots.ts'
import { readSettings, type SettingsByOffice } from './settings.ts'

const work = 'inspection:case:work'
const judge = 'inspection:case:adjudicate'

/** In which states this person reads. */
const statusesOf = (p: Principal): CaseStatus[] => [
  ...(p.permissions.has(work) ? (['first-reading', 'second-reading'] as const) : []),
  ...(p.permissions.has(judge) ? (['adjudication'] as const) : []),
]

/** Counts the look towards the longest continuous viewing; a rest that begins is journalled. */
const viewed = async (tx: Tx, reader: KeptReader, { principal, now }: Asking, settings: SettingsByOffice): Promise<Viewing> => {
  const setting = settings.of(principal.homeOffice ?? '')
  const { viewing, lockedOut } = look(reader.viewing, now, setting)
  await saveViewing(tx, reader.personId, viewing)
  if (lockedOut) {
    const event = { type: 'image-reader.rest-forced', at: now, until: viewing.restUntil, afterMin: setting.viewingMin }
    const body = { payload: {}, facts: { viewing: reader.viewing, viewingMin: setting.viewingMin, restMin: setting.restMin }, events: [event] }
    await record(tx, { kind: 'image-reader', id: reader.personId }, { command: 'image-reader.rest', actor: actorOf(principal), body, at: now })
  }
  return viewing
}

const isResting = (v: Viewing, at: string): boolean => v.restUntil !== null && at < v.restUntil

/** A case of practice, made in the moment in which it is shown, and told from no other. */
const project = async (tx: Tx, { principal, now }: Asking, reader: KeptReader, settings: SettingsByOffice): Promise<ImageCase | null> => {
  const rates = await listRates(tx)
  if (rates.length === 0) return null
  const lots = projectionLots(await findDrawKey(tx), reader.personId, await countReadings(tx, reader.personId))
  const chosen = chooseProjection(rates, shiftOf(now), await unseenItems(tx, reader.personId), lots)
  const image = chosen && (await findImage(tx, chosen.imageId))
  if (!image || !reader.items.includes(image.item) || !officeAllowed(principal, image.office, work)) return null
  const tip = await findTipItem(tx, image.id)
  const id = newId(now)
  const { subject, item, office } = image
  const events: CaseEvent[] = [
    {
      type: 'case.made',
      id,
      origin: {
        imageId: image.id,
        subject,
        item,
        office,
        riskScore: 0,
        highRisk: false,
        matched: null,
        column: tip!.column,
        isTip: true,
        operatorId: image.operator.personId,
        trayId: null,
        movement: null,
        createdAt: now,
        dueAt: later(now, settings.of(office).answerWithinS * 1000),
      },
    },
    { type: 'case.reading-asked', status: 'first-reading', recheck: null },
  ]
  const made = events.reduce<ImageCase | null>(evolveCase, null)!
  await saveCase(tx, made, now)
  await record(
    tx,
    { kind: 'image-case', id },
    { command: 'image-case.project', actor: actorOf(principal), body: { payload: {}, facts: { lots }, events }, at: now },
  )
  return made
}

const leaseOf = (principal: Principal, now: string, seconds: number, before: Lease | null): Lease => ({
  personId: principal.personId,
  name: principal.name,
  // Whoever comes back to what he holds goes on; the time of viewing is counted from the first claim.
  since: before?.personId === principal.personId ? before.since : now,
  until: later(now, seconds * 1000),
})

const held = async (tx: Tx, { state, lease }: Held, { principal, now }: Asking, settings: SettingsByOffice, viewing: Viewing): Promise<Claimed> => {
  const own = leaseOf(principal, now, settings.of(state.office).leaseS, lease)
  await setLease(tx, state.id, own)
  return { case: toView({ state, lease: own }, principal, settings, now), restUntil: null, viewingSince: viewing.since }
}

type Ready = { reader: KeptReader; viewing: Viewing; settings: SettingsByOffice }

/** The reader, unless he must rest: then the answer that says so. */
const ready = async (tx: Tx, asking: Asking): Promise<Outcome<Ready | Claimed>> => {
  const reader = await lockReader(tx, asking.principal.personId)
  if (!reader) return refuse(error('inspection.not_a_reader', '', { name: asking.principal.name }))
  const settings = await readSettings(tx)
  const viewing = await viewed(tx, reader, asking, settings)
  return accept(isResting(viewing, asking.now) ? { case: null, restUntil: viewing.restUntil, viewingSince: null } : { reader, viewing, settings })
}
const mustRest = (r: Ready | Claimed): r is Claimed => 'restUntil' in r

const announce = ({ bus }: Core, claimed: Outcome<Claimed>): void => {
  if (claimed.ok && claimed.value.case)
    bus.announce({ topic: 'inspection', id: claimed.value.case.id, office: claimed.value.case.office, what: 'claim' })
}

/** The next case for this reader, under a lease. Two who ask at once get different ones. */
export const claimNext = async (core: Core, asking: Asking): Promise<Outcome<Claimed>> => {
  const { principal, now } = asking
  const outcome = await attempt<Claimed>(core.sql, async (tx) => {
    const found = await ready(tx, asking)
    if (!found.ok) return found
    if (mustRest(found.value)) return accept(found.value)
    const { reader, viewing, settings } = found.value
    const front = await lockFront(
      tx,
      { personId: reader.personId, items: reader.items, offices: principal.offices, statuses: statusesOf(principal) },
      now,
    )
    const next = nextFor(
      front.map((h) => waitingOf(h.state, h.lease)),
      reader,
      now,
    )
    const chosen = front.find((h) => h.state.id === next?.id)
    const isOwn = chosen !== undefined && isClaimed(chosen.lease, now)
    const projected = chosen && !isOwn ? await project(tx, asking, reader, settings) : null
    if (projected) return accept(await held(tx, { state: projected, lease: null }, asking, settings, viewing))
    return accept(chosen ? await held(tx, chosen, asking, settings, viewing) : { case: null, restUntil: null, viewingSince: viewing.since })
  })
  announce(core, outcome)
  return outcome
}

/** One certain case, such as from the list. */
export const claimCase = async (core: Core, asking: Asking, id: string): Promise<Outcome<Claimed>> => {
  const { principal, now } = asking
  const outcome = await attempt<Claimed>(core.sql, async (tx) => {
    const found = await ready(tx, asking)
    if (!found.ok) return found
    if (mustRest(found.value)) return accept(found.value)
    const { reader, viewing, settings } = found.value
    const one = await lockCase(tx, id)
    if (!one || !mayKnow(one, principal)) return unknownCase(id)
    if (!statusesOf(principal).includes(one.state.status))
      return refuse(error('inspection.not_possible_now', '', { command: 'read', status: one.state.status }))
    if (isClaimed(one.lease, now) && one.lease?.personId !== principal.personId)
      return refuse(error('inspection.claimed', '', { by: one.lease?.name ?? '' }))
    if (!mayTake(waitingOf(one.state, one.lease), reader, now)) return refuse(error('inspection.not_yours', '', { name: principal.name }))
    return accept(await held(tx, one, asking, settings, viewing))
  })
  announce(core, outcome)
  return outcome
}

/** Gives a case back unread. */
export const releaseCase = async (core: Core, { principal }: Asking, id: string): Promise<Outcome<{ id: string }>> => {
  const outcome = await attempt<{ id: string; office: string }>(core.sql, async (tx) => {
    const one = await lockCase(tx, id)
    if (!one || !mayKnow(one, principal)) return unknownCase(id)
    if (one.lease?.personId === principal.personId) await setLease(tx, id, null)
    return accept({ id, office: one.state.office })
  })
  if (outcome.ok) core.bus.announce({ topic: 'inspection', id, office: outcome.value.office, what: 'claim' })
  return outcome.ok ? accept({ id }) : outcome
}

/** The reader still looks: the lease goes on, and so does the time until a rest. */
export const stillViewing = (core: Core, asking: Asking, id: string): Promise<Outcome<Claimed>> =>
  attempt<Claimed>(core.sql, async (tx) => {
    const found = await ready(tx, asking)
    if (!found.ok) return found
    const one = await lockCase(tx, id)
    if (!one || !mayKnow(one, asking.principal)) return unknownCase(id)
    const settings = await readSettings(tx)
    const until = later(asking.now, settings.of(one.state.office).leaseS * 1000)
    if (!(await extendLease(tx, id, asking.principal.personId, until)))
      return refuse(error('inspection.not_claimed', '', { by: one.lease?.name ?? '' }))
    const lease = one.lease && { ...one.lease, until }
    const view = toView({ state: one.state, lease }, asking.principal, settings, asking.now)
    // A picture that is open may be finished; the rest comes before the next one.
    return accept(mustRest(found.value) ? { ...found.value, case: view } : { case: view, restUntil: null, viewingSince: found.value.viewing.since })
  })
