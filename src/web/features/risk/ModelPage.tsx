/** One model: its card, whether it puts findings first, what it leans on, whether trade has moved away; and its place, decided by two. */
import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { useParams } from 'react-router'
import type { DriftRow, ModelRow, Reign } from '#schema/risk'
import { get, problemIn } from '../../app/api.ts'
import { useSession } from '../../app/session.ts'
import { useCommand } from '../../app/use-command.ts'
import { formatCount, formatDate, formatPercent } from '../../i18n/format.ts'
import { BarChart, LineChart } from '../../ui/Chart.tsx'
import { DecisionBar, type Decision } from '../../ui/DecisionBar.tsx'
import { ProblemNote } from '../../ui/IssueList.tsx'
import { KeyValue, Loading, Note, Section, Stack, Summary, SummaryFact } from '../../ui/Layout.tsx'
import { Page } from '../../ui/Page.tsx'
import { toast } from '../../ui/toast.tsx'
import { Id, Instant } from '../../ui/Values.tsx'
import { ModelBadge } from './words.tsx'

/** What the page reads of a card (`card.json` of training). */
type Card = {
  purpose: string
  seed: number
  trees: number
  heldBack: { how: string; n: number; positives: number; atCut: { percent: number; precision: number; precisionInterval95: [number, number] }[] }
  calibration: { kind: string; onTheRowsItWasFittedOn: { ece: number; bins: { n: number; expected: number; observed: number }[] } }
  gain: { feature: string; share: number }[]
  warnings: string[]
}
type View = ModelRow & { card: Card; reigns: Reign[] }
type Place = 'champion' | 'challenger' | 'retired'

const useDecisions = (model: View): readonly Decision[] => {
  const { t } = useTranslation('risk')
  const { permissions } = useSession()
  const propose = useCommand<{ as: Place; reason: string }>({
    path: '/api/risk/proposals',
    body: ({ as, reason }) => ({ kind: 'model', reason, content: { hash: model.hash, as } }),
    refresh: [['risk']],
    onDone: () => toast(t('placed'), { tone: 'ok' }),
  })
  const back = useCommand<{ reason: string }>({
    path: '/api/risk/models/rollback',
    refresh: [['risk']],
    onDone: () => toast(t('rolledBack'), { tone: 'ok' }),
  })
  const places = (['challenger', 'champion', 'retired'] as const).filter(
    (as) => as !== model.status && !(as === 'retired' && model.status === 'candidate'),
  )
  return [
    ...(permissions.includes('risk:proposal:make')
      ? places.map((as): Decision => ({
          id: as,
          label: t(`place.${as}`),
          kind: as === 'champion' ? 'primary' : as === 'retired' ? 'danger' : 'safe',
          consequences: t(`placeText.${as}`),
          grounds: 'required',
          run: (reason) => propose.run({ as, reason }),
        }))
      : []),
    ...(permissions.includes('risk:model:rollback') && model.status === 'champion'
      ? [
          {
            id: 'rollback',
            label: t('rollback'),
            kind: 'danger' as const,
            consequences: t('rollbackText'),
            grounds: 'required' as const,
            run: (reason: string) => back.run({ reason }),
          },
        ]
      : []),
  ]
}

const Charts = ({ model }: { model: View }) => {
  const { t, i18n } = useTranslation('risk')
  const percent = (v: number): string => formatPercent(v, i18n.language)
  const { heldBack, gain } = model.card
  const calibration = model.card.calibration.onTheRowsItWasFittedOn.bins.filter((b) => b.n > 0).map((b) => ({ x: b.expected, y: b.observed }))
  const base = heldBack.positives / Math.max(1, heldBack.n)
  return (
    <>
      <LineChart
        question={t('liftQuestion')}
        x={{ label: t('liftPercent'), format: (v) => percent(v / 100), zero: true }}
        y={{ label: t('liftPrecision'), format: percent, most: 1 }}
        series={[
          {
            id: 'model',
            label: t('liftModel'),
            points: heldBack.atCut.map((c) => ({ x: c.percent, y: c.precision, low: c.precisionInterval95[0], high: c.precisionInterval95[1] })),
          },
          { id: 'chance', label: t('randomRate'), points: heldBack.atCut.map((c) => ({ x: c.percent, y: base })) },
        ]}
        note={t('heldBack', { how: heldBack.how, n: formatCount(heldBack.n, i18n.language) })}
      />
      {calibration.length > 1 && (
        <LineChart
          question={t('calibrationQuestion')}
          x={{ label: t('calibrationExpected'), format: percent, zero: true, most: 1 }}
          y={{ label: t('liftPrecision'), format: percent, most: 1 }}
          series={[{ id: 'model', label: t('liftModel'), points: calibration }]}
          guide={[
            { x: 0, y: 0 },
            { x: 1, y: 1 },
          ]}
          note={t('calibrationNote')}
        />
      )}
      <BarChart
        question={t('gainQuestion')}
        name={t('feature')}
        value={t('gainShare')}
        format={percent}
        rows={gain.slice(0, 10).map((g) => ({ id: g.feature, label: g.feature, value: g.share }))}
      />
    </>
  )
}

