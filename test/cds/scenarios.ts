/** From the folders of the pack: what is sent, in order, and what the administration of the pack answered. */
import { readMessage } from '#modules/clearance'
import type { DeclarationDocument, MovementMessage, Notification } from '#schema/clearance'
import type { Pack } from './archive.ts'

export type Input =
  | { kind: 'original' | 'amend' | 'invalidate' | 'arrive'; document: DeclarationDocument }
  | { kind: 'movement'; message: MovementMessage }

/** One answer. `role` tells whose local reference it bears: the declaration's, or that of the request it answers. */
export type Told = { name: string; status: string; version: number | null; role: 'declaration' | 'request'; atMs: number; notification: Notification }

export type Scenario = {
  name: string
  inputs: Input[]
  /** notifications of the folder in the order of their issue; none where the folder has none */
  told: Told[]
  /** names of notifications in the folder that belong to another run */
  stray: string[]
  /** names that the description lists, in its own order, which is often not chronological */
  listed: string[]
  /** inputs that the folder has but that nobody can read */
  unreadable: string[]
  /** the description names messages of the trader that the folder does not have */
  missing: string[]
}

type File = { name: string; kind: string; document?: unknown; ok: boolean }

/** The place in the story: a step number in the name, else by kind. */
const order: Record<Input['kind'], number> = { original: 1, arrive: 5, amend: 4, movement: 6, invalidate: 8 }
const movementOrder: Record<string, number> = { EAC: 2, EAA: 2.2, CST: 2.4, EAL: 3, EDL: 7 }
const requestKinds: Record<string, Input['kind']> = { COR: 'amend', INV: 'invalidate', GPR: 'arrive' }

const inputOf = (file: File): Input | null => {
  if (file.kind === 'inventory-linking') {
    const message = file.document as MovementMessage
    return ['EAL', 'EDL', 'EAA', 'EAC', 'CST'].includes(message.code) ? { kind: 'movement', message } : null
  }
  if (file.kind !== 'wco-dms-declaration') return null
  const document = file.document as DeclarationDocument
  if (document.function !== 'request') return { kind: 'original', document }
  const kind = requestKinds[document.declarationType ?? '']
  return kind ? ({ kind, document } as Input) : null
}

const placeOf = (name: string, input: Input): number => {
  const step = /step[_ ]?(\d+)/i.exec(name)?.[1]
  const byKind = input.kind === 'movement' ? (movementOrder[input.message.code] ?? 6) : order[input.kind]
  return step === undefined ? byKind : Number(step)
}

const instantOf = (n: Notification): number => Date.parse(n.issuedAt ?? '') || 0

/** Notifications of one run: those of the MRN that most of them bear. Others are left over from another day. */
const mainRun = (all: readonly Notification[]): { run: Notification[]; stray: Notification[] } => {
  const runs = [...Map.groupBy(all, (n) => n.declaration.mrn ?? '').values()].sort((a, b) => b.length - a.length)
  return { run: runs[0] ?? [], stray: runs.slice(1).flat() }
}

const toTold = (all: readonly Notification[]): Told[] => {
  const sorted = [...all].sort((a, b) => instantOf(a) - instantOf(b))
  // the same answer twice in one folder is one answer
  const once = sorted.filter((n, i) => sorted.findIndex((m) => m.messageId === n.messageId) === i)
  const own = (once.find((n) => ['01', '03'].includes(n.functionCode)) ?? once.find((n) => n.declaration.version !== undefined) ?? once[0])
    ?.declaration.lrn
  return once.map((n) => told(n, own, instantOf(n)))
}

/** One notification as it is compared. */
export const told = (n: Notification, ownLrn: string | undefined, atMs: number): Told => ({
  name: n.name?.slice(3) ?? n.functionCode,
  status: n.statusCode ?? '',
  version: n.declaration.version ?? null,
  role: n.declaration.lrn === ownLrn ? 'declaration' : 'request',
  atMs,
  notification: n,
})

const reference = (document: DeclarationDocument, type: string): string | undefined =>
  [...(document.previousDocuments ?? []), ...document.items.flatMap((i) => i.previousDocuments ?? [])].find((p) => p.type === type)?.id

export const locationCode = ({ goodsLocation: l }: DeclarationDocument): string =>
  `${l?.country ?? ''}${l?.type ?? ''}${l?.qualifier ?? ''}${l?.name ?? ''}`

