/** One selection, explained: criteria with their lots, what the model saw in words, what was given up, what was found; and taken again on request. */
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Link, useParams } from 'react-router'
import type { DecisionReplay, DecisionView } from '#schema/risk'
import { get, problemIn } from '../../app/api.ts'
import { formatCount, formatPercent } from '../../i18n/format.ts'
import { LaneBadge } from '../../ui/Badge.tsx'
import { Button } from '../../ui/Button.tsx'
import { ProblemNote } from '../../ui/IssueList.tsx'
import { KeyValue, Loading, Note, Section, Stack, Summary, SummaryFact } from '../../ui/Layout.tsx'
import { Page } from '../../ui/Page.tsx'
import { PlainTable } from '../../ui/PlainTable.tsx'
import { Id, Instant, Money } from '../../ui/Values.tsx'
import { ResultBadge } from './words.tsx'
import css from './risk.module.css'

/** Fewer rows than this say little (the specification's thin support). */
const thin = 10

type Contribution = NonNullable<DecisionView['score']>['raises'][number]

const Reasons = ({ title, list }: { title: string; list: readonly Contribution[] }) => {
  const { t } = useTranslation('risk')
  if (list.length === 0) return null
  return (
    <div>
      <h3>{title}</h3>
      <ul className={css.reasons}>
        {list.map((c) => (
          <li key={c.subject}>
            {c.text} {c.n !== undefined && <small>{t(c.n < thin ? 'thin' : 'support', { n: c.n })}</small>}
          </li>
        ))}
      </ul>
    </div>
  )
}

const Explanation = ({ score }: { score: DecisionView['score'] }) => {
  const { t, i18n } = useTranslation('risk')
  return (
    <Section title={t('explanation')}>
      {score ? (
        <Stack>
          <p>
            {t('probability')}: {formatPercent(score.probability, i18n.language)}, {t('rank', { share: formatPercent(score.rank, i18n.language) })}
          </p>
          <Reasons title={t('raises')} list={score.raises} />
          <Reasons title={t('lowers')} list={score.lowers} />
          <p className="muted">
            {t('statistical')} {t('model')} <Link to={`/risk/models/${score.model}`}>{score.model.slice(0, 12)}</Link>
          </p>
        </Stack>
      ) : (
        <p className="muted">{t('noScore')}</p>
      )}
    </Section>
  )
}

const Hits = ({ decision: d }: { decision: DecisionView }) => {
  const { t, i18n } = useTranslation(['risk', 'common'])
  const percent = (v: number): string => formatPercent(v, i18n.language)
  return (
    <Section title={t('hitList')} count={d.hitList.length} flush={d.hitList.length > 0}>
      {d.hitList.length === 0 ? (
        <p className="muted">{t('noHits')}</p>
      ) : (
        <PlainTable
          caption={t('hitList')}
          head={[{ text: t('profile') }, { text: t('lane') }, { text: t('statusOf') }, { text: t('lot') }]}
          rows={d.hitList.map((h) => [
            { text: h.profile ? <Link to={`/risk/profiles/${h.profile}?version=${h.version}`}>{h.name}</Link> : t('hiddenHit') },
            { text: <LaneBadge lane={h.lane} /> },
            { text: t(h.selected ? 'selectedByIt' : 'notSelected') },
            { text: h.draw === null || h.percent === null ? '–' : t('drew', { draw: percent(h.draw), percent: percent(h.percent / 100) }) },
          ])}
        />
      )}
    </Section>
  )
}

const Replay = ({ id }: { id: string }) => {
  const { t } = useTranslation('risk')
  const [asked, setAsked] = useState(false)
  const { data } = useQuery({
    queryKey: ['risk', 'decision', id, 'replay'],
    queryFn: ({ signal }) => get<DecisionReplay>(`/api/risk/decisions/${id}/replay`, {}, { signal }),
    enabled: asked,
  })
  if (data) return <Note tone={data.alike ? 'ok' : 'danger'}>{t(data.alike ? 'replayAlike' : 'replayApart')}</Note>
  return (
    <Button icon="history" pending={asked} onClick={() => setAsked(true)}>
      {t('replay')}
    </Button>
  )
}

const Case = ({ decision: d }: { decision: DecisionView }) => {
  const { t, i18n } = useTranslation(['risk', 'common'])
  return (
    <>
      <Summary>
        <SummaryFact label={t('lane')}>
          <LaneBadge lane={d.lane} />
        </SummaryFact>
        <SummaryFact label={t('chosenBy')}>{d.chosenBy ? t(`chosenByKind.${d.chosenBy}`) : '–'}</SummaryFact>
        <SummaryFact label={t('result')}>
          <ResultBadge result={d.result} />
        </SummaryFact>
        <SummaryFact label={t('decidedAt')}>
          <Instant at={d.decidedAt} />
        </SummaryFact>
      </Summary>
      <Stack>
        {d.isolated.length > 0 && <Note tone="warning">{t('isolated', { codes: d.isolated.join(', ') })}</Note>}
        <Hits decision={d} />
        <Explanation score={d.score} />
        <Section title={t('decision')}>
          <Stack>
            <KeyValue
              items={[
                { label: t('reference'), value: <Link to={`/declarations/${d.reference}`}>{d.reference}</Link> },
                { label: t('office'), value: <Id value={d.office} plain /> },
                ...(d.importer ? [{ label: t('importer'), value: <Link to={`/risk/entities/${d.importer}`}>{d.importer}</Link> }] : []),
                { label: t('minutes'), value: formatCount(d.minutes, i18n.language) },
                ...(d.propensity === null ? [] : [{ label: t('propensity'), value: formatPercent(d.propensity, i18n.language) }]),
              ]}
            />
            {d.demotions.map((x) => (
              <p key={x.from + x.to}>
                {t('demotions')}: {t('demotion', { from: t(`common:lane.${x.from}`), to: t(`common:lane.${x.to}`), minutes: x.minutes })}
              </p>
            ))}
            <Replay id={d.id} />
          </Stack>
        </Section>
        {d.outcomes.length > 0 && (
          <Section title={t('findings')} flush>
            <PlainTable
              caption={t('findings')}
              head={[{ text: t('result') }, { text: t('findings') }, { text: t('revenueFound'), end: true }, { text: t('decidedAt') }]}
              rows={d.outcomes.map((o) => [
                { text: <ResultBadge result={o.result} /> },
                { text: o.offence || '–' },
                { text: o.currency ? <Money value={{ minor: o.amountMinor, currency: o.currency }} /> : '–', end: true },
                { text: <Instant at={o.knownAt} /> },
              ])}
            />
          </Section>
        )}
      </Stack>
    </>
  )
}

const DecisionPage = () => {
  const { t } = useTranslation('risk')
  const { id = '' } = useParams()
  const found = useQuery({
    queryKey: ['risk', 'decision', id],
    queryFn: ({ signal }) => get<DecisionView>(`/api/risk/decisions/${encodeURIComponent(id)}`, {}, { signal }),
  })
  const problem = found.error ? problemIn(found.error) : null
  return (
    <Page title={found.data?.reference ?? t('decision')} crumbs={[{ label: t('decisions'), to: '/risk/decisions' }]}>
      {problem && <ProblemNote problem={problem} />}
      {!found.data && !problem && <Loading />}
      {found.data && <Case decision={found.data} />}
    </Page>
  )
}
export default DecisionPage
