/** One quota: how it stands, what happened, who claims, and changes by two persons. */
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useParams } from 'react-router'
import type { QuotaView } from '#schema/trade'
import { get, problemIn } from '../../../app/api.ts'
import { useLive } from '../../../app/live.ts'
import { useCan, useSession } from '../../../app/session.ts'
import { useCommand } from '../../../app/use-command.ts'
import { Button } from '../../../ui/Button.tsx'
import { ProblemNote } from '../../../ui/IssueList.tsx'
import { KeyValue, Loading, Section, Summary, SummaryFact } from '../../../ui/Layout.tsx'
import { Page } from '../../../ui/Page.tsx'
import { Tabs } from '../../../ui/Tabs.tsx'
import { toast } from '../../../ui/toast.tsx'
import { Quantity } from '../../../ui/Values.tsx'
import { ProposeDialog, Proposals } from './Changes.tsx'
import { BalanceChart, Claims, Events } from './Life.tsx'
import { BalanceBar, QuotaBadge, usePeriodName } from './words.tsx'

const Standing = ({ view }: { view: QuotaView }) => {
  const { t } = useTranslation('quota')
  const periodName = usePeriodName()
  const { period } = view.quota
  if (!period) return null
  return (
    <Summary>
      <SummaryFact label={t('status')}>
        <QuotaBadge status={period.status} />
      </SummaryFact>
      <SummaryFact label={t('left')}>
        <BalanceBar period={period} />
      </SummaryFact>
      <SummaryFact label={t('balance')}>
        <Quantity value={period.balance} unit={period.unit} />
      </SummaryFact>
      <SummaryFact label={t('waiting')}>
        <Quantity value={period.waiting} unit={period.unit} />
      </SummaryFact>
      <SummaryFact label={t('volume')}>
        <Quantity value={period.volume} unit={period.unit} />
      </SummaryFact>
      <SummaryFact label={t('criticalAt')}>{t('percentUsed', { percent: period.criticalPercent })}</SummaryFact>
      <SummaryFact label={t('period')}>{periodName(period)}</SummaryFact>
    </Summary>
  )
}

const Parts = ({ view }: { view: QuotaView }) => {
  const { t } = useTranslation('quota')
  const can = useCan()
  const periodName = usePeriodName()
  const { quota, periods } = view
  const unit = quota.period?.unit ?? ''
  const waiting = view.proposals.filter((p) => p.status === 'open').length
  const facts = [
    { label: t('commodities'), value: quota.commodities.join(', ') },
    { label: t('origins'), value: quota.origins.length > 0 ? quota.origins.join(', ') : t('anyOrigin') },
    { label: t('legalBase'), value: quota.legalBase },
    { label: t('kindOf'), value: t(`kind.${quota.kind}`) },
  ]
  return (
    <>
      <KeyValue items={facts} columns={4} />
      {quota.period && (
        <Section title={t('chart.title')}>
          <BalanceChart period={quota.period} events={view.events} />
        </Section>
      )}
      <Tabs
        label={t('tabs')}
        tabs={[
          {
            id: 'events',
            label: t('events.title'),
            content: <Events events={view.events.filter((e) => e.definitionId === quota.period?.id)} unit={unit} />,
          },
          { id: 'claims', label: t('claims.title'), count: view.claims.length, content: <Claims claims={view.claims} unit={unit} /> },
          ...(can('trade:quota:read')
            ? [{ id: 'changes', label: t('proposals.title'), count: waiting, content: <Proposals view={view} unit={unit} /> }]
            : []),
          {
            id: 'periods',
            label: t('periods'),
            content: <KeyValue columns={2} items={periods.map((p) => ({ id: p.id, label: periodName(p), value: <BalanceBar period={p} /> }))} />,
          },
        ]}
      />
    </>
  )
}

/** The law shares out on the next working day; a demo need not wait. */
const AllocateNow = ({ order }: { order: string }) => {
  const { t } = useTranslation('quota')
  const { demo } = useSession()
  const allocate = useCommand<void, { told: number }>({
    path: '/api/demo/quota-allocation',
    refresh: [['quota', order], ['list']],
    onDone: ({ told }) => toast(t('allocated', { count: told }), { tone: told > 0 ? 'ok' : 'info' }),
  })
  if (!demo) return null
  return (
    <Button icon="clock" pending={allocate.pending} onClick={() => void allocate.run()}>
      {t('allocateNow')}
    </Button>
  )
}

const QuotaPage = () => {
  const { order = '' } = useParams()
  const { t, i18n } = useTranslation('quota')
  const can = useCan()
  const client = useQueryClient()
  const [proposing, setProposing] = useState(false)
  const found = useQuery({
    queryKey: ['quota', order],
    queryFn: ({ signal }) => get<QuotaView>(`/api/trade/quotas/${order}`, { language: i18n.language }, { signal }),
  })
  useLive('quota', () => void client.invalidateQueries({ queryKey: ['quota', order] }))
  const view = found.data
  const current = view?.periods.find((p) => p.id === view.quota.period?.id)
  return (
    <Page
      title={view ? `${order} · ${view.quota.name}` : order}
      crumbs={[{ label: t('title'), to: '/quotas' }]}
      actions={
        current && can('trade:quota:manage') ? (
          <>
            <AllocateNow order={order} />
            <Button icon="edit" onClick={() => setProposing(true)}>
              {t('proposals.make')}
            </Button>
          </>
        ) : undefined
      }
    >
      {found.error && <ProblemNote problem={problemIn(found.error)} onRetry={() => void found.refetch()} />}
      {found.isPending && <Loading />}
      {view && (
        <>
          <Standing view={view} />
          <Parts view={view} />
        </>
      )}
      {view && current && proposing && <ProposeDialog period={current} view={view} onClose={() => setProposing(false)} />}
    </Page>
  )
}
export default QuotaPage
