import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { CaseView, CommandName, Control } from '#schema/clearance'
import { actionsOf, effectOf, requestOf } from './actions.ts'

const control = (change: Partial<Control> = {}): Control => ({
  id: 'c1',
  kind: 'physical',
  blocking: true,
  status: 'open',
  openedAt: '2026-01-05T08:00:00.000Z',
  reasons: [],
  ...change,
})

const view = (allowed: CommandName[], change: Partial<CaseView['state']> = {}, stepUpFor: CommandName[] = []): CaseView =>
  ({
    allowed,
    stepUpFor,
    state: { mrn: 'M', controls: [], lane: { lane: 'red', reasons: [], by: 'system', at: '' }, ...change },
  }) as unknown as CaseView

const officer = (...permissions: string[]) => ({ personId: 'me', can: (permission: string) => permissions.includes(permission) })
const ids = (v: CaseView, who = officer()): string[] => actionsOf(v, who).map((action) => action.id)

test('a control offers its result only to those who may make that kind of control', () => {
  const v = view(['record-control'], { controls: [control(), control({ id: 'c2', kind: 'documentary' })] })
  assert.deepEqual(ids(v, officer('clearance:control:physical')), ['conform-physical', 'discrepant-physical'])
  assert.deepEqual(ids(v, officer('clearance:control:documentary')), ['conform-documentary', 'discrepant-documentary'])
  assert.deepEqual(ids(v), [])
})

test('nothing is offered that the server does not allow', () => {
  assert.deepEqual(ids(view([], { controls: [control()] }), officer('clearance:control:physical', 'clearance:work:assign')), [])
})

test('lanes are raised to what is higher and lowered from what is not green', () => {
  const at = (lane: string) => ids(view(['raise-lane', 'lower-lane'], { lane: { lane, reasons: [], by: '', at: '' } as never }))
  assert.deepEqual(at('green'), ['raise-yellow', 'raise-red'])
  assert.deepEqual(at('yellow'), ['raise-red', 'lower'])
  assert.deepEqual(at('red'), ['lower'])
})

test('whoever found a discrepancy is not offered to settle it', () => {
  const found = (byId: string) => control({ status: 'discrepant', result: { by: '', byId, at: '', remarks: '', findings: [] } })
  assert.deepEqual(ids(view(['resolve-control'], { controls: [found('me')] })), [])
  assert.deepEqual(ids(view(['resolve-control'], { controls: [found('other')] })), ['resolve'])
})

test('a case of a colleague is taken or put back only by who shares out the work', () => {
  const v = view(['assign'], { assignedTo: { personId: 'other', name: 'Other' } })
  assert.deepEqual(ids(v), [])
  assert.deepEqual(ids(v, officer('clearance:work:assign')), ['take', 'put-back', 'give'])
  assert.deepEqual(ids(view(['assign'])), ['take'])
  assert.deepEqual(ids(view(['assign'], { assignedTo: { personId: 'me', name: 'Me' } })), ['put-back'])
})

test('what cannot be undone comes last and is marked; step-up follows the server', () => {
  const actions = actionsOf(view(['seize', 'propose-release', 'approve-release', 'assign'], {}, ['seize']), officer())
  assert.equal(actions.at(-1)?.id, 'seize')
  assert.equal(actions.at(-1)?.danger, true)
  assert.deepEqual(
    actions.filter((action) => action.stepUp).map((action) => action.id),
    ['seize'],
  )
})

test('a grant says whether it is the first of two', () => {
  const grant = (change: object) => {
    const v = view(['decide-request'], change as never)
    return effectOf(v, actionsOf(v, officer())[0]!)
  }
  assert.equal(grant({ request: { kind: 'amendment' } }), 'grant-amendment')
  assert.equal(grant({ request: { kind: 'invalidation' } }), 'grant-invalidation')
  assert.equal(grant({ request: { kind: 'invalidation' }, releasedAt: 'x' }), 'grant-first')
  assert.equal(grant({ request: { kind: 'invalidation', approval: {} }, releasedAt: 'x' }), 'grant-invalidation')
})

test('requests go to the address of the control they are about', () => {
  const [conform] = actionsOf(view(['record-control'], { controls: [control()] }), officer('clearance:control:physical'))
  assert.deepEqual(requestOf('M', conform!, { remarks: ' ok ', findings: [] }, 'XV000101'), {
    path: '/api/declarations/M/controls/c1/result',
    body: { conform: true, remarks: 'ok' },
  })
})
