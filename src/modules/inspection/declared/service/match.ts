/**
 * Declared goods and the picture, as background work: what is declared comes from whoever noted it here or from a port of a higher module,
 * is held against the image, kept with its versions, and weighed by the case.
 */
import { accept, type Outcome, refuse } from '#kernel/outcome.ts'
import { error } from '#kernel/issue.ts'
import { later } from '#kernel/time.ts'
import { actorOf, type Asking, commandOf, once } from '#platform/command.ts'
import { inTransaction, type Reader, type Tx } from '#platform/database.ts'
import { enqueue } from '#platform/jobs.ts'
import { record } from '#platform/journal.ts'
import { officeAllowed, type Principal, systemPrincipal } from '#platform/permissions.ts'
import { noteMatch } from '../../centre/service/intake.ts'
import { isWithheld } from '../../centre/service/blind.ts'
import type { ImageEvent } from '../../image-journal.ts'
import { learnExpectation } from '../match.ts'
import type { DeclaredGoods, DeclaredView, Match, NewDeclaredGoods } from '../../schema/declared.ts'
import type { EarlierImage } from '../../schema/earlier.ts'
import type { Expectation } from '../../schema/expectation.ts'
import type { Image } from '../../schema/image.ts'
import type { Subject } from '../../schema/subject.ts'
import type { InspectionDeps } from '../../service/deps.ts'
import { shippedExpectations } from '../../service/expectations.ts'
import { newId } from '../../service/ids.ts'
import { readImage } from '../../service/views.ts'
import { findImage } from '../../store/images.ts'
import { raiseWhenOver } from './alerts.ts'
import { compare, type Kept } from '../compare.ts'
import { chaptersOf } from '../expected.ts'
import {
  bindGoods,
  clearedMeasures,
  findEarlier,
  findGoods,
  findMatch,
  findNoted,
  imagesOfSubject,
  insertMatch,
  insertNoted,
  lateImages,
  listMatches,
} from '../store/declared.ts'

type Core = Pick<InspectionDeps, 'declaredOf' | 'files' | 'sql'>

const matcher = systemPrincipal('Declared goods')

/** What is declared of a subject: as noted here, else as the port of whoever keeps declarations says. */
const declaredOf = async ({ sql, declaredOf: ask }: Core, subject: Subject): Promise<DeclaredGoods | null> =>
  (await findNoted(sql, subject)) ?? ask(sql, subject)

let shipped: ReadonlyMap<string, Expectation> | null = null

/** By chapter: learned from what was cleared here, as far as there is enough of it, else from the table that ships. */
const expectationsFor = async (db: Reader, image: Image, chapters: readonly string[]): Promise<ReadonlyMap<string, Expectation>> => {
  shipped ??= shippedExpectations()
  const found = new Map<string, Expectation>()
  for (const chapter of chapters) {
    const one = learnExpectation(await clearedMeasures(db, chapter, image)) ?? shipped.get(chapter)
    if (one) found.set(chapter, one)
  }
  return found
}

export type Compared = { goods: DeclaredGoods; match: Match & { ms: number }; measured: Kept | null }

/** Compares an image with what is declared of its subject; null where nothing is, or where the picture is one of practice. */
export const compareImage = async (core: Core, image: Image): Promise<Compared | null> => {
  if (image.isTip) return null
  const goods = await declaredOf(core, image.subject)
  if (!goods) return null
  const begun = performance.now()
  const reading = await readImage(core, image)
  if (!reading.ok) return null
  const expectations = await expectationsFor(core.sql, image, chaptersOf(goods))
  const { energiesKeV: energies, mmPerPx, mmPerSlice, voxels } = image.sidecar
  const { match, measured } = compare(
    { scan: reading.value.scan, energies, mmPerPx, mmPerSlice, isDensity: voxels === 'g-per-cm3', item: image.item },
    goods,
    (chapter) => expectations.get(chapter),
  )
  return { goods, match: { ...match, ms: Math.round(performance.now() - begun) }, measured }
}

