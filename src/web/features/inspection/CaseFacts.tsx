/** What is known of a case, as far as this person may know it, and what happened to it. */
import { useTranslation } from 'react-i18next'
import type { CaseView } from '#schema/inspection'
import type texts from '../../i18n/en/centre.ts'
import { useCan } from '../../app/session.ts'
import { formatDecimal, formatSpan } from '../../i18n/format.ts'
import { KeyValue, Section, type Fact } from '../../ui/Layout.tsx'
import { Timeline, type TimelineItem } from '../../ui/Timeline.tsx'
import { Id } from '../../ui/Values.tsx'
import { MatchBadge } from './Declared.tsx'
import { useTag } from './centre-data.ts'

type Say = ReturnType<typeof useTranslation<'centre'>>['t']

/** Kinds that this house has no name for stand under the name that the model gave them. */
const namesOf = (classes: readonly string[], t: Say): string =>
  classes.map((one) => t(`threat.${one as keyof (typeof texts)['threat']}`, { defaultValue: one })).join(', ')

const machineLine = (ai: NonNullable<CaseView['ai']>, t: Say, language: string): string =>
  ai.failed
    ? t('aiFailed')
    : [t(`verdict.${ai.verdict}`), formatDecimal(ai.score.toFixed(2), language), ...(ai.familiar ? [] : [t('unfamiliar')]), namesOf(ai.classes, t)]
        .filter(Boolean)
        .join(' · ')

const asDeclaredText = ({ asDeclared }: NonNullable<CaseView['opening']>, t: Say): string =>
  asDeclared === undefined ? '' : t(`bench.declared.${asDeclared ? 'yes' : 'no'}`)

const storyOf = (c: CaseView, t: Say, language: string): TimelineItem[] => [
  { id: 'came', at: c.createdAt, title: t('story.came') },
  ...(c.ai
    ? [
        {
          id: 'ai',
          at: c.ai.at,
          title: t('story.machine', { verdict: c.ai.failed ? t('aiFailed') : t(`verdict.${c.ai.verdict}`) }),
          by: c.ai.card,
          tone: c.ai.verdict === 'divert' ? ('danger' as const) : ('neutral' as const),
        },
      ]
    : []),
  ...c.readings.map((r): TimelineItem => {
    const round = t(`story.round.${String(r.round) as '1' | '2' | '3'}`)
    return {
      id: `read${r.round}`,
      at: r.at,
      title: t('story.read', { round, outcome: t(`outcome.${r.decision}`) }),
      by: r.by.name,
      detail: [namesOf(r.classes, t), formatSpan(r.ms, language), r.remarks].filter(Boolean).join(' · '),
      tone: r.decision === 'suspect' ? 'warning' : 'ok',
    }
  }),
  ...(c.decision && c.decision.by !== 'ai'
    ? [{ id: 'decided', at: c.decision.at, title: t('story.decided', { outcome: t(`outcome.${c.decision.outcome}`) }), tone: 'info' as const }]
    : []),
  ...(c.decision?.by === 'ai' ? [{ id: 'cleared', at: c.decision.at, title: t('story.cleared'), tone: 'ok' as const }] : []),
  ...(c.opening
    ? [
        {
          id: 'opened',
          at: c.opening.at,
          title: t('story.opened'),
          by: c.opening.by.name,
          detail: [
            c.opening.found.length > 0 ? namesOf(c.opening.found, t) : t('story.foundNothing'),
            asDeclaredText(c.opening, t),
            c.opening.remarks,
          ]
            .filter(Boolean)
            .join(' · '),
          tone: c.opening.found.length > 0 ? ('danger' as const) : ('ok' as const),
        },
      ]
    : []),
  ...(c.closedAt ? [{ id: 'closed', at: c.closedAt, title: t(c.tip ? 'story.practice' : 'story.closed') }] : []),
]

export const CaseFacts = ({ c }: { c: CaseView }) => {
  const { t, i18n } = useTranslation('centre')
  const can = useCan()
  const tag = useTag(c.id, can('inspection:tray:read'))
  const facts: Fact[] = [
    { label: t('subject'), value: <Id value={c.subject.id} label={t('subject')} /> },
    { label: t('item'), value: t(`items.${c.item}`) },
    { label: t('movement'), value: c.movement ? <bdi>{c.movement}</bdi> : '–' },
    { label: t('office'), value: <bdi className="mono">{c.office}</bdi> },
    ...(c.column ? [{ label: t('column.title'), value: t(`column.${c.column}`) }] : []),
    ...(c.matched ? [{ label: t('matched'), value: <MatchBadge level={c.matched} /> }] : []),
    ...(c.ai ? [{ label: t('ai'), value: machineLine(c.ai, t, i18n.language) }] : []),
    ...(tag ? [{ label: t('tag'), value: `${tag.number} (${t(tag.closedAt ? 'tagClosed' : 'tagOpen')})` }] : []),
    ...(c.recheck ? [{ label: t('readings'), value: t(`rechecked.${c.recheck}`) }] : []),
    ...(c.sampled ? [{ label: t('state'), value: t('sampled') }] : []),
  ]
  return (
    <>
      <Section title={t('facts')}>
        <KeyValue items={facts} columns={4} />
      </Section>
      <Section title={t('story.title')}>
        <Timeline entries={storyOf(c, t, i18n.language)} />
      </Section>
    </>
  )
}
