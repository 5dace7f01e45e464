/** The declaration as a subject: its events, how each changes the state, and the status that follows from the state. Pure. */
import type { Issue } from '#kernel/issue.ts'
import type { Instant } from '#kernel/time.ts'
import type { Assessment, Settlement } from '#schema/duty'
import type { LicenceProblem, QuotaFact } from '#schema/trade'
import { joinDeltas, locationOf } from './changes.ts'
import type { DeclarationDocument } from './schema/document.ts'
import type {
  Control,
  DeclarationState,
  Finding,
  LaneDecision,
  PendingRequest,
  Reason,
  Requirement,
  Status,
  TransitEnd,
  Unreported,
} from './schema/lifecycle.ts'

type By = { by: string; byId: string }

/** How a licence that an item states stands when it was to be written off; no problems = it was. */
export type LicenceAnswer = { itemNumber: number; documentCode: string; number: string; problems: LicenceProblem[] }

export type Opening = Pick<
  DeclarationState,
  'id' | 'mrn' | 'lrn' | 'administration' | 'regime' | 'additionalType' | 'prelodged' | 'declarant' | 'trader' | 'submitter' | 'parties' | 'office'
>

export type DeclarationEvent =
  | { type: 'declaration.lodged'; at: Instant; opening: Opening; document: DeclarationDocument }
  | { type: 'declaration.rejected'; at: Instant; issues: Issue[] }
  | { type: 'declaration.arrived'; at: Instant; location?: string; unreported?: Unreported }
  | { type: 'declaration.accepted'; at: Instant; issues: Issue[] }
  | { type: 'declaration.assessed'; at: Instant; version: number; assessment: Assessment }
  | { type: 'declaration.lane-assigned'; lane: LaneDecision }
  | { type: 'declaration.control-opened'; control: Control }
  | ({ type: 'declaration.control-recorded'; id: string; at: Instant; conform: boolean; remarks: string; findings: Finding[] } & By)
  | ({ type: 'declaration.control-closed'; id: string; at: Instant; as: 'resolved' | 'waived'; reason: string } & By)
  | { type: 'declaration.requirement-added'; requirement: Requirement }
  | { type: 'declaration.requirement-answered'; id: string; status: 'fulfilled' | 'refused'; by: string; at: Instant; reason: string }
  | { type: 'declaration.quota-claimed'; at: Instant; claims: Record<string, QuotaFact> }
  | { type: 'declaration.quota-allocated'; at: Instant; version: number; claims: Record<string, QuotaFact> }
  | { type: 'declaration.licences-written-off'; at: Instant; licences: LicenceAnswer[] }
  | { type: 'declaration.payment-demanded'; at: Instant; settlement: Settlement }
  | { type: 'declaration.payment-reminded'; at: Instant }
  | { type: 'declaration.covered'; at: Instant; version: number; settlement: Settlement }
  | { type: 'declaration.released'; at: Instant; by: string; reason?: string }
  | { type: 'declaration.cleared'; at: Instant }
  | ({ type: 'declaration.release-proposed'; at: Instant; reason: string } & By)
  | { type: 'declaration.request-received'; request: PendingRequest }
  | ({ type: 'declaration.request-approved'; at: Instant } & By)
  | { type: 'declaration.amended'; at: Instant; version: number; document: DeclarationDocument; unreported: Unreported; lrn: string; by: string }
  | { type: 'declaration.request-refused'; at: Instant; reason: string; by: string }
  | { type: 'declaration.invalidated'; at: Instant; by: string; reason: string; lrn: string }
  | { type: 'declaration.assigned'; at: Instant; to: { personId: string; name: string } | null }
  | { type: 'declaration.movement-recorded'; at: Instant; code: string; location?: string; reference?: string }
  | { type: 'declaration.exited'; at: Instant; office: string }
  | { type: 'declaration.transit-ended'; end: TransitEnd }
  | { type: 'declaration.seized'; at: Instant; by: string; reason: string }

