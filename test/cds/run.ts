/** Runs a scenario through the administration: lodges, asks, moves goods, and where the story goes on, lets an officer close what is open. */
import { execute, findDeclaration, goOnWith, lodge, movement, notificationsOf, recordAllocation, request, type Clearance } from '#modules/clearance'
import { later } from '#kernel/time.ts'
import { allocateDue } from '#modules/trade'
import type { Outcome } from '#kernel/outcome.ts'
import type { Principal } from '#platform/permissions.ts'
import type { DeclarationDocument, MovementMessage } from '#schema/clearance'
import { told, type Input, type Scenario, type Told } from './scenarios.ts'

export type Ran = { told: Told[]; mrns: string[]; faults: string[] }
type Story = { c: Clearance; trader: Principal; officer: Principal; at: string; mrns: string[]; faults: string[] }

const dwellSeconds = 3600

/** Some references occur in several folders; here each scenario has its own, of the same form. */
const own = (id: string | undefined, n: number): string | undefined => (id === undefined ? undefined : `${id.slice(0, 29)}Z${n}`)

const withOwnReferences = (document: DeclarationDocument, n: number, declaration: number): DeclarationDocument => {
  const references = <T extends { type?: string; id?: string }>(list: T[] | undefined): T[] | undefined =>
    list?.map((p) => (p.type === 'DCR' || p.type === 'MCR' ? { ...p, id: own(p.id, n) } : p))
  return {
    ...document,
    ...(document.lrn && { lrn: `${document.lrn.slice(0, 17)}.${n}${declaration === 0 ? '' : `.${declaration}`}` }),
    ...(document.previousDocuments && { previousDocuments: references(document.previousDocuments)! }),
    items: document.items.map((i) => (i.previousDocuments ? { ...i, previousDocuments: references(i.previousDocuments)! } : i)),
  }
}

const ownMovement = (message: MovementMessage, n: number): MovementMessage => ({
  ...message,
  ...(message.ucr && { ucr: own(message.ucr, n)! }),
  ...(message.masterUcr && { masterUcr: own(message.masterUcr, n)! }),
})

const note = (story: Story, what: string, outcome: Outcome<unknown>): void => {
  if (!outcome.ok) story.faults.push(`${what}: ${outcome.issues.map((i) => `${i.code} ${i.path}`).join(', ')}`)
}

/** Where the run of the pack gave a request a reference of its own, so does ours. */
const requestLrn = (document: DeclarationDocument, scenario: Scenario, n: number): string => {
  const answered = scenario.told.find((t) => t.name === 'RCV' && t.role === 'request')?.notification.declaration.lrn
  return `${(answered ?? document.lrn ?? '').slice(0, 17)}.${n}`
}

const send = async (story: Story, scenario: Scenario, input: Input, n: number): Promise<void> => {
  const { c, trader, at } = story
  if (input.kind === 'movement') return note(story, input.message.code, await movement(c, trader, ownMovement(input.message, n), at))
  if (input.kind === 'original') {
    const outcome = await lodge(c, trader, withOwnReferences(input.document, n, story.mrns.length), crypto.randomUUID(), { at })
    if (outcome.ok) story.mrns.push(outcome.value.mrn)
    return note(story, 'lodge', outcome)
  }
  const mrn = story.mrns.at(-1)
  if (!mrn) return
  note(story, input.kind, await request(c, trader, { ...input.document, lrn: requestLrn(input.document, scenario, n), mrn }, crypto.randomUUID(), at))
}

/** The officer grants what waits for him and finds nothing wrong. */
const officerGoesOn = async (story: Story, mrn: string): Promise<void> => {
  const state = (await findDeclaration(story.c, mrn))?.state
  if (state?.request)
    note(
      story,
      'decide',
      await execute(story.c, story.officer, mrn, { name: 'decide-request', grant: true, reason: 'as requested' }, crypto.randomUUID(), story.at),
    )
}

const officerCloses = async (story: Story, mrn: string): Promise<void> => {
  const state = (await findDeclaration(story.c, mrn))?.state
  for (const control of state?.controls.filter((k) => k.status === 'open') ?? [])
    note(
      story,
      'control',
      await execute(
        story.c,
        story.officer,
        mrn,
        { name: 'record-control', controlId: control.id, conform: true, remarks: 'as declared', findings: [] },
        crypto.randomUUID(),
        story.at,
      ),
    )
}

/** Shares of quotas are told once the declaration is lodged. */
const allocate = async (story: Story, mrn: string): Promise<void> => {
  await allocateDue(story.c.deps.sql, story.at)
  const id = (await findDeclaration(story.c, mrn))?.state.id
  if (id) await recordAllocation(story.c, id, story.at)
}

const answersOf = async (story: Story, mrn: string): Promise<Told[]> => {
  const lrn = (await findDeclaration(story.c, mrn))?.state.lrn
  return (await notificationsOf(story.c.deps.sql, mrn)).map(({ notification }) => told(notification, lrn, Date.parse(notification.issuedAt ?? '')))
}

/** Requests reach an import while it rests before settlement; everything else is settled at once. */
const rests = (scenario: Scenario): boolean => {
  const document = scenario.inputs.flatMap((i) => (i.kind === 'original' ? [i.document] : []))[0]
  return document?.declarationType !== 'EX' && scenario.inputs.some((i) => i.kind === 'amend' || i.kind === 'invalidate')
}

/** The day on which the pack's administration answered, but not before the tax point that a later edition of the declaration states. */
const beginning = (scenario: Scenario): string => {
  const points = scenario.inputs.flatMap((i) => (i.kind === 'original' && i.document.taxPointAt ? [Date.parse(i.document.taxPointAt)] : []))
  return new Date(Math.max(scenario.told[0]?.atMs ?? Date.parse('2026-06-15T09:00:00Z'), ...points.map((p) => p + 60_000))).toISOString()
}

export const runScenario = async (
  base: Clearance,
  people: { trader: Principal; officer: Principal },
  scenario: Scenario,
  n: number,
): Promise<Ran> => {
  const dwell = rests(scenario) ? dwellSeconds : 0
  const c: Clearance = { ...base, settings: (administration, date) => ({ ...base.settings(administration, date), dwellSeconds: dwell }) }
  const story: Story = { c, ...people, at: beginning(scenario), mrns: [], faults: [] }
  for (const input of scenario.inputs) {
    await send(story, scenario, input, n)
    story.at = later(story.at, 60_000)
    for (const mrn of story.mrns) await officerGoesOn(story, mrn)
  }
  const goesOn = [...scenario.told.map((t) => t.name), ...scenario.listed].includes('CLE')
  story.at = later(story.at, dwell * 1000 + 60_000)
  for (const mrn of story.mrns) {
    if (dwell > 0) await goOnWith(c, mrn, story.at)
    if (goesOn) await officerCloses(story, mrn)
    await allocate(story, mrn)
  }
  return { told: (await Promise.all(story.mrns.map((mrn) => answersOf(story, mrn)))).flat(), mrns: story.mrns, faults: story.faults }
}
