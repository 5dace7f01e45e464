/** Messages: one door for declarations, requests on them and reports of movement. What a message is follows from its content. */
import { error } from '#kernel/issue.ts'
import { accept, refuse, type Outcome } from '#kernel/outcome.ts'
import { inTransaction } from '#platform/database.ts'
import type { Principal } from '#platform/permissions.ts'
import { applyAmendment } from '../amendment.ts'
import { relocated } from '../changes.ts'
import { statusOf } from '../declaration.ts'
import type { ReadResult } from '../messages/index.ts'
import type { DeclarationDocument } from '../schema/document.ts'
import { transitions } from '../schema/transitions.ts'
import type { MovementMessage } from '../schema/notification.ts'
import type { CommandReply } from '../schema/views.ts'
import { consolidate, findByMrn, findByReference } from '../store.ts'
import { maySee } from '../read/scope.ts'
import type { Clearance } from './clearance.ts'
import { execute, executeAsSystem } from './execute.ts'
import { lodge } from './lodge.ts'

/** A request names its declaration by MRN: COR amends, INV invalidates, GPR (also GPN, GAN) presents the goods. */
export const request = async (
  c: Clearance,
  principal: Principal,
  message: DeclarationDocument,
  key: string,
  at: string,
): Promise<Outcome<CommandReply>> => {
  const mrn = message.mrn ?? ''
  const found = await findByMrn(c.deps.sql, mrn)
  if (!found || !maySee(principal, found.state)) return refuse(error('clearance.declaration_unknown', '/mrn', { mrn }))
  const lrn = message.lrn ?? found.state.lrn
  const reason = (message.additionalInformation ?? [])
    .map((i) => i.text)
    .filter(Boolean)
    .join('; ')
  switch (message.declarationType) {
    case 'COR': {
      const amended = applyAmendment(found.state.document, message)
      if (!amended.ok) return amended
      const { document, unreported } = amended.value
      return execute(c, principal, mrn, { name: 'request-amendment', document, unreported, lrn, reason: reason || 'COR' }, key, at)
    }
    case 'INV':
      return execute(c, principal, mrn, { name: 'request-invalidation', lrn, reason: reason || 'INV' }, key, at)
    case 'GPR':
    case 'GPN':
    case 'GAN':
      return execute(c, principal, mrn, { name: 'arrive', lrn }, key, at)
    default:
      return refuse(error('clearance.request_kind_unknown', '/declarationType', { type: message.declarationType ?? '' }))
  }
}

/** Goods of exports move under unique consignment references: EAL arrives, EDL departs, EAC joins a consignment to a master, CST shuts a master. */
export const movement = async (
  c: Clearance,
  principal: Principal,
  message: MovementMessage,
  at: string,
): Promise<Outcome<{ mrns: string[]; code: string }>> => {
  if (message.code === 'EAC' && message.ucr && message.masterUcr) {
    await inTransaction(c.deps.sql, (tx) => consolidate(tx, message.ucr!, message.masterUcr!, at))
    return accept({ mrns: [], code: message.code })
  }
  if (message.code !== 'EAL' && message.code !== 'EDL') return accept({ mrns: [], code: message.code })
  const reference = message.ucr ?? message.masterUcr ?? ''
  const mrns = await findByReference(c.deps.sql, reference)
  if (mrns.length === 0) return refuse(error('clearance.consignment_unknown', '/ucr', { reference }))
  const touched: string[] = []
  for (const mrn of mrns) {
    const found = await findByMrn(c.deps.sql, mrn)
    if (!found || found.state.regime !== 'export' || (principal.channel !== 'system' && !maySee(principal, found.state))) continue
    if (message.code === 'EAL' && found.state.arrived) continue
    const command =
      message.code === 'EAL'
        ? ({
            name: 'arrive',
            ...(message.location && { location: message.location, unreported: relocated(found.state.document, message.location).unreported }),
          } as const)
        : ({ name: 'record-exit', office: message.location ?? found.state.office } as const)
    // What was refused, withdrawn or has left already moves no more.
    if (!transitions[statusOf(found.state)][command.name]) continue
    const outcome = await executeAsSystem(c, mrn, command, null, at)
    if (!outcome.ok) return outcome
    touched.push(mrn)
  }
  return accept({ mrns: touched, code: message.code })
}

/** Whatever was read: lodge it, act on it, or say that it is nothing to be sent here. */
export const receive = async (c: Clearance, principal: Principal, message: ReadResult, key: string, at: string): Promise<Outcome<unknown>> => {
  if (!message.ok || !message.document) return refuse(...message.issues)
  if (message.kind === 'inventory-linking') return movement(c, principal, message.document as MovementMessage, at)
  if (message.kind !== 'wco-dms-declaration' && message.kind !== 'json-declaration')
    return refuse(error('message.not_for_lodging', '', { kind: message.kind }))
  const document = message.document as DeclarationDocument
  return document.function === 'request' ? request(c, principal, document, key, at) : lodge(c, principal, document, key, { at })
}