const replaceControl = (s: DeclarationState, id: string, change: (c: Control) => Control): DeclarationState => ({
  ...s,
  controls: s.controls.map((c) => (c.id === id ? change(c) : c)),
})

const without = <K extends keyof DeclarationState>(s: DeclarationState, ...keys: K[]): DeclarationState => {
  const copy = { ...s }
  for (const k of keys) delete copy[k]
  return copy
}

const joined = (a: Unreported | undefined, b: Unreported | undefined): { unreported?: Unreported } => {
  if (!b) return {}
  const delta = joinDeltas(a?.delta, b.delta)
  return {
    unreported: {
      amendments: [...(a?.amendments ?? []), ...b.amendments],
      information: [...(a?.information ?? []), ...b.information],
      changes: [...(a?.changes ?? []), ...b.changes],
      ...(delta && { delta }),
    },
  }
}

type Handlers = { [T in DeclarationEvent['type']]: (s: DeclarationState, e: Extract<DeclarationEvent, { type: T }>) => DeclarationState }

const handlers: Handlers = {
  'declaration.lodged': (_, e) => ({
    ...e.opening,
    document: e.document,
    version: 1,
    lodgedAt: e.at,
    arrived: !e.opening.prelodged,
    issues: [],
    controls: [],
    requirements: [],
    movements: [],
  }),
  'declaration.rejected': (s, e) => ({ ...s, rejectedAt: e.at, issues: e.issues }),
  // Arrival of pre-lodged goods makes a new version: the pack's own notifications count so.
  'declaration.arrived': (s, e) => ({
    ...s,
    arrived: true,
    arrivedAt: e.at,
    version: s.version + 1,
    ...(e.location && { document: { ...s.document, goodsLocation: locationOf(e.location) } }),
    ...joined(s.unreported, e.unreported),
  }),
  'declaration.accepted': (s, e) => ({ ...s, acceptedAt: e.at, issues: e.issues }),
  'declaration.assessed': (s, e) => ({ ...s, assessment: e.assessment, assessedVersion: e.version }),
  'declaration.lane-assigned': (s, e) => ({ ...s, lane: e.lane }),
  'declaration.control-opened': (s, e) => ({ ...s, controls: [...s.controls, e.control] }),
  'declaration.control-recorded': (s, e) =>
    replaceControl(s, e.id, (c) => ({
      ...c,
      status: e.conform ? 'conform' : 'discrepant',
      result: { by: e.by, byId: e.byId, at: e.at, remarks: e.remarks, findings: e.findings },
    })),
  'declaration.control-closed': (s, e) => replaceControl(s, e.id, (c) => ({ ...c, status: e.as })),
  'declaration.requirement-added': (s, e) => ({ ...s, requirements: [...s.requirements, e.requirement] }),
  'declaration.requirement-answered': (s, e) => ({
    ...s,
    requirements: s.requirements.map((r) => (r.id === e.id ? { ...r, status: e.status, by: e.by, at: e.at, reason: e.reason } : r)),
  }),
  'declaration.quota-claimed': (s, e) => ({ ...s, quotas: { claims: e.claims, allocations: s.quotas?.allocations ?? 0 } }),
  // What is owed follows from the share: it is assessed and covered anew.
  'declaration.quota-allocated': (s, e) => ({
    ...without(s, 'assessedVersion', 'coveredVersion'),
    version: e.version,
    quotas: { claims: e.claims, allocations: (s.quotas?.allocations ?? 0) + 1 },
  }),
  'declaration.licences-written-off': (s, e) => ({ ...s, licences: e.licences }),
  'declaration.payment-demanded': (s, e) => ({ ...s, demandedAt: e.at, settlement: e.settlement }),
  'declaration.payment-reminded': (s) => s,
  'declaration.covered': (s, e) => ({ ...without(s, 'demandedAt'), settlement: e.settlement, coveredVersion: e.version }),
  'declaration.released': (s, e) => ({ ...without(s, 'proposal'), releasedAt: e.at }),
  'declaration.cleared': (s, e) => ({ ...without(s, 'unreported'), clearedAt: e.at }),
  'declaration.release-proposed': (s, e) => ({ ...s, proposal: { by: e.by, byId: e.byId, at: e.at, reason: e.reason } }),
  'declaration.request-received': (s, e) => ({ ...s, request: e.request }),
  'declaration.request-approved': (s, e) => (s.request ? { ...s, request: { ...s.request, approval: { by: e.by, byId: e.byId, at: e.at } } } : s),
  // A new version is not cleared before its duty is covered, though the goods may be long gone.
  'declaration.amended': (s, e) => ({
    ...without(s, 'request', 'clearedAt'),
    document: e.document,
    version: e.version,
    ...joined(s.unreported, e.unreported),
  }),
  'declaration.request-refused': (s) => without(s, 'request'),
  'declaration.invalidated': (s, e) => ({ ...without(s, 'request', 'proposal'), invalidatedAt: e.at }),
  'declaration.assigned': (s, e) => (e.to ? { ...s, assignedTo: e.to } : without(s, 'assignedTo')),
  'declaration.movement-recorded': (s, e) => ({
    ...s,
    movements: [
      ...s.movements,
      { code: e.code, at: e.at, ...(e.location && { location: e.location }), ...(e.reference && { reference: e.reference }) },
    ],
  }),
  'declaration.exited': (s, e) => ({ ...s, exitedAt: e.at }),
  'declaration.transit-ended': (s, e) => ({ ...s, transitEnd: e.end }),
  'declaration.seized': (s, e) => ({ ...s, seizedAt: e.at }),
}

