// What a proposal does to duty: last year's declarations again, before and after; computed in the background with its progress.
import { useQuery } from '@tanstack/react-query'
import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import type { Effect, EffectDeclaration, EffectSum } from '#schema/trade'
import { get, problemIn } from '../../../app/api.ts'
import { useCan } from '../../../app/session.ts'
import { useCommand } from '../../../app/use-command.ts'
import { Button } from '../../../ui/Button.tsx'
import { ProblemNote } from '../../../ui/IssueList.tsx'
import { Empty, KeyValue, Loading, Note, Section, Stack } from '../../../ui/Layout.tsx'
import { ProgressBar } from '../../../ui/Progress.tsx'
import { DataTable, type Column } from '../../../ui/table/DataTable.tsx'
import { Id, LegalDate, Money } from '../../../ui/Values.tsx'
import css from './changes.module.css'

const again = 1500

const Sum = ({ sum, currency }: { sum: EffectSum; currency: string }) => {
  const { t } = useTranslation('tariff')
  const money = (minor: number) => <Money value={{ minor, currency }} />
  return (
    <>
      <KeyValue
        columns={4}
        items={[
          { label: t('effect_.declarations'), value: sum.declarations },
          { label: t('effect_.before'), value: money(sum.beforeMinor) },
          { label: t('effect_.after'), value: money(sum.afterMinor) },
          { label: t('effect_.more'), value: <strong>{money(sum.afterMinor - sum.beforeMinor)}</strong> },
        ]}
      />
      {sum.manualAfter > sum.manualBefore && <Note tone="warning">{t('effect_.manual', { count: sum.manualAfter - sum.manualBefore })}</Note>}
      {sum.byCommodity.length > 0 && (
        <table className={css.table}>
          <thead>
            <tr>
              <th scope="col">{t('effect_.code')}</th>
              <th scope="col" data-end>
                {t('effect_.declarations')}
              </th>
              <th scope="col" data-end>
                {t('effect_.before')}
              </th>
              <th scope="col" data-end>
                {t('effect_.after')}
              </th>
            </tr>
          </thead>
          <tbody>
            {sum.byCommodity.map((c) => (
              <tr key={c.code}>
                <th scope="row" className="mono">
                  {c.code}
                </th>
                <td data-end>{c.declarations}</td>
                <td data-end>{money(c.beforeMinor)}</td>
                <td data-end>{money(c.afterMinor)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </>
  )
}

const Declarations = ({ id, view }: { id: string; view: 'forecast' | 'retroactive' }) => {
  const { t } = useTranslation('tariff')
  const columns = useMemo(
    (): Column<EffectDeclaration>[] => [
      { id: 'mrn', header: t('effect_.mrn'), sortable: true, cell: (d) => <Id value={d.mrn} plain /> },
      { id: 'view', header: t('effect_.view'), cell: (d) => t(d.view === 'retroactive' ? 'effect_.retroactive' : 'effect_.forecast') },
      { id: 'lawDate', header: t('date'), sortable: true, cell: (d) => <LegalDate date={d.lawDate} /> },
      { id: 'beforeMinor', header: t('effect_.before'), align: 'end', cell: (d) => <Money value={{ minor: d.beforeMinor, currency: d.currency }} /> },
      { id: 'afterMinor', header: t('effect_.after'), align: 'end', cell: (d) => <Money value={{ minor: d.afterMinor, currency: d.currency }} /> },
    ],
    [t],
  )
  return (
    <DataTable<EffectDeclaration>
      id="tariff-effect"
      caption={t('effect_.list')}
      path={`/api/trade/proposals/${id}/effect/declarations`}
      topic="trade"
      fixed={{ view }}
      columns={columns}
      rowId={(d) => `${d.view}${d.mrn}`}
      rowHref={(d) => `/declarations/${d.mrn}`}
      empty={{ title: t('effect_.none') }}
    />
  )
}

const Done = ({ effect, id }: { effect: Effect; id: string }) => {
  const { t } = useTranslation('tariff')
  const currency = effect.currency ?? 'VRC'
  return (
    <>
      <p>{t('effect_.examined', { count: effect.examined, from: effect.from ?? '', to: effect.to ?? '' })}</p>
      {effect.forecast && (
        <Section title={t('effect_.forecast')}>
          <Sum sum={effect.forecast} currency={currency} />
        </Section>
      )}
      {effect.retroactive && effect.retroactive.declarations > 0 && (
        <Section title={t('effect_.retroactive')}>
          <Sum sum={effect.retroactive} currency={currency} />
        </Section>
      )}
      <Declarations id={id} view={effect.retroactive && effect.retroactive.declarations > 0 ? 'retroactive' : 'forecast'} />
    </>
  )
}

export const EffectView = ({ id }: { id: string }) => {
  const { t } = useTranslation('tariff')
  const can = useCan()
  const found = useQuery({
    queryKey: ['proposal', id, 'effect'],
    queryFn: ({ signal }) => get<Effect>(`/api/trade/proposals/${id}/effect`, {}, { signal }),
    refetchInterval: (q) => (q.state.data?.status === 'waiting' || q.state.data?.status === 'running' ? again : false),
  })
  const compute = useCommand<void, Effect>({ path: `/api/trade/proposals/${id}/effect`, refresh: [['proposal', id, 'effect']] })
  if (found.error) return <ProblemNote problem={problemIn(found.error)} onRetry={() => void found.refetch()} />
  if (!found.data) return <Loading />
  const effect = found.data
  const busy = effect.status === 'waiting' || effect.status === 'running'
  return (
    <Stack>
      {compute.problem && <ProblemNote problem={compute.problem} />}
      {busy && (
        <ProgressBar
          label={t('effect_.running', { done: effect.examined, total: effect.total })}
          {...(effect.total > 0 && { value: effect.examined / effect.total })}
        />
      )}
      {effect.status === 'none' && <Empty title={t('effect_.not')} text={t('effect_.notText')} />}
      {effect.status === 'done' && <Done effect={effect} id={id} />}
      {!busy && can('trade:tariff:propose') && (
        <p>
          <Button icon="refresh" pending={compute.pending} onClick={() => void compute.run()}>
            {effect.status === 'none' ? t('effect_.compute') : t('effect_.again')}
          </Button>
        </p>
      )}
    </Stack>
  )
}
