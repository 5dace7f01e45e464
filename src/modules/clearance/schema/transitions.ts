/**
 * The commands that may change a declaration, and the one table that says what may happen next. Server guard, screen buttons, permission
 * tests and the printed diagram all read `transitions`.
 */
import type { Status } from './lifecycle.ts'

export type CommandName =
  | 'lodge'
  | 'assess'
  | 'settle'
  | 'arrive'
  | 'request-amendment'
  | 'request-invalidation'
  | 'decide-request'
  | 'record-control'
  | 'resolve-control'
  | 'raise-lane'
  | 'lower-lane'
  | 'assign'
  | 'propose-release'
  | 'approve-release'
  | 'seize'
  | 'add-requirement'
  | 'answer-requirement'
  | 'record-exit'
  | 'end-transit'
  | 'remind-payment'
  | 'record-allocation'

export type Transition = {
  permission: string
  /** who acts: the trade side, an officer, or the administration itself */ by: 'trade' | 'officer' | 'system'
  next: readonly Status[]
  stepUp?: boolean
  reason?: boolean
}

const p = 'clearance:declaration' as const
const trade = (permission: string, ...next: Status[]): Transition => ({ permission, by: 'trade', next })
const officer = (permission: string, ...next: Status[]): Transition => ({ permission, by: 'officer', next })
const system = (...next: Status[]): Transition => ({ permission: 'system', by: 'system', next })

const amendable = { 'request-amendment': trade(`${p}:amend`, 'lodged', 'accepted', 'under-control', 'payment-due', 'released', 'cleared') }
const invalidable = { 'request-invalidation': trade(`${p}:invalidate`, 'invalidated') }
const decidable = {
  'decide-request': {
    ...officer(`${p}:decide-request`, 'lodged', 'accepted', 'under-control', 'payment-due', 'released', 'cleared', 'invalidated'),
    reason: true,
  },
}
const lanes = {
  'raise-lane': { ...officer('clearance:lane:raise', 'under-control'), reason: true },
  'lower-lane': { ...officer('clearance:lane:lower', 'accepted', 'payment-due', 'released', 'cleared'), reason: true, stepUp: true },
  // taking and putting back is everybody's; giving to others is checked in the rule
  assign: officer('clearance:work:read'),
} satisfies Partial<Record<CommandName, Transition>>
const requirements = {
  'add-requirement': system('under-control'),
  'answer-requirement': system('accepted', 'under-control', 'payment-due', 'released', 'cleared'),
}
/** A share of a quota is told on a later day, when the goods may be gone already. */
const allocation = { 'record-allocation': system('accepted', 'under-control', 'payment-due', 'released', 'cleared') }
const release = {
  'propose-release': { ...officer(`${p}:release`), stepUp: true, reason: true },
  'approve-release': { ...officer(`${p}:approve-release`, 'released', 'cleared'), stepUp: true },
} satisfies Partial<Record<CommandName, Transition>>

/** A control that does not block goes on beside payment and release. */
const controls = {
  'record-control': { ...officer('clearance:control:record', 'under-control', 'payment-due', 'released', 'cleared'), reason: true },
  'resolve-control': { ...officer('clearance:control:record', 'under-control', 'payment-due', 'released', 'cleared'), reason: true, stepUp: true },
} satisfies Partial<Record<CommandName, Transition>>

/** state → command → who may, and where it can lead. What is not listed cannot happen. An empty `next` stays where it is. */
export const transitions: Readonly<Record<Status | 'none', Readonly<Partial<Record<CommandName, Transition>>>>> = {
  none: { lodge: trade(`${p}:lodge`, 'lodged', 'rejected', 'accepted', 'under-control', 'payment-due', 'released', 'cleared') },
  lodged: {
    assess: system(),
    arrive: trade(`${p}:lodge`, 'accepted', 'under-control', 'payment-due', 'released', 'cleared', 'rejected'),
    ...amendable,
    ...invalidable,
    ...decidable,
    ...requirements,
  },
  accepted: {
    assess: system('under-control', 'accepted'),
    settle: system('payment-due', 'released', 'cleared'),
    ...allocation,
    ...controls,
    ...amendable,
    ...invalidable,
    ...decidable,
    ...lanes,
    ...requirements,
  },
  'under-control': {
    ...controls,
    seize: { ...officer('clearance:declaration:seize', 'seized'), reason: true, stepUp: true },
    assess: system(),
    settle: system(),
    ...allocation,
    ...amendable,
    ...invalidable,
    ...decidable,
    ...lanes,
    ...requirements,
    ...release,
  },
  'payment-due': {
    assess: system(),
    settle: system('released', 'cleared'),
    ...allocation,
    'remind-payment': system(),
    ...controls,
    ...amendable,
    ...invalidable,
    ...decidable,
    ...lanes,
    ...requirements,
    ...release,
  },
  released: {
    assess: system(),
    ...allocation,
    settle: system('cleared'),
    ...controls,
    ...amendable,
    ...invalidable,
    ...decidable,
    'record-exit': officer('clearance:movement:record', 'exited'),
    'end-transit': { ...officer('clearance:movement:record', 'cleared'), reason: true },
  },
  cleared: {
    assess: system(),
    settle: system('cleared'),
    ...amendable,
    ...invalidable,
    ...decidable,
    'record-exit': officer('clearance:movement:record', 'exited'),
  },
  exited: {},
  rejected: {},
  invalidated: {},
  seized: {},
}

/** What a person may do now, for the buttons of a screen. */
export const allowedCommands = (status: Status, permissions: ReadonlySet<string>): CommandName[] =>
  (Object.entries(transitions[status]) as [CommandName, Transition][])
    .filter(([, t]) => t.by !== 'system' && permissions.has(t.permission))
    .map(([c]) => c)
