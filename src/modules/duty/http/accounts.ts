/** Routes of accounts: limits and what is left of them, statements, and deposits in the demo. */
import { Type } from 'typebox'
import { error } from '#kernel/issue.ts'
import { accept, refuse, type Outcome } from '#kernel/outcome.ts'
import { actorOf, once } from '#platform/command.ts'
import { route, type Route } from '#platform/http.ts'
import { answerList, listQuery, pageOf } from '#platform/listing.ts'
import type { Deps } from '#platform/module.ts'
import type { Principal } from '#platform/permissions.ts'
import { dayIn } from '#modules/reference'
import { LegalDate } from '#schema/reference'
import { AccountView, CodeParams, Deposit, StatementRow } from '../schema.ts'
import { findAccount, listAccounts, readStatement, takeIn, type Holder } from '../store/accounts.ts'
import { goOnWithShort } from '../service/settle.ts'
import type { LiveReference } from './payments.ts'
import { holderOf } from './scope.ts'

const tag = 'accounts'
/** Kinds that money can be paid onto: a cash account, and a deferment account when what was deferred is paid. */
const payable = ['cash_account', 'deferment', 'credit']

type DepositInput = { holder: Holder; principal: Principal; key: string; at: string; code: string; money: { minor: number; currency: string } }

const deposit = async (deps: Deps, reference: LiveReference, d: DepositInput): Promise<Outcome<AccountView>> => {
  let afterCommit = (): void => undefined
  const done = await once(
    deps.sql,
    { key: d.key, actor: actorOf(d.principal), name: 'account.deposit', subject: { kind: 'account', id: d.code }, at: d.at },
    async (tx) => {
      const account = await findAccount(tx, d.holder, d.code)
      if (!account) return refuse(error('duty.account_not_found', '/code', { code: d.code }))
      if (!payable.includes(account.kind)) return refuse(error('duty.deposit_kind', '/code', { kind: account.kind }))
      if (d.money.currency !== account.balance.currency)
        return refuse(error('duty.currency_differs', '/money/currency', { due: account.balance.currency }))
      if (d.money.minor <= 0) return refuse(error('duty.amount_not_positive', '/money'))
      await takeIn(tx, {
        administration: account.administration,
        kind: 'deposit',
        from: { kind: 'provider', code: 'bank' },
        accountId: account.id,
        subject: { kind: 'account', id: d.code },
        reference: d.code,
        money: d.money,
        key: `deposit/${d.key}`,
        at: d.at,
      })
      afterCommit = await goOnWithShort(tx, d.code, d.at, dayIn(await reference(), account.administration, d.at))
      const { id: _id, ...view } = (await findAccount(tx, d.holder, d.code))!
      return accept({
        body: { payload: { code: d.code, money: d.money }, facts: {}, events: [{ type: 'account.deposited', money: d.money }] },
        reply: view,
      })
    },
  )
  if (done.ok) afterCommit()
  return done
}

const listRoute = (deps: Deps): Route =>
  route({
    method: 'GET',
    path: '/api/accounts',
    permission: 'signed-in',
    summary: 'Accounts with limit, use and what is available',
    tag,
    query: listQuery(['owner', 'kind', 'code', 'available'], {
      owner: Type.Optional(Type.String({ maxLength: 35 })),
      kind: Type.Optional(Type.Enum(['cash_account', 'deferment', 'guarantee', 'credit'])),
    }),
    out: pageOf(AccountView),
    handler: async ({ query, principal }) => {
      const holder = holderOf(principal)
      return holder.ok
        ? answerList(query, await listAccounts(deps.sql, holder.value, query), 'accounts', [
            'code',
            'kind',
            'owner',
            'balance',
            'limit',
            'used',
            'available',
            'status',
          ])
        : holder
    },
  })

const statementRoute = (deps: Deps): Route =>
  route({
    method: 'GET',
    path: '/api/accounts/:code/statement',
    permission: 'signed-in',
    summary: 'Movements of an account, newest first',
    tag,
    params: CodeParams,
    query: listQuery(['at'], { from: Type.Optional(LegalDate), to: Type.Optional(LegalDate) }),
    out: pageOf(StatementRow),
    handler: async ({ params, query, principal }) => {
      const holder = holderOf(principal)
      if (!holder.ok) return holder
      const account = await findAccount(deps.sql, holder.value, params.code)
      if (!account) return refuse(error('duty.account_not_found', '/code', { code: params.code }))
      const found = await readStatement(deps.sql, { id: account.id, currency: account.balance.currency }, query)
      return answerList(query, found, `statement-${params.code}`, ['posting', 'at', 'kind', 'reference', 'taxTypes', 'money', 'balance'])
    },
  })

export const accountRoutes = (deps: Deps, reference: LiveReference): Route[] => [
  listRoute(deps),
  route({
    method: 'GET',
    path: '/api/accounts/:code',
    permission: 'signed-in',
    summary: 'One account',
    tag,
    params: CodeParams,
    out: AccountView,
    handler: async ({ params, principal }) => {
      const holder = holderOf(principal)
      if (!holder.ok) return holder
      const found = await findAccount(deps.sql, holder.value, params.code)
      if (!found) return refuse(error('duty.account_not_found', '/code', { code: params.code }))
      const { id: _id, ...view } = found
      return accept(view)
    },
  }),
  statementRoute(deps),
  route({
    method: 'POST',
    path: '/api/accounts/:code/deposits',
    permission: 'duty:payment:make',
    summary: 'Pay money onto an account (demo: at once; elsewhere the bank reports it)',
    tag,
    params: CodeParams,
    body: Deposit,
    out: AccountView,
    successStatus: 201,
    handler: async ({ params, body, principal, key, now }) => {
      if (!deps.config.demo) return refuse(error('duty.deposit_demo_only'))
      const holder = holderOf(principal)
      if (!holder.ok) return holder
      const done = await deposit(deps, reference, { holder: holder.value, principal, key: key!, at: now, code: params.code, money: body.money })
      if (done.ok) deps.bus.announce({ topic: 'account', id: params.code, organisations: [done.value.owner] })
      return done
    },
  }),
]
