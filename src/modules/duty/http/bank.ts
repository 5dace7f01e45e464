/** Routes of the reconciliation desk: files of the bank in, payment files out, what does not match by itself. */
import { Type } from 'typebox'
import { error } from '#kernel/issue.ts'
import { refuse, type Outcome } from '#kernel/outcome.ts'
import { raw, route, type Route } from '#platform/http.ts'
import { answerList, listQuery, pageOf } from '#platform/listing.ts'
import type { Deps } from '#platform/module.ts'
import { home } from '#schema/reference'
import { BankEntryRow, BankFileRow, IdParams, ImportResult, MakeFile, MatchTarget, OrderRow, PaymentFileRow } from '../schema.ts'
import { confirm, importBankFile, propose } from '../service/bank.ts'
import { makeFile } from '../service/files.ts'
import { listBankFiles, listEntries } from '../store/bank.ts'
import { listFiles, listOrders, readFileContent } from '../store/orders.ts'
import type { LiveReference } from './payments.ts'

const tag = 'reconciliation'
const work = 'duty:reconciliation:work' as const
const read = 'duty:revenue:read' as const

const readRoutes = (deps: Deps): Route[] => [
  route({
    method: 'GET',
    path: '/api/bank-entries',
    permission: read,
    summary: 'Movements on the bank account',
    tag,
    query: listQuery(['bookedOn', 'money', 'counterparty'], {
      q: Type.Optional(Type.String({ maxLength: 70 })),
      status: Type.Optional(Type.String({ pattern: '^(unmatched|proposed|matched)(,(unmatched|proposed|matched))*$' })),
    }),
    out: pageOf(BankEntryRow),
    handler: async ({ query }) =>
      answerList(query, await listEntries(deps.sql, query), 'bank-entries', [
        'bookedOn',
        'direction',
        'money',
        'counterparty',
        'remittance',
        'status',
        'reason',
        'target',
        'matchedBy',
      ]),
  }),
  route({
    method: 'GET',
    path: '/api/bank-files',
    permission: read,
    summary: 'Files of the bank that came in',
    tag,
    query: listQuery(['importedAt'], {}),
    out: pageOf(BankFileRow),
    handler: async ({ query }) =>
      answerList(query, await listBankFiles(deps.sql, query), 'bank-files', [
        'importedAt',
        'kind',
        'messageId',
        'account',
        'entries',
        'incoming',
        'outgoing',
        'unmatched',
        'importedBy',
      ]),
  }),
  route({
    method: 'GET',
    path: '/api/payment-orders',
    permission: read,
    summary: 'Payments that the bank is to make',
    tag,
    query: listQuery(['createdAt'], { status: Type.Optional(Type.Enum(['ready', 'filed', 'executed', 'returned'])) }),
    out: pageOf(OrderRow),
    handler: async ({ query }) =>
      answerList(query, await listOrders(deps.sql, query), 'payment-orders', [
        'endToEnd',
        'direction',
        'money',
        'name',
        'iban',
        'reference',
        'status',
        'createdAt',
      ]),
  }),
  route({
    method: 'GET',
    path: '/api/payment-files',
    permission: read,
    summary: 'Payment files that were made',
    tag,
    query: listQuery(['createdAt'], {}),
    out: pageOf(PaymentFileRow),
    handler: async ({ query }) =>
      answerList(query, await listFiles(deps.sql, query), 'payment-files', [
        'messageId',
        'kind',
        'executeOn',
        'orders',
        'sum',
        'createdAt',
        'createdBy',
      ]),
  }),
  route({
    method: 'GET',
    path: '/api/payment-files/:id/content',
    permission: work,
    summary: 'The file for the bank (ISO 20022)',
    tag,
    params: IdParams,
    handler: async ({ params }) => {
      const found = await readFileContent(deps.sql, params.id)
      return found
        ? raw('application/xml; charset=utf-8', found.content, `${found.messageId}.xml`)
        : refuse(error('duty.file_unknown', '/id', { id: params.id }))
    },
  }),
]

const EntryTarget = Type.Object({ target: Type.Union([MatchTarget, Type.Null()]) }, { additionalProperties: false })

export const bankRoutes = (deps: Deps, reference: LiveReference): Route[] => {
  const told = (done: Outcome<BankEntryRow>): Outcome<BankEntryRow> => {
    if (done.ok) deps.bus.announce({ topic: 'bank', id: done.value.id, organisations: [] })
    return done
  }
  return [
    ...readRoutes(deps),
    route({
      method: 'POST',
      path: '/api/bank-files',
      permission: work,
      summary: 'Take in a camt.053 or camt.054 (application/xml)',
      tag,
      out: ImportResult,
      successStatus: 201,
      handler: async ({ request, principal, key, now }) => {
        if (!Buffer.isBuffer(request.body)) return refuse(error('duty.bank_file_kind', '', { namespace: '' }))
        const done = await importBankFile(deps.sql, await reference(), request.body.toString('utf8'), { principal, key: key!, at: now })
        if (done.ok) deps.bus.announce({ topic: 'bank', id: done.value.file, organisations: [] })
        return done
      },
    }),
    route({
      method: 'POST',
      path: '/api/bank-entries/:id/proposal',
      permission: work,
      summary: 'Say what an entry is for (null takes it back)',
      tag,
      params: IdParams,
      body: EntryTarget,
      out: BankEntryRow,
      handler: async ({ params, body, principal, key, now }) =>
        told(await propose(deps.sql, await reference(), params.id, body.target, { principal, key: key!, at: now })),
    }),
    route({
      method: 'POST',
      path: '/api/bank-entries/:id/confirmation',
      permission: work,
      summary: 'Another person confirms it',
      tag,
      params: IdParams,
      out: BankEntryRow,
      handler: async ({ params, principal, key, now }) =>
        told(await confirm(deps.sql, await reference(), params.id, { principal, key: key!, at: now })),
    }),
    route({
      method: 'POST',
      path: '/api/payment-files',
      permission: work,
      summary: 'Put what is ready into a file for the bank',
      tag,
      body: MakeFile,
      out: PaymentFileRow,
      successStatus: 201,
      handler: async ({ body, principal, key, now }) => makeFile(deps.sql, await reference(), home, body, { principal, key: key!, at: now }),
    }),
  ]
}