/** Keeps what was compared, beside what was compared before, and has the case weigh it; of a case that is over an alert is raised. */
export const keepMatch = async (tx: Tx, image: Image, { goods, match, measured }: Compared, at: string): Promise<void> => {
  const id = newId(at)
  await bindGoods(tx, image.id, goods, at)
  await insertMatch(tx, id, image.id, match, measured, at)
  const c = await noteMatch(tx, image, { matchId: id, level: match.level }, at)
  const alertId = c && (await raiseWhenOver(tx, c, id, match, at))
  const events: ImageEvent[] = [
    { type: 'image.matched', matchId: id, level: match.level },
    ...(alertId ? [{ type: 'image.match-alerted' as const, alertId }] : []),
  ]
  await record(
    tx,
    { kind: 'image', id: image.id },
    { command: 'image.match', actor: actorOf(matcher), body: { payload: { goods }, facts: match, events }, at },
  )
}

/** The background task: once more, after something was declared or changed. */
export const matchImage = async (deps: InspectionDeps, imageId: string): Promise<void> => {
  const image = await findImage(deps.sql, imageId)
  if (!image) throw new Error(`inspection.match was enqueued for an image that is not there: ${imageId}`)
  const compared = await compareImage(deps, image)
  if (!compared) return
  await inTransaction(deps.sql, (tx) => keepMatch(tx, image, compared, deps.clock()))
  deps.bus.announce({ topic: 'inspection', id: imageId, office: image.office, what: 'found' })
}

const order = (tx: Tx, imageId: string): Promise<void> => enqueue(tx, 'inspection.match', { imageId }, { jobKey: `inspection.match/${imageId}` })

/** How long after its picture a declaration may still come, or change, and be held against it. */
const lateMs = 3 * 86_400_000

/** Looks for declarations that came, or changed, after the picture; also of cases that are over, of which then an alert may be raised. */
export const matchLate = async (deps: InspectionDeps): Promise<void> => {
  const now = deps.clock()
  for (const { imageId, subject } of await lateImages(deps.sql, later(now, -lateMs), now)) {
    const [goods, match] = [await declaredOf(deps, subject), await findMatch(deps.sql, imageId)]
    if (!goods || (match?.declared.reference === goods.reference && match.declared.version === goods.version)) continue
    await inTransaction(deps.sql, (tx) => order(tx, imageId))
  }
}

/** Notes what is declared of a subject, as another version of it; images that are here already are matched anew. */
export const noteDeclared = async (
  deps: InspectionDeps,
  asking: Asking,
  subject: Subject,
  fresh: NewDeclaredGoods,
): Promise<Outcome<DeclaredGoods>> =>
  once<DeclaredGoods>(
    deps.sql,
    commandOf(asking, 'declared-goods.note', { kind: 'declared-goods', id: `${subject.kind}/${subject.id}` }),
    async (tx) => {
      // Two who note at once get two versions.
      await tx`select pg_advisory_xact_lock(hashtextextended(${`declared-goods/${subject.kind}/${subject.id}`}, 0))`
      const before = await findNoted(tx, subject)
      const goods: DeclaredGoods = { ...fresh, version: (before?.version ?? 0) + 1 }
      await insertNoted(tx, subject, goods, asking.principal.name, asking.now)
      for (const imageId of await imagesOfSubject(tx, subject)) await order(tx, imageId)
      return accept({
        body: { payload: fresh, facts: { before: before?.version ?? 0 }, events: [{ type: 'declared-goods.noted', goods }] },
        reply: goods,
      })
    },
  )

/** Earlier images of the same subject, code or shipper, at the offices of whoever asks. */
export const viewEarlier = async ({ sql }: Core, principal: Principal, imageId: string): Promise<Outcome<EarlierImage[]>> => {
  const image = await findImage(sql, imageId)
  return image && officeAllowed(principal, image.office, 'inspection:image:read')
    ? accept(await findEarlier(sql, image, principal.offices))
    : refuse(error('inspection.image_unknown', '/id', { id: imageId }))
}

/** What is declared of an image, and how it compares: the comparison is kept from who reads blind, as all that machines say. */
export const viewDeclared = async ({ sql }: Core, principal: Principal, imageId: string): Promise<Outcome<DeclaredView>> => {
  const image = await findImage(sql, imageId)
  if (!image || !officeAllowed(principal, image.office, 'inspection:image:read'))
    return refuse(error('inspection.image_unknown', '/id', { id: imageId }))
  const mayKnow = principal.permissions.has('inspection:finding:read') && !(await isWithheld(sql, principal, imageId))
  return accept({
    goods: await findGoods(sql, imageId),
    match: mayKnow ? await findMatch(sql, imageId) : null,
    history: mayKnow ? await listMatches(sql, imageId) : [],
  })
}
