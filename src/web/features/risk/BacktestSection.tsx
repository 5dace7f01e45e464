/** What a version would have done on stored history: asked for, watched while it reads, and read before anybody approves it. */
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useEffect } from 'react'
import { useTranslation } from 'react-i18next'
import type { Backtest, BacktestResult } from '#schema/risk'
import { get } from '../../app/api.ts'
import { useCommand } from '../../app/use-command.ts'
import { formatCount, formatPercent } from '../../i18n/format.ts'
import { Button } from '../../ui/Button.tsx'
import { BarChart } from '../../ui/Chart.tsx'
import { ProblemNote } from '../../ui/IssueList.tsx'
import { Note, Section, Stack } from '../../ui/Layout.tsx'
import { ProgressBar } from '../../ui/Progress.tsx'
import { Money } from '../../ui/Values.tsx'
import { Figures } from './Figures.tsx'

const askAgainMs = 1000
const goesOn = (b: Backtest | undefined): boolean => b?.status === 'queued' || b?.status === 'running'

type Rate = BacktestResult['hitRate']

const useWords = () => {
  const { t, i18n } = useTranslation('risk')
  const count = (n: number): string => formatCount(n, i18n.language)
  const percent = (share: number): string => formatPercent(share, i18n.language)
  const rate = ({ rate, interval95 }: Rate): string =>
    rate === null ? '–' : interval95 ? `${percent(rate)} (${percent(interval95[0]!)} – ${percent(interval95[1]!)})` : percent(rate)
  return { t, count, percent, rate }
}

const Summed = ({ result: r }: { result: BacktestResult }) => {
  const { t, count, percent, rate } = useWords()
  const examined = ({ found, n }: Rate): string => t('examinedOf', { found: count(found), n: count(n) })
  const items = [
    { label: t('hits'), value: count(r.hits), note: `${percent(r.share)} ${t('hitShare')}` },
    { label: t('already'), value: count(r.alreadySelected) },
    { label: t('marginal'), value: count(Math.round(r.marginalSelections)) },
    { label: t('hitRate'), value: rate(r.hitRate), note: examined(r.hitRate) },
    { label: t('randomRate'), value: rate(r.randomRate), note: examined(r.randomRate) },
    { label: t('lift'), value: r.lift === null ? '–' : `× ${count(Math.round(r.lift * 100) / 100)}` },
    {
      label: t('perInspection'),
      value:
        r.revenue.perInspectionMinor === null ? (
          '–'
        ) : (
          <Money value={{ minor: Math.round(r.revenue.perInspectionMinor), currency: r.revenue.currency }} />
        ),
    },
  ]
  return <Figures items={items} />
}

const Result = ({ result: r }: { result: BacktestResult }) => {
  const { t, count, percent } = useWords()
  if (r.rows === 0) return <p className="muted">{t('backtestRows')}</p>
  const top = (label: string, rows: readonly { value: string; hits: number }[]) =>
    rows.length > 0 && (
      <p>
        {label}: {rows.map(({ value, hits }) => `${value} (${t('times', { count: hits })})`).join(', ')}
      </p>
    )
  return (
    <Stack>
      {r.evidence === 'insufficient' && (
        <Note tone="warning" title={t('insufficient')}>
          {t('insufficientText', { n: count(r.hitRate.n) })}
        </Note>
      )}
      <Summed result={r} />
      {r.workload.length > 0 && (
        <BarChart
          question={t('workload')}
          name={t('office')}
          value={t('workloadMinutes')}
          format={(v) => `${count(Math.round(v))} ${t('workloadMinutes')}`}
          rows={r.workload.map((w) => ({ id: `${w.office}${w.lane}`, label: w.office, value: w.minutesPerWeek }))}
        />
      )}
      {r.overlap.length > 0 && (
        <BarChart
          question={t('overlapQuestion')}
          name={t('profile')}
          value={t('overlapShare')}
          format={percent}
          most={1}
          rows={r.overlap.map((o) => ({ id: o.code, label: o.name, value: o.share, to: `/risk/profiles/${o.code}` }))}
        />
      )}
      {top(t('topImporters'), r.top.importers)}
      {top(t('topOrigins'), r.top.origins)}
    </Stack>
  )
}

/** Reads a running back-test until it ends, then the profile anew: it may now be submitted. */
const useWatched = (code: string, given: Backtest | undefined): Backtest | undefined => {
  const client = useQueryClient()
  const { data } = useQuery({
    queryKey: ['risk', 'backtest', given?.id],
    queryFn: ({ signal }) => get<Backtest>(`/api/risk/backtests/${given!.id}`, {}, { signal }),
    enabled: goesOn(given),
    refetchInterval: ({ state }) => (goesOn(state.data ?? given) ? askAgainMs : false),
  })
  const ended = data && !goesOn(data) && goesOn(given)
  useEffect(() => {
    if (ended) void client.invalidateQueries({ queryKey: ['risk', 'profile', code] })
  }, [client, code, ended])
  return goesOn(given) ? (data ?? given) : given
}

type SectionProps = { code: string; number: number; given: Backtest | undefined; mayRun: boolean }

export const BacktestSection = ({ code, number, given, mayRun }: SectionProps) => {
  const { t, count } = useWords()
  const shown = useWatched(code, given)
  const run = useCommand<object, Backtest>({
    path: `/api/risk/profiles/${code}/versions/${number}/backtest`,
    refresh: [['risk', 'profile', code]],
  })
  return (
    <Section
      title={t('backtest')}
      actions={
        mayRun &&
        !goesOn(shown) && (
          <Button size="sm" icon="history" pending={run.pending} onClick={() => void run.run({})}>
            {shown ? t('backtestAgain') : t('backtestRun')}
          </Button>
        )
      }
    >
      <Stack>
        {run.problem && <ProblemNote problem={run.problem} />}
        {!shown && <p className="muted">{t('backtestNone')}</p>}
        {shown && goesOn(shown) && <ProgressBar value={shown.progress} label={t('backtestGoes')} />}
        {shown?.status === 'failed' && <Note tone="danger">{t('backtestFailed')}</Note>}
        {shown?.result && (
          <>
            <p className="muted">
              {t('backtestOf', {
                rows: count(shown.result.rows),
                from: shown.result.from ?? '–',
                to: shown.result.to ?? '–',
                who: shown.askedBy,
              })}
            </p>
            <Result result={shown.result} />
          </>
        )}
      </Stack>
    </Section>
  )
}
