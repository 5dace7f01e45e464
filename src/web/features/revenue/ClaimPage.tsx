/** One demand: what is owed with interest to today, credits it could be set off against, what happened, what may be done. */
import { problemIn } from '../../app/api.ts'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useParams } from 'react-router'
import type { ClaimView } from '#schema/duty'
import { useSession } from '../../app/session.ts'
import { useCommand } from '../../app/use-command.ts'
import { StatusBadge } from '../../ui/Badge.tsx'
import { Button } from '../../ui/Button.tsx'
import { DecisionBar, type Decision } from '../../ui/DecisionBar.tsx'
import { Choice } from '../../ui/fields.tsx'
import { ProblemNote } from '../../ui/IssueList.tsx'
import { Columns, KeyValue, Loading, Note, Section, Stack, Summary, SummaryFact } from '../../ui/Layout.tsx'
import { Page } from '../../ui/Page.tsx'
import { PlainTable } from '../../ui/PlainTable.tsx'
import { toast } from '../../ui/toast.tsx'
import { Id, Instant, LegalDate, Money } from '../../ui/Values.tsx'
import { Firm } from '../declaration/firm.tsx'
import { Reference, claimTone, useOne } from './parts.tsx'
import css from './revenue.module.css'

const useSend = (claim: ClaimView) => {
  const { t } = useTranslation('revenue')
  return useCommand<{ name: string; body: unknown }, ClaimView>({
    path: ({ name }) => `/api/claims/${claim.number}/${name}`,
    body: ({ body }) => body,
    refresh: [['claim', claim.number], ['list'], ['count'], ['revenue']],
    onDone: () => toast(t('done'), { tone: 'ok' }),
  })
}

/** Money of the debtor's that stands on an account: set off as far as the demand goes (UCC Art. 109). */
const Credits = ({ claim }: { claim: ClaimView }) => {
  const { t } = useTranslation('revenue')
  const { permissions } = useSession()
  const send = useSend(claim)
  if (claim.credits.length === 0) return null
  return (
    <Section title={t('credits')}>
      <Stack>
        {send.problem && <ProblemNote problem={send.problem} />}
        {claim.credits.map((credit) => {
          const money = { minor: Math.min(credit.money.minor, claim.outstanding.minor), currency: credit.money.currency }
          return (
            <div key={credit.account}>
              <KeyValue columns={1} items={[{ label: credit.account, value: <Money value={credit.money} /> }]} />
              {permissions.includes('duty:claim:manage') && (
                <Button pending={send.pending} onClick={() => void send.run({ name: 'set-off', body: { account: credit.account, money } })}>
                  {t('setOff')}
                </Button>
              )}
            </div>
          )
        })}
      </Stack>
    </Section>
  )
}

const useActions = (claim: ClaimView): readonly Decision[] => {
  const { t } = useTranslation('revenue')
  const { permissions, person } = useSession()
  const send = useSend(claim)
  const [kind, setKind] = useState<string>('write_off')
  if (claim.stage === 'closed' || !permissions.includes('duty:claim:manage')) return []
  const run = (name: string) => (grounds: string) => send.run({ name, body: { grounds } })
  const giveUp = (grounds: string) => send.run({ name: 'give-up', body: { kind, grounds } })
  const choice = (
    <Choice
      label={t('kind')}
      inline
      value={kind}
      onChange={(value) => setKind(value ?? 'write_off')}
      options={[
        { value: 'write_off', label: t('writeOff') },
        { value: 'remission', label: t('refundKind.remission') },
      ]}
    />
  )
  if (claim.proposal) {
    const isOwn = claim.proposal.by === person.id
    const blocked = isOwn ? t('secondPerson') : permissions.includes('duty:claim:give-up') ? undefined : t('noAuthority')
    return [
      { id: 'decline', label: t('decline'), kind: 'safe', grounds: 'required', run: run('decline-giving-up') },
      {
        id: 'give-up',
        label: t('giveUp'),
        kind: 'danger',
        grounds: 'required',
        consequences: t('giveUpText'),
        run: giveUp,
        ...(blocked && { blocked }),
      },
    ]
  }
  return [
    ...(claim.stage === 'enforcement'
      ? []
      : [{ id: 'remind', label: t('remind'), kind: 'safe' as const, grounds: 'required' as const, run: run('remind') }]),
    ...(claim.stage === 'reminded'
      ? [{ id: 'enforce', label: t('enforce'), grounds: 'required' as const, consequences: t('enforceText'), run: run('enforce') }]
      : []),
    {
      id: 'give-up',
      label: t('proposeGiveUp'),
      kind: 'danger',
      grounds: 'required',
      extra: choice,
      consequences: t('proposeGiveUpText'),
      run: giveUp,
    },
  ]
}

