/** What examinations taught: profiles against chance, how cases were chosen, and what was missed by estimate. */
import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import type { ChannelRow, Estimates, LeagueRow, Results } from '#schema/risk'
import { get, problemIn } from '../../app/api.ts'
import { formatCount, formatDate, formatPercent } from '../../i18n/format.ts'
import { BarChart } from '../../ui/Chart.tsx'
import { ProblemNote } from '../../ui/IssueList.tsx'
import { Loading, Section, Stack } from '../../ui/Layout.tsx'
import { Page } from '../../ui/Page.tsx'
import { PlainTable } from '../../ui/PlainTable.tsx'
import { Money } from '../../ui/Values.tsx'
import { Figures } from './Figures.tsx'
import css from './risk.module.css'

const useWords = () => {
  const { t, i18n } = useTranslation('risk')
  const count = (n: number): string => formatCount(n, i18n.language)
  const percent = (v: number | null): string => (v === null ? '–' : formatPercent(v, i18n.language))
  const rate = ({ n, found, rate: r }: LeagueRow['hitRate']): string => `${percent(r)} (${count(found)} / ${count(n)})`
  const lift = (v: number | null): string => (v === null ? '–' : `× ${count(Math.round(v * 100) / 100)}`)
  return { t, count, percent, rate, lift, date: (d: string): string => formatDate(d, i18n.language) }
}

type Judged = Pick<LeagueRow, 'hits' | 'selected' | 'hitRate' | 'lift' | 'revenuePerInspectionMinor'>

const Table = ({
  caption,
  first,
  rows,
  currency,
}: {
  caption: string
  first: string
  rows: readonly (Judged & { name: React.ReactNode })[]
  currency: string
}) => {
  const { t, count, rate, lift } = useWords()
  return (
    <PlainTable
      caption={caption}
      head={[first, t('hits'), t('selected30'), t('hitRate'), t('lift'), t('perInspection')].map((text, i) => ({ text, end: i > 0 }))}
      rows={rows.map((r) => [
        { text: r.name },
        { text: count(r.hits), end: true },
        { text: count(r.selected), end: true },
        { text: rate(r.hitRate), end: true },
        { text: lift(r.lift), end: true },
        {
          text: r.revenuePerInspectionMinor === null ? '–' : <Money value={{ minor: Math.round(r.revenuePerInspectionMinor), currency }} />,
          end: true,
        },
      ])}
    />
  )
}

const League = ({ results }: { results: Results }) => {
  const { t, percent } = useWords()
  const examined = results.league.filter((r) => r.hitRate.rate !== null)
  return (
    <Section title={t('profiles')} count={results.league.length}>
      <Stack>
        {examined.length === 0 ? (
          <p className="muted">{t('leagueNone')}</p>
        ) : (
          <BarChart
            question={t('league')}
            name={t('profile')}
            value={t('hitRate')}
            format={percent}
            most={1}
            rows={examined.map((r) => ({
              id: r.code,
              label: r.code,
              value: r.hitRate.rate!,
              to: `/risk/profiles/${r.code}`,
              ...(r.hitRate.interval95 && { low: r.hitRate.interval95[0]!, high: r.hitRate.interval95[1]! }),
            }))}
          />
        )}
        <Table
          caption={t('profiles')}
          first={t('profile')}
          currency={results.currency}
          rows={results.league.map((r) => ({
            ...r,
            name: (
              <>
                <Link to={`/risk/profiles/${r.code}`}>{r.code}</Link>
                {r.retire && (
                  <small className={css.retire}>
                    {t('retire')}: {t(`retireWhy.${r.retire}`)}
                  </small>
                )}
              </>
            ),
          }))}
        />
      </Stack>
    </Section>
  )
}

const channelName = ['mandatory', 'criterion', 'random', 'fill', 'nothing'] as const
const isChannel = (c: string): c is (typeof channelName)[number] => (channelName as readonly string[]).includes(c)

const Channels = ({ rows, currency }: { rows: readonly ChannelRow[]; currency: string }) => {
  const { t } = useWords()
  return (
    <Section title={t('channels')} flush>
      <Table
        caption={t('channels')}
        first={t('channel')}
        currency={currency}
        rows={rows.map((r) => ({ ...r, name: isChannel(r.channel) ? t(`chosenByKind.${r.channel}`) : r.channel }))}
      />
    </Section>
  )
}

const Missed = ({ estimates: e }: { estimates: Estimates }) => {
  const { t, count, percent } = useWords()
  const items = [
    { label: t('registered'), value: count(e.registered) },
    { label: t('examined'), value: count(e.examined) },
    {
      label: t('prevalence'),
      value: percent(e.prevalenceSelfNormalised ?? e.prevalence),
      note: e.interval95 ? `${percent(e.interval95[0]!)} – ${percent(e.interval95[1]!)}` : undefined,
    },
    { label: t('recall'), value: percent(e.recall) },
    { label: t('effective'), value: count(Math.round(e.effectiveSampleSize)), note: t('effectiveOf', { count: Math.round(e.effectiveSampleSize) }) },
    { label: t('unreachable'), value: count(e.unreachable), note: t('unreachableText') },
  ]
  return (
    <Section title={t('estimates')}>
      <Stack>
        <p className="muted">{t('estimatesText')}</p>
        <Figures items={items} />
      </Stack>
    </Section>
  )
}

const ResultsPage = () => {
  const { t, date } = useWords()
  const found = useQuery({ queryKey: ['risk', 'results'], queryFn: ({ signal }) => get<Results>('/api/risk/results', {}, { signal }) })
  const problem = found.error ? problemIn(found.error) : null
  const r = found.data
  return (
    <Page title={t('results')} lead={r && <p className="muted">{t('period', { from: date(r.from), to: date(r.to) })}</p>}>
      {problem && <ProblemNote problem={problem} />}
      {!r && !problem && <Loading />}
      {r && (
        <Stack>
          <League results={r} />
          {r.channels.length > 0 && <Channels rows={r.channels} currency={r.currency} />}
          {r.estimates && <Missed estimates={r.estimates} />}
        </Stack>
      )}
    </Page>
  )
}
export default ResultsPage