/** What the description says was sent besides and the folder lacks, as far as it follows from the declaration. */
const implied = (named: ReadonlySet<string>, inputs: readonly Input[]): [number, Input][] => {
  const document = inputs.flatMap((i) => (i.kind === 'original' ? [i.document] : [])).at(-1)
  if (!document) return []
  const has = (code: string) => inputs.some((i) => i.kind === 'movement' && i.message.code === code)
  const found: [number, Input][] = []
  const ucr = reference(document, 'DCR')
  for (const code of ['EAL', 'EDL'])
    if (named.has(code) && !has(code) && ucr)
      found.push([
        movementOrder[code]!,
        { kind: 'movement', message: { code, ucr, ucrType: 'D', location: locationCode(document) } as MovementMessage },
      ])
  if ((named.has('GPN') || named.has('GAN')) && !inputs.some((i) => i.kind === 'arrive') && document.declarationType !== 'EX')
    found.push([order.arrive, { kind: 'arrive', document: { function: 'request', lrn: document.lrn, mrn: '', declarationType: 'GPR', items: [] } }])
  return found
}

/** A report of movement recorded on another day names another consignment: it is read as one on this declaration's. */
const ofThisDay = (input: Input, inputs: readonly Input[]): Input => {
  if (input.kind !== 'movement') return input
  const documents = inputs.flatMap((i) => (i.kind === 'original' ? [i.document] : []))
  const known = documents.flatMap((d) => [reference(d, 'DCR'), reference(d, 'MCR')])
  const { ucr, ucrType } = input.message
  const own = documents.map((d) => reference(d, ucrType === 'M' ? 'MCR' : 'DCR')).find((id) => id !== undefined)
  return ucr === undefined || known.includes(ucr) || !own ? input : { ...input, message: { ...input.message, ucr: own } }
}

const scenarioOf = (name: string, files: readonly [string, Buffer][], row: Record<string, string> | undefined): Scenario => {
  const read: File[] = files.map(([file, bytes]) => ({ name: file, ...readMessage(bytes) }))
  const placed = read.flatMap((file): [number, Input][] => {
    const input = file.ok ? inputOf(file) : null
    return input ? [[placeOf(file.name, input), input]] : []
  })
  const sentInputs = placed.map(([, input]) => input)
  const named = new Set((row?.['Additional Messages'] ?? '').match(/\b(?:EAL|EDL|EAA|EAC|CST|GPN|GAN)\b/g))
  const all = [...placed.map(([place, input]): [number, Input] => [place, ofThisDay(input, sentInputs)]), ...implied(named, sentInputs)]
  const has = (kind: Input['kind']) => all.some(([, i]) => i.kind === kind)
  const text = `${row?.['Additional Messages'] ?? ''} ${row?.['Notification Messages'] ?? ''}`
  const requests = [...text.matchAll(/(?:DMS|DSM)REQ/g)].length
  const sent = all.filter(([, i]) => i.kind === 'amend' || i.kind === 'invalidate').length
  const { run, stray } = mainRun(read.flatMap((f) => (f.kind === 'wco-dms-notification' && f.ok ? [f.document as Notification] : [])))
  return {
    name,
    inputs: all
      .map((entry, i) => [...entry, i] as const)
      .sort((a, b) => a[0] - b[0] || a[2] - b[2])
      .map(([, input]) => input),
    told: toTold(run),
    stray: stray.map((n) => n.name ?? n.functionCode),
    listed: [
      ...(row?.['Notification Messages'] ?? '').matchAll(/(?:DMS|DSM|R)(?:ACC|RCV|REJ|CTL|DOC|RES|ROG|CLE|INV|REQ|TAX|CPI|CPR|EOG|QRY|ALV|VC)/g),
    ].map(([m]) => m.slice(-3)),
    unreadable: read.filter((f) => !f.ok && f.kind !== 'wco-dms-notification').map((f) => f.name),
    missing: [...(requests > sent ? ['a request'] : []), ...(!has('original') ? ['the declaration'] : [])],
  }
}

/** All scenarios with at least one file, by name. */
export const scenariosOf = (pack: Pack): Scenario[] => {
  const rows = new Map(pack.rows.map((row) => [row['Annotated Sample Reference'], row]))
  return [...pack.folders].map(([name, files]) => scenarioOf(name, files, rows.get(name))).sort((a, b) => (a.name < b.name ? -1 : 1))
}
