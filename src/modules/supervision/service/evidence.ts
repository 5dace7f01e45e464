/** Evidence files of trips: put together and signed by the journal, which holds their hash; checked again from the file alone. */
import { createHash } from 'node:crypto'
import { canonicalJson } from '#kernel/canonical-json.ts'
import { error } from '#kernel/issue.ts'
import { accept, type Outcome, refuse } from '#kernel/outcome.ts'
import { later } from '#kernel/time.ts'
import { type Asking, commandOf, once } from '#platform/command.ts'
import type { Reader } from '#platform/database.ts'
import { type Actor, entryHash, readChain, type Row } from '#platform/journal.ts'
import { createTree } from '#modules/audit'
import type { EvidenceBody, EvidenceFile, EvidenceIssued, EvidenceRecord, Signature } from '../schema/evidence.ts'
import type { Trip } from '../schema/trip.ts'
import { alarmsOfTrip } from '../store/episodes.ts'
import { incidentsOfTrip } from '../store/incidents.ts'
import { readRecords } from '../store/positions.ts'
import { findCorridor, findTrip, lockTrip } from '../store/trips.ts'
import { evolveTrip } from '../trip.ts'
import { tripAsNow } from '../trip/earlier.ts'
import { devicesOf } from '../trip/resealing.ts'
import type { TripEvent } from '../trip/types.ts'
import { hashOf } from './record-hash.ts'
import { type Core, mayWorkOn } from './trips.ts'

const issueCommand = 'trip.issue-evidence'
const aroundMs = 3_600_000
const genesis = '0'.repeat(64)

const rootOf = (records: readonly EvidenceRecord[]): string => {
  const tree = createTree()
  for (const { deviceId, receivedAt, hash } of records) tree.add(canonicalJson({ deviceId, receivedAt, hash }))
  return tree.root()
}
/** As text, in the order of its members: the hashes of records are over their members in order too. */
const textOf = (body: EvidenceBody): string => JSON.stringify(body)
const digest = (body: EvidenceBody): string => createHash('sha256').update(textOf(body)).digest('hex')

/** What was recorded of a trip: from an hour before it was armed until an hour after its end, or now; clocks of devices may run ahead. */
const bodyOf = async (db: Reader, trip: Trip, now: string): Promise<EvidenceBody> => {
  const corridor = await findCorridor(db, trip.corridorId)
  if (!corridor) throw new Error(`corridor ${trip.corridorId} of a trip does not exist`)
  const until = later(trip.disarmedAt ?? now, aroundMs)
  const found = trip.armedAt ? await readRecords(db, devicesOf(trip), later(trip.armedAt, -aroundMs), until) : []
  const records = found.map(({ deviceId, receivedAt, hash, record }): EvidenceRecord => ({ deviceId, receivedAt, hash, record }))
  return {
    trip,
    corridor,
    records,
    recordsRoot: rootOf(records),
    alarms: await alarmsOfTrip(db, trip.id),
    incidents: await incidentsOfTrip(db, trip.id),
  }
}

/** Puts the evidence together, keeps it by its content, and has the trip's journal hold its hash. */
export const issueEvidence = (core: Core, asking: Asking, tripId: string): Promise<Outcome<EvidenceIssued>> =>
  once<EvidenceIssued>(core.sql, commandOf(asking, issueCommand, { kind: 'trip', id: tripId }), async (tx) => {
    const trip = await lockTrip(tx, tripId)
    if (!trip || !mayWorkOn(asking.principal, trip)) return refuse(error('supervision.trip_unknown', '/id', { id: tripId }))
    if (!core.files) return refuse(error('supervision.files_off'))
    const body = await bodyOf(tx, trip, asking.now)
    const sha256 = await core.files.put(Buffer.from(textOf(body)))
    const issued = { sha256, recordsRoot: body.recordsRoot, records: body.records.length }
    return accept({ body: { payload: issued, facts: {}, events: [] }, reply: issued })
  })

const sealedBy = (row: Row): string | null =>
  row.command === issueCommand ? (JSON.parse(row.body) as { payload: EvidenceIssued }).payload.sha256 : null

/** An issued file with the chain of the trip's journal up to the entry that holds its hash; null when it was not issued for this trip. */
export const readEvidence = async (core: Core, asking: Asking, tripId: string, sha256: string): Promise<EvidenceFile | null> => {
  const trip = await findTrip(core.sql, tripId)
  if (!trip || !mayWorkOn(asking.principal, trip)) return null
  const chain = await readChain(core.sql, { kind: 'trip', id: tripId })
  const entry = chain.findIndex((row) => sealedBy(row) === sha256)
  const bytes = entry < 0 ? null : await core.files?.read(sha256)
  return bytes
    ? { format: 'portcullis.trip-evidence/1', body: JSON.parse(bytes.toString('utf8')) as EvidenceBody, sha256, journal: chain.slice(0, entry + 1) }
    : null
}

/** Who decided what of a trip, each with the hash that signs it; null where one may not see it. */
export const signaturesOf = async (db: Reader, principal: Asking['principal'], tripId: string): Promise<Signature[] | null> => {
  const trip = await findTrip(db, tripId)
  if (!trip || !mayWorkOn(principal, trip)) return null
  return (await readChain(db, { kind: 'trip', id: tripId })).map(({ version, command, actor, at, hash }) => ({
    version,
    command,
    by: (JSON.parse(actor) as Actor).name,
    at,
    hash,
  }))
}

/** What a check found: nothing in `broken` means that the file is as it was issued, and the journal says what the trip says. */
export type EvidenceCheck = {
  ok: boolean
  records: number
  entries: number
  recordsRoot: string
  head: string
  broken: { what: string; at: string }[]
}

/** Proves an evidence file from itself: each record, their root, each link of the journal, the hash that it holds, and the trip that it folds to. */
export const checkEvidence = ({ body, sha256, journal }: EvidenceFile): EvidenceCheck => {
  const broken: EvidenceCheck['broken'] = []
  for (const { hash, receivedAt, record } of body.records)
    if (hashOf(record, Date.parse(receivedAt)) !== hash) broken.push({ what: 'record', at: hash })
  const recordsRoot = rootOf(body.records)
  if (recordsRoot !== body.recordsRoot) broken.push({ what: 'records-root', at: body.recordsRoot })
  if (digest(body) !== sha256) broken.push({ what: 'content', at: sha256 })
  let previous = genesis
  let trip: Trip | null = null
  journal.forEach((row, n) => {
    const at = `version ${row.version}`
    if (row.subject_kind !== 'trip' || row.subject_id !== body.trip.id || row.version !== n + 1) broken.push({ what: 'journal-subject', at })
    if (row.previous_hash !== previous || entryHash(row) !== row.hash) broken.push({ what: 'journal-link', at })
    previous = row.hash
    trip = (JSON.parse(row.body) as { events: TripEvent[] }).events.reduce<Trip | null>(evolveTrip, trip)
  })
  const last = journal.at(-1)
  if (!last || sealedBy(last) !== sha256) broken.push({ what: 'journal-seal', at: sha256 })
  if (canonicalJson(trip) !== canonicalJson(tripAsNow(body.trip))) broken.push({ what: 'trip', at: body.trip.id })
  return { ok: broken.length === 0, records: body.records.length, entries: journal.length, recordsRoot, head: previous, broken }
}
