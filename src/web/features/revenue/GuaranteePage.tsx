/** One guarantee: reference amount, what is held on it operation by operation, release, calling its guarantor, blocking. */
import { problemIn } from '../../app/api.ts'
import { useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Link, useParams } from 'react-router'
import type { GuaranteeView, UsageRow } from '#schema/duty'
import { useSession } from '../../app/session.ts'
import { useCommand } from '../../app/use-command.ts'
import { StatusBadge } from '../../ui/Badge.tsx'
import { Button } from '../../ui/Button.tsx'
import { DecisionBar, type Decision } from '../../ui/DecisionBar.tsx'
import { Dialog } from '../../ui/Dialog.tsx'
import { TextArea } from '../../ui/fields.tsx'
import { ProblemNote } from '../../ui/IssueList.tsx'
import { KeyValue, Loading, Row, Section, Stack, Summary, SummaryFact } from '../../ui/Layout.tsx'
import { Page } from '../../ui/Page.tsx'
import { DataTable, type Column } from '../../ui/table/DataTable.tsx'
import { toast } from '../../ui/toast.tsx'
import { Instant, LegalDate, Money } from '../../ui/Values.tsx'
import { Firm } from '../declaration/firm.tsx'
import { guaranteeTone, Reference, useOne } from './parts.tsx'
import css from './revenue.module.css'

type Act = { name: 'releases' | 'calls'; row: UsageRow }

const Ask = ({ code, act, onClose }: { code: string; act: Act; onClose: () => void }) => {
  const { t } = useTranslation('revenue')
  const [grounds, setGrounds] = useState('')
  const send = useCommand<{ reference: string; grounds: string }>({
    path: `/api/guarantees/${encodeURIComponent(code)}/${act.name}`,
    refresh: [['account', code], ['list'], ['count']],
    onDone: () => {
      toast(t('done'), { tone: 'ok' })
      onClose()
    },
  })
  const label = act.name === 'calls' ? t('call') : t('release')
  return (
    <Dialog
      open
      title={`${label}: ${act.row.reference}`}
      onClose={onClose}
      actions={
        <Button
          kind={act.name === 'calls' ? 'danger' : 'primary'}
          pending={send.pending}
          disabled={grounds.trim().length < 3}
          onClick={() => void send.run({ reference: act.row.reference, grounds })}
        >
          {label}
        </Button>
      }
    >
      <Stack>
        <p>{act.name === 'calls' ? t('callText') : t('releaseText')}</p>
        {send.problem && <ProblemNote problem={send.problem} />}
        <TextArea label={t('grounds')} rows={2} maxLength={2000} value={grounds} onChange={(text) => setGrounds(text ?? '')} />
      </Stack>
    </Dialog>
  )
}

const Usage = ({ code }: { code: string }) => {
  const { t } = useTranslation('revenue')
  const { permissions } = useSession()
  const may = permissions.includes('duty:guarantee:manage')
  const [act, setAct] = useState<Act | null>(null)
  const columns = useMemo<readonly Column<UsageRow>[]>(
    () => [
      { id: 'reference', header: t('reference'), cell: (row) => <Reference value={row.reference} /> },
      { id: 'since', header: t('since'), cell: (row) => <Instant at={row.since} form="relative" /> },
      { id: 'money', header: t('held'), align: 'end', cell: (row) => <Money value={row.money} /> },
      { id: 'claim', header: t('called'), cell: (row) => (row.claim ? <Link to={`/revenue/recovery/${row.claim}`}>{row.claim}</Link> : '–') },
      {
        id: 'act',
        header: t('action'),
        cell: (row) =>
          may && (
            <Row>
              <Button size="sm" onClick={() => setAct({ name: 'releases', row })}>
                {t('release')}
              </Button>
              {!row.claim && (
                <Button size="sm" onClick={() => setAct({ name: 'calls', row })}>
                  {t('call')}
                </Button>
              )}
            </Row>
          ),
      },
    ],
    [t, may],
  )
  return (
    <>
      <DataTable<UsageRow>
        id={`usage-${code}`}
        caption={t('usage')}
        path={`/api/guarantees/${encodeURIComponent(code)}/usage`}
        topic="account"
        columns={columns}
        rowId={(row) => row.reference}
        empty={{ title: t('noUsage') }}
      />
      {act && <Ask code={code} act={act} onClose={() => setAct(null)} />}
    </>
  )
}

const Case = ({ guarantee: g }: { guarantee: GuaranteeView }) => {
  const { t } = useTranslation('revenue')
  const { permissions } = useSession()
  const change = useCommand<{ status: 'open' | 'blocked'; grounds: string }, GuaranteeView>({
    method: 'PATCH',
    path: `/api/guarantees/${encodeURIComponent(g.code)}`,
    refresh: [['account', g.code], ['list']],
  })
  const next = g.status === 'blocked' ? 'open' : 'blocked'
  const actions: readonly Decision[] =
    permissions.includes('duty:guarantee:manage') && (g.status === 'open' || g.status === 'blocked')
      ? [
          {
            id: next,
            label: next === 'open' ? t('unblock') : t('block'),
            kind: next === 'open' ? 'primary' : 'danger',
            grounds: 'required',
            consequences: next === 'open' ? t('unblockText') : t('blockText'),
            run: (grounds) => change.run({ status: next, grounds }),
          },
        ]
      : []
  const state = t(`guaranteeStatus.${g.status}`)
  return (
    <>
      <Summary>
        <SummaryFact label={t(`guaranteeKind.${g.kind}`)}>
          <StatusBadge tone={guaranteeTone[g.status]}>{state}</StatusBadge>
        </SummaryFact>
        <SummaryFact label={t('available')}>
          <span className={css.amount}>
            <Money value={g.available} />
          </span>
        </SummaryFact>
        <SummaryFact label={t('used')}>
          <Money value={g.used} />
        </SummaryFact>
        <SummaryFact label={t('referenceAmount')}>
          <Money value={g.referenceAmount} />
        </SummaryFact>
      </Summary>
      <Stack>
        <Section title={t('guarantee')}>
          <KeyValue
            items={[
              { label: t('holder'), value: <Firm registration={g.owner} /> },
              { label: t('guarantor'), value: g.guarantorName ? `${g.guarantorName} (${g.guarantor})` : '–' },
              { label: t('level'), value: `${g.levelPercent} %` },
              { label: t('guaranteed'), value: <Money value={g.guaranteed} /> },
              { label: t('validTo'), value: <LegalDate date={g.validTo} /> },
              { label: t('onlyFor'), value: g.onlyFor ?? '–' },
            ]}
          />
        </Section>
        <Usage code={g.code} />
      </Stack>
      <DecisionBar actions={actions} status={state} />
    </>
  )
}

const GuaranteePage = () => {
  const { code = '' } = useParams()
  const { t } = useTranslation('revenue')
  const found = useOne<GuaranteeView>('account', code, `/api/guarantees/${encodeURIComponent(code)}`)
  return (
    <Page title={code} crumbs={[{ label: t('guarantees'), to: '/revenue/guarantees' }]}>
      {found.error && <ProblemNote problem={problemIn(found.error)} onRetry={() => void found.refetch()} />}
      {found.isPending && <Loading />}
      {found.data && <Case guarantee={found.data} />}
    </Page>
  )
}
export default GuaranteePage