const Drift = ({ hash }: { hash: string }) => {
  const { t, i18n } = useTranslation('risk')
  const { data } = useQuery({
    queryKey: ['risk', 'model', hash, 'drift'],
    queryFn: ({ signal }) => get<DriftRow[]>(`/api/risk/models/${hash}/drift`, {}, { signal }),
  })
  if (!data) return <Loading />
  if (data.every((d) => d.n === 0)) return <p className="muted">{t('driftNone')}</p>
  return (
    <BarChart
      question={t('driftQuestion')}
      name={t('feature')}
      value={t('driftPsi')}
      format={(v) => formatCount(Math.round(v * 1000) / 1000, i18n.language)}
      most={0.25}
      rows={data.toSorted((a, b) => b.psi - a.psi).map((d) => ({ id: d.column, label: d.column, value: d.psi }))}
      note={t('driftNote')}
    />
  )
}

const Case = ({ model }: { model: View }) => {
  const { t, i18n } = useTranslation('risk')
  const { card } = model
  const date = (at: string): string => formatDate(at.slice(0, 10), i18n.language)
  return (
    <>
      <Summary>
        <SummaryFact label={t('statusOf')}>
          <ModelBadge status={model.status} />
        </SummaryFact>
        <SummaryFact label={t('rows')}>{formatCount(model.rows, i18n.language)}</SummaryFact>
        <SummaryFact label={t('positives')}>{formatCount(model.positives, i18n.language)}</SummaryFact>
        <SummaryFact label={t('auc')}>{model.auc === null ? '–' : formatCount(Math.round(model.auc * 1000) / 1000, i18n.language)}</SummaryFact>
        <SummaryFact label={t('trained')}>
          <Instant at={model.trainedAt} />
        </SummaryFact>
      </Summary>
      <Stack>
        {card.warnings.length > 0 && (
          <Note tone="warning" title={t('warnings')}>
            {card.warnings.map((w) => (
              <p key={w}>{w}</p>
            ))}
          </Note>
        )}
        <Section title={t('card')}>
          <Stack>
            <p>{card.purpose}</p>
            <KeyValue
              items={[
                { label: t('model'), value: <Id value={model.hash} label={t('model')} />, wide: true },
                { label: t('author'), value: model.trainedBy.name },
                { label: t('calibration'), value: formatPercent(card.calibration.onTheRowsItWasFittedOn.ece, i18n.language) },
                ...model.reigns.map((r) => ({
                  id: r.beganAt,
                  label: t('reigns'),
                  value: r.endedAt ? t('reignFromTo', { from: date(r.beganAt), to: date(r.endedAt) }) : t('reignFrom', { from: date(r.beganAt) }),
                })),
              ]}
            />
            <Charts model={model} />
          </Stack>
        </Section>
        <Section title={t('drift')}>
          <Drift hash={model.hash} />
        </Section>
      </Stack>
      <DecisionBar actions={useDecisions(model)} status={t(`modelStatus.${model.status}`)} />
    </>
  )
}

const ModelPage = () => {
  const { t } = useTranslation('risk')
  const { hash = '' } = useParams()
  const found = useQuery({
    queryKey: ['risk', 'model', hash],
    queryFn: ({ signal }) => get<View>(`/api/risk/models/${encodeURIComponent(hash)}`, {}, { signal }),
  })
  const problem = found.error ? problemIn(found.error) : null
  return (
    <Page title={found.data?.name ?? t('model')} crumbs={[{ label: t('models'), to: '/risk/models' }]}>
      {problem && <ProblemNote problem={problem} />}
      {!found.data && !problem && <Loading />}
      {found.data && <Case model={found.data} />}
    </Page>
  )
}
export default ModelPage