const events = [
  'claim.raised',
  'claim.reminded',
  'claim.enforced',
  'claim.set-off',
  'claim.giving-up-proposed',
  'claim.giving-up-declined',
  'claim.given-up',
] as const
const eventKey = {
  'claim.raised': 'raised',
  'claim.reminded': 'reminded',
  'claim.enforced': 'enforced',
  'claim.set-off': 'setOff',
  'claim.giving-up-proposed': 'proposed',
  'claim.giving-up-declined': 'declined',
  'claim.given-up': 'givenUp',
} as const

const History = ({ claim }: { claim: ClaimView }) => {
  const { t } = useTranslation('revenue')
  const nameOf = (what: string): string => {
    const known = events.find((event) => event === what)
    return known ? t(`event.${eventKey[known]}`) : what
  }
  return (
    <Section title={t('history')} flush>
      <PlainTable
        caption={t('history')}
        head={[{ text: t('since') }, { text: t('what') }, { text: t('who') }, { text: t('grounds') }]}
        rows={[
          [{ text: <Instant at={claim.openedAt} /> }, { text: t('event.opened') }, { text: '–' }, { text: claim.grounds }],
          ...claim.history.map((h) => [{ text: <Instant at={h.at} /> }, { text: nameOf(h.what) }, { text: h.who }, { text: h.grounds }]),
        ]}
      />
    </Section>
  )
}

const Interest = ({ claim }: { claim: ClaimView }) => {
  const { t } = useTranslation('revenue')
  if (!claim.interest || claim.interest.money.minor === 0) return null
  return (
    <Section title={t('interestToday')} flush>
      <PlainTable
        caption={t('interestToday')}
        head={[{ text: t('from') }, { text: t('to') }, { text: t('days'), end: true }, { text: t('percent'), end: true }]}
        rows={claim.interest.periods.map((p) => [
          { text: <LegalDate date={p.from} /> },
          { text: <LegalDate date={p.through} /> },
          { text: p.days, end: true },
          { text: `${p.percent} % (${claim.interest!.dayCount})`, end: true },
        ])}
      />
    </Section>
  )
}

const Case = ({ claim }: { claim: ClaimView }) => {
  const { t } = useTranslation('revenue')
  const actions = useActions(claim)
  const state = t(claim.outcome ? `outcome.${claim.outcome}` : `stage.${claim.stage}`)
  return (
    <>
      <Summary>
        <SummaryFact label={t(`claimKind.${claim.kind}`)}>
          <StatusBadge tone={claimTone[claim.stage]}>{state}</StatusBadge>
        </SummaryFact>
        <SummaryFact label={t('outstanding')}>
          <span className={css.amount}>
            <Money value={claim.outstanding} />
          </span>
        </SummaryFact>
        {claim.interest && (
          <SummaryFact label={t('interestToday')}>
            <Money value={claim.interest.money} />
          </SummaryFact>
        )}
        <SummaryFact label={t('dueOn')}>
          <LegalDate date={claim.dueOn} />
        </SummaryFact>
        <SummaryFact label={t('payer')}>
          <Firm registration={claim.payer} />
        </SummaryFact>
      </Summary>
      <Columns aside={<Credits claim={claim} />}>
        {claim.proposal && (
          <Note tone="warning" title={t('giveUpProposed', { who: claim.proposal.byName })}>
            {claim.proposal.grounds}
          </Note>
        )}
        <Section title={t('lines')} flush>
          <PlainTable
            caption={t('lines')}
            head={[{ text: t('tax') }, { text: t('amount'), end: true }, { text: t('settled'), end: true }]}
            rows={claim.lines.map((l) => [
              { text: l.taxType },
              { text: <Money value={l.money} />, end: true },
              { text: <Money value={l.settled} />, end: true },
            ])}
          />
        </Section>
        <Section title={t('origin')}>
          <KeyValue
            items={[
              { label: t('origin'), value: <Reference value={claim.origin} /> },
              { label: t('payUnder'), value: <Id value={claim.reference} plain /> },
              { label: t('law'), value: claim.law },
            ]}
          />
        </Section>
        <Interest claim={claim} />
        <History claim={claim} />
      </Columns>
      <DecisionBar actions={actions} status={state} />
    </>
  )
}

const ClaimPage = () => {
  const { number = '' } = useParams()
  const { t } = useTranslation('revenue')
  const found = useOne<ClaimView>('claim', number, `/api/claims/${encodeURIComponent(number)}`)
  return (
    <Page title={number} crumbs={[{ label: t('recovery'), to: '/revenue/recovery' }]}>
      {found.error && <ProblemNote problem={problemIn(found.error)} onRetry={() => void found.refetch()} />}
      {found.isPending && <Loading />}
      {found.data && <Case claim={found.data} />}
    </Page>
  )
}
export default ClaimPage
