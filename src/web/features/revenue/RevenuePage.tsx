/** Revenue at a glance: collected, refunded, due, overdue by office and tax; every sum leads to its rows, every count to its desk. */
import { useQuery } from '@tanstack/react-query'
import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { Link, useSearchParams } from 'react-router'
import type { RevenueOverview } from '#schema/duty'
import { get, problemIn } from '../../app/api.ts'
import { Button } from '../../ui/Button.tsx'
import { DateField } from '../../ui/fields.tsx'
import { ProblemNote } from '../../ui/IssueList.tsx'
import { Columns, KeyValue, Loading, Section, Stack, Summary, SummaryFact } from '../../ui/Layout.tsx'
import { Page } from '../../ui/Page.tsx'
import { PlainTable } from '../../ui/PlainTable.tsx'
import { LegalDate, Money } from '../../ui/Values.tsx'
import { useCodeName, useOffices } from '../declaration/codes.ts'
import css from './revenue.module.css'

type Cell = RevenueOverview['total']

const By = ({
  title,
  name,
  cells,
  range,
  nameOf,
}: {
  title: string
  name: 'office' | 'tax'
  cells: readonly Cell[]
  range: string
  nameOf: (key: string) => string
}) => {
  const { t } = useTranslation('revenue')
  const to = (cell: Cell, state: string): string =>
    `/revenue/rows?${name}=${encodeURIComponent(cell.key)}${state && `&state=${state}`}${state === 'due' || state === 'overdue' ? '' : range}`
  return (
    <Section title={title} flush>
      <PlainTable
        caption={title}
        head={[{ text: t(name) }, ...(['collected', 'refunded', 'due', 'overdue'] as const).map((key) => ({ text: t(key), end: true }))]}
        rows={cells.map((cell) => [
          { text: nameOf(cell.key) },
          ...(['collected', 'refunded', 'due', 'overdue'] as const).map((key) => ({
            end: true,
            text:
              cell[key].minor === 0 ? (
                <Money value={cell[key]} />
              ) : (
                <Link to={to(cell, key === 'collected' ? '' : key)}>
                  <Money value={cell[key]} />
                </Link>
              ),
          })),
        ])}
      />
    </Section>
  )
}

const Waiting = ({ waiting }: { waiting: RevenueOverview['waiting'] }) => {
  const { t } = useTranslation('revenue')
  const desks = [
    { label: t('waiting.refunds'), value: waiting.refunds, to: '/revenue/refunds' },
    { label: t('waiting.plans'), value: waiting.plans, to: '/revenue/refunds?tab=plans' },
    { label: t('waiting.overdue'), value: waiting.overdueClaims, to: '/revenue/recovery?state=overdue' },
    { label: t('waiting.claims'), value: waiting.claims, to: '/revenue/recovery' },
    { label: t('waiting.entries'), value: waiting.entries, to: '/revenue/bank' },
    { label: t('waiting.proposals'), value: waiting.proposals, to: '/revenue/bank?status=proposed' },
  ]
  return (
    <Section title={t('waiting.title')}>
      <KeyValue columns={2} items={desks.map((d) => ({ label: d.label, value: <Link to={d.to}>{d.value}</Link> }))} />
    </Section>
  )
}

const Sums = ({ overview }: { overview: RevenueOverview }) => {
  const { t } = useTranslation('revenue')
  const tax = useCodeName('tax-type')
  const offices = useOffices()
  const office = useMemo(() => new Map(offices.map(({ code, name }) => [code, name])), [offices])
  const range = `&from=${overview.from}&to=${overview.to}`
  return (
    <>
      <Summary>
        {(['collected', 'refunded', 'due', 'overdue'] as const).map((key) => (
          <SummaryFact key={key} label={t(key)}>
            <span className={css.amount}>
              <Money value={overview.total[key]} />
            </span>
          </SummaryFact>
        ))}
      </Summary>
      <Columns aside={<Waiting waiting={overview.waiting} />}>
        <By
          title={t('byOffice')}
          name="office"
          cells={overview.byOffice}
          range={range}
          nameOf={(key) => (key ? `${key} ${office.get(key) ?? ''}` : t('noOffice'))}
        />
        <By title={t('byTax')} name="tax" cells={overview.byTax} range={range} nameOf={(key) => `${key} ${tax(key) ?? ''}`} />
        <Section title={t('byDay')} flush collapsible initiallyClosed>
          <PlainTable
            caption={t('byDay')}
            head={[{ text: t('day') }, { text: t('collected'), end: true }]}
            rows={overview.days.map((d) => [{ text: <LegalDate date={d.day} /> }, { text: <Money value={d.collected} />, end: true }])}
          />
        </Section>
      </Columns>
    </>
  )
}

const RevenuePage = () => {
  const { t } = useTranslation('revenue')
  const [search, setSearch] = useSearchParams()
  const [from, to] = [search.get('from') ?? undefined, search.get('to') ?? undefined]
  const found = useQuery({
    queryKey: ['revenue', from ?? '', to ?? ''],
    queryFn: ({ signal }) => get<RevenueOverview>('/api/revenue/overview', { from, to }, { signal }),
  })
  const set = (name: 'from' | 'to') => (value: string | undefined) =>
    setSearch((now) => {
      if (value) now.set(name, value)
      else now.delete(name)
      return now
    })
  return (
    <Page
      title={t('title')}
      actions={
        <div className={css.range}>
          <DateField label={t('from')} value={from ?? found.data?.from ?? ''} onChange={set('from')} />
          <DateField label={t('to')} value={to ?? found.data?.to ?? ''} onChange={set('to')} />
          <Button to="/revenue/rows">{t('rows')}</Button>
        </div>
      }
    >
      <Stack>
        {found.error && <ProblemNote problem={problemIn(found.error)} onRetry={() => void found.refetch()} />}
        {found.isPending && <Loading />}
        {found.data && <Sums overview={found.data} />}
      </Stack>
    </Page>
  )
}
export default RevenuePage