/** The state after one event. The first event of a life is always `declaration.lodged`. */
export const evolve = (state: DeclarationState | null, event: DeclarationEvent): DeclarationState =>
  (handlers[event.type] as (s: DeclarationState | null, e: DeclarationEvent) => DeclarationState)(state, event)

export const foldEvents = (state: DeclarationState | null, events: readonly DeclarationEvent[]): DeclarationState | null =>
  events.reduce<DeclarationState | null>(evolve, state)

const blocks = (c: Control): boolean => c.blocking && (c.status === 'open' || c.status === 'discrepant')

/** What keeps the goods where they are, apart from money. */
export const holds = (s: DeclarationState): Reason[] => [
  ...s.controls.filter(blocks).map((c): Reason => ({ code: `clearance.hold_${c.kind}_${c.status}` })),
  ...s.requirements
    .filter((r) => r.status !== 'fulfilled')
    .map((r): Reason => ({ code: `clearance.hold_${r.kind}`, params: { reference: r.reference } })),
]

/** Lane, controls, money, arrival and amendment are regions of their own; the status is what they add up to. */
export const statusOf = (s: DeclarationState | null): Status | 'none' => {
  if (!s) return 'none'
  if (s.invalidatedAt) return 'invalidated'
  if (s.seizedAt) return 'seized'
  if (s.rejectedAt) return 'rejected'
  if (s.exitedAt) return 'exited'
  if (s.clearedAt) return 'cleared'
  if (s.releasedAt) return 'released'
  if (!s.acceptedAt) return 'lodged'
  if (holds(s).length > 0) return 'under-control'
  return s.demandedAt ? 'payment-due' : 'accepted'
}

/** The administration's own next step, or none when it is somebody else's turn. */
export const automaticStep = (s: DeclarationState): 'assess' | 'settle' | null => {
  const status = statusOf(s)
  if (status === 'rejected' || status === 'invalidated' || status === 'seized' || status === 'exited') return null
  if (s.assessedVersion !== s.version) return 'assess'
  if (!s.acceptedAt || holds(s).length > 0) return null
  if (s.coveredVersion !== s.version) return 'settle'
  // A released transit waits for its goods to be presented at destination.
  if (s.regime === 'transit' && s.releasedAt) return null
  return s.clearedAt ? null : 'settle'
}
