/** Images become cases, and findings move them: called by intake and first pass in their own transactions. */
import type { Tx } from '#platform/database.ts'
import { actorOf } from '#platform/command.ts'
import { record } from '#platform/journal.ts'
import { systemPrincipal } from '#platform/permissions.ts'
import { later } from '#kernel/time.ts'
import { type AiRead, type CaseOrigin, caseTransitions, type ImageCase } from '../../schema/case.ts'
import type { MatchLevel } from '../../schema/declared.ts'
import type { StoredFinding } from '../../schema/finding.ts'
import type { Image } from '../../schema/image.ts'
import { newId } from '../../service/ids.ts'
import { findRisk, findTrayOf } from '../../sorting/store/sorting.ts'
import { followCase } from '../../sorting/service/route.ts'
import { type CaseCommand, type CaseEvent, type CaseFacts, decideCase, evolveCase } from '../case.ts'
import { lockCaseOfImage, saveCase } from '../store/cases.ts'
import { findDrawKey, heardOf } from '../store/readers.ts'
import { findTipItem, insertTrials } from '../store/trials.ts'
import { subjectLots } from './lots.ts'
import { readSettings } from './settings.ts'

const centre = systemPrincipal('Image centre')

const originOf = async (tx: Tx, image: Image, dueAt: string, at: string): Promise<CaseOrigin> => {
  const [risk, tray] = [await findRisk(tx, image.subject), await findTrayOf(tx, image.subject)]
  return {
    imageId: image.id,
    subject: image.subject,
    item: image.item,
    office: image.office,
    riskScore: risk?.score ?? 0,
    highRisk: risk?.high ?? false,
    matched: risk?.matched ?? null,
    column: image.column,
    isTip: false,
    operatorId: image.operator.personId,
    trayId: tray?.id ?? null,
    movement: tray?.movement ?? null,
    createdAt: at,
    dueAt,
  }
}

/** Every delivered image is a case, but for those with a projected object: these are a library, and cases of practice are made when shown. */
export const openCase = async (tx: Tx, image: Image, at: string): Promise<void> => {
  await heardOf(tx, image.office, at)
  if (image.isTip) return
  const setting = (await readSettings(tx)).of(image.office)
  const id = newId(at)
  const origin = await originOf(tx, image, later(at, setting.answerWithinS * 1000), at)
  const event: CaseEvent = { type: 'case.made', id, origin }
  await saveCase(tx, evolveCase(null, event), at)
  const body = { payload: { imageId: image.id }, facts: {}, events: [event] }
  await record(tx, { kind: 'image-case', id }, { command: 'image-case.make', actor: actorOf(centre), body, at })
}

/** What the case weighs of a finding. Any reason for a person to look that is not unfamiliar goods counts as a failure. */
export const aiReadOf = (f: StoredFinding): AiRead => {
  const isUnfamiliar = (code: string): boolean => code.endsWith('unfamiliar')
  return {
    findingId: f.id,
    verdict: f.decision,
    score: f.score,
    classes: [...new Set(f.bags.flatMap((b) => b.findings.map((d) => d.class)))].slice(0, 50),
    card: f.model ?? 'none',
    thresholdSet: f.thresholdSet ?? 'none',
    ms: f.ms,
    familiar: !f.issues.some((i) => isUnfamiliar(i.code)),
    failed: f.model === null || f.issues.some((i) => i.severity === 'error' && !isUnfamiliar(i.code)),
    at: f.at,
  }
}

/**
 * The machine's judgement of a picture of the library, to be compared with those of people on the same picture. Its time is that from the
 * stored image to the stored verdict, waiting included, as somebody at the belt waits for it.
 */
export const machineTrial = (image: Pick<Image, 'id' | 'receivedAt'>, ai: AiRead, tip: NonNullable<Awaited<ReturnType<typeof findTipItem>>>) => ({
  id: newId(ai.at),
  reader: `model/${ai.card}`,
  readerName: ai.card,
  team: 'ai' as const,
  simulatedReader: false,
  column: tip.column,
  itemId: image.id,
  category: tip.category,
  threat: tip.threat,
  alarm: ai.verdict !== 'clear',
  rating: ai.score,
  assisted: false,
  ms: Date.parse(ai.at) - Date.parse(image.receivedAt),
  caseId: null,
  at: ai.at,
})

/** Facts of a decision that nobody signs: settings, lots. */
const systemFacts = async (tx: Tx, c: ImageCase, at: string): Promise<CaseFacts> => ({
  at,
  by: { personId: centre.personId, name: centre.name, permissions: new Set() },
  setting: (await readSettings(tx)).of(c.office),
  lots: subjectLots(await findDrawKey(tx), c.subject),
  tip: null,
})

/** What the journal keeps of the facts, so that the decision can be taken again. */
export const journalled = ({ by, ...facts }: CaseFacts) => ({
  ...facts,
  by: { personId: by.personId, name: by.name, permissions: [...by.permissions].filter((p) => p.startsWith('inspection:')) },
})

/** The detector has looked: the case goes on. A second finding on the same image changes nothing that was decided. */
export const noteFinding = async (tx: Tx, image: Image, finding: StoredFinding): Promise<void> => {
  const ai = aiReadOf(finding)
  if (image.isTip) {
    const tip = await findTipItem(tx, image.id)
    if (tip && !ai.failed) await insertTrials(tx, [machineTrial(image, ai, tip)])
    return
  }
  const c = await lockCaseOfImage(tx, image.id)
  if (c?.status !== 'awaiting-ai') return
  await decideAlone(tx, c, { name: 'note-finding', ai }, finding.at)
}

/** The picture was held against the declaration: the case weighs it, and is answered. What is over stays so. */
export const noteMatch = async (tx: Tx, image: Image, match: { matchId: string; level: MatchLevel }, at: string): Promise<ImageCase | null> => {
  const c = await lockCaseOfImage(tx, image.id)
  return c && caseTransitions[c.status]['note-match'] ? decideAlone(tx, c, { name: 'note-match', ...match }, at) : c
}

/** A decision of the system on a locked case: events, row, belt. Throws where the rules refuse: then the caller is wrong. */
export const decideAlone = async (tx: Tx, c: ImageCase, command: CaseCommand, at: string): Promise<ImageCase> => {
  const facts = await systemFacts(tx, c, at)
  const decision = decideCase(c, command, facts)
  if (!decision.ok) throw new Error(`${command.name} of case ${c.id}: ${decision.issues.map((i) => i.code).join()}`)
  const next = decision.events.reduce<ImageCase>(evolveCase, c)
  await saveCase(tx, next, at)
  await followCase(tx, next, centre.name, at)
  const body = { payload: command, facts: journalled(facts), events: decision.events }
  await record(tx, { kind: 'image-case', id: c.id }, { command: `image-case.${command.name}`, actor: actorOf(centre), body, at })
  return next
}
