/** Which buttons a case offers to the one who looks at it: only what the server allows, the safe ones first. Pure. */
import type { CaseView, CommandName, Control } from '#schema/clearance'

export type ActionId =
  | 'conform-documentary'
  | 'conform-physical'
  | 'discrepant-documentary'
  | 'discrepant-physical'
  | 'grant'
  | 'refuse'
  | 'resolve'
  | 'take'
  | 'put-back'
  | 'give'
  | 'raise-yellow'
  | 'raise-red'
  | 'lower'
  | 'propose'
  | 'approve'
  | 'exit'
  | 'end-discharged'
  | 'end-called'
  | 'seize'

export type Action = {
  id: ActionId
  command: CommandName
  /** of a control's result or settlement */
  controlId?: string
  /** words the officer must write: none, grounds, or remarks with a list of findings */
  words: 'none' | 'grounds' | 'remarks' | 'findings'
  /** asks for password or code first */
  stepUp: boolean
  danger: boolean
  /** the case leaves the desk: the next one opens */
  leaves: boolean
}

export type Who = { personId: string; can: (permission: string) => boolean }
type Draft = Omit<Action, 'stepUp' | 'danger' | 'leaves'> & Partial<Pick<Action, 'danger' | 'leaves'>>

const controlActions = (view: CaseView, who: Who): Draft[] =>
  view.state.controls
    .filter((control) => control.status === 'open' && who.can(`clearance:control:${control.kind}`))
    .flatMap(({ id, kind }): Draft[] => [
      { id: `conform-${kind}`, command: 'record-control', controlId: id, words: 'remarks', leaves: true },
      { id: `discrepant-${kind}`, command: 'record-control', controlId: id, words: 'findings', leaves: true },
    ])

const settleable = (control: Control, who: Who): boolean => control.status === 'discrepant' && control.result?.byId !== who.personId

const laneActions = ({ state, allowed }: CaseView): Draft[] => {
  const lane = state.lane?.lane
  const raise = allowed.includes('raise-lane')
  return [
    ...(raise && (lane === 'green' || lane === 'blue') ? [{ id: 'raise-yellow', command: 'raise-lane', words: 'grounds' } as const] : []),
    ...(raise && lane !== undefined && lane !== 'red' ? [{ id: 'raise-red', command: 'raise-lane', words: 'grounds' } as const] : []),
    ...(allowed.includes('lower-lane') && lane !== undefined && lane !== 'green'
      ? [{ id: 'lower', command: 'lower-lane', words: 'grounds', leaves: true } as const]
      : []),
  ]
}

const assignmentActions = ({ state, allowed }: CaseView, who: Who): Draft[] => {
  if (!allowed.includes('assign')) return []
  const holder = state.assignedTo?.personId
  const mayGive = who.can('clearance:work:assign')
  const free = holder === undefined || mayGive
  return [
    ...(holder !== who.personId && free ? [{ id: 'take', command: 'assign', words: 'none' } as const] : []),
    ...(holder === who.personId || (holder !== undefined && mayGive) ? [{ id: 'put-back', command: 'assign', words: 'none' } as const] : []),
    ...(mayGive ? [{ id: 'give', command: 'assign', words: 'none' } as const] : []),
  ]
}

/** Everything that may be done now, in the order of the bar: what closes the case quietly first, what cannot be undone last. */
export const actionsOf = (view: CaseView, who: Who): Action[] => {
  const { state, allowed, stepUpFor } = view
  const has = (command: CommandName): boolean => allowed.includes(command)
  const when = (command: CommandName, draft: Omit<Draft, 'command'>): Draft[] => (has(command) ? [{ ...draft, command }] : [])
  const settle = state.controls.find((control) => settleable(control, who))
  const drafts: Draft[] = [
    ...(has('record-control') ? controlActions(view, who) : []),
    ...when('decide-request', { id: 'grant', words: 'grounds', leaves: true }),
    ...when('decide-request', { id: 'refuse', words: 'grounds', leaves: true }),
    ...(settle ? when('resolve-control', { id: 'resolve', controlId: settle.id, words: 'grounds', leaves: true }) : []),
    ...when('approve-release', { id: 'approve', words: 'none', leaves: true }),
    ...when('record-exit', { id: 'exit', words: 'none', leaves: true }),
    ...when('end-transit', { id: 'end-discharged', words: 'grounds', leaves: true }),
    ...assignmentActions(view, who),
    ...laneActions(view),
    ...when('propose-release', { id: 'propose', words: 'grounds', leaves: true }),
    ...when('end-transit', { id: 'end-called', words: 'grounds', danger: true, leaves: true }),
    ...when('seize', { id: 'seize', words: 'grounds', danger: true, leaves: true }),
  ]
  return drafts.map((draft) => ({ danger: false, leaves: false, ...draft, stepUp: stepUpFor.includes(draft.command) }))
}

export type Words = { remarks: string; findings: Found[]; to?: { personId: string; name: string } | null }
export type Found = { itemNumber?: number; path?: string; declared?: string; found: string }

/** Address and body of the request that does it. */
export const requestOf = (mrn: string, action: Action, words: Words, office: string): { path: string; body: unknown } => {
  const at = (rest: string): string => `/api/declarations/${mrn}/${rest}`
  const reason = words.remarks.trim()
  const control = `controls/${action.controlId ?? ''}`
  switch (action.id) {
    case 'conform-documentary':
    case 'conform-physical':
      return { path: at(`${control}/result`), body: { conform: true, remarks: reason } }
    case 'discrepant-documentary':
    case 'discrepant-physical':
      return { path: at(`${control}/result`), body: { conform: false, remarks: reason, findings: words.findings } }
    case 'grant':
    case 'refuse':
      return { path: at('request-decision'), body: { grant: action.id === 'grant', reason } }
    case 'resolve':
      return { path: at(`${control}/resolution`), body: { reason } }
    case 'take':
      return { path: at('assignment'), body: { to: 'me' } }
    case 'put-back':
      return { path: at('assignment'), body: { to: null } }
    case 'give':
      return { path: at('assignment'), body: { to: words.to ?? null } }
    case 'raise-yellow':
      return { path: at('lane'), body: { lane: 'yellow', reason } }
    case 'raise-red':
      return { path: at('lane'), body: { lane: 'red', reason } }
    case 'lower':
      return { path: at('lane'), body: { lane: 'green', reason } }
    case 'propose':
      return { path: at('release-proposal'), body: { reason } }
    case 'approve':
      return { path: at('release-approval'), body: undefined }
    case 'seize':
      return { path: at('seizure'), body: { reason } }
    case 'end-discharged':
    case 'end-called':
      return { path: at('transit-end'), body: { outcome: action.id === 'end-discharged' ? 'discharged' : 'called', office, reason } }
    case 'exit':
      return { path: at('exit'), body: { office } }
  }
}

/** Key of the sentence that says what happens. */
export const effectOf = (view: CaseView, action: Action): string => {
  if (action.id !== 'grant') return action.id
  const request = view.state.request
  if (request?.kind === 'amendment') return 'grant-amendment'
  return view.state.releasedAt && !request?.approval ? 'grant-first' : 'grant-invalidation'
}
