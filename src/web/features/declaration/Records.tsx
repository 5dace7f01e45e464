// What was said and what happened: messages, changes of fields, time line.
import { useTranslation } from 'react-i18next'
import type { TimelineEntry } from '#schema/clearance'
import { type Money } from '#kernel/money.ts'
import { formatAmount } from '../../i18n/format.ts'
import { useCan } from '../../app/session.ts'
import { Diff } from '../../ui/Diff.tsx'
import { ProblemNote } from '../../ui/IssueList.tsx'
import { Empty, Loading, Section } from '../../ui/Layout.tsx'
import { Timeline, type TimelineItem } from '../../ui/Timeline.tsx'
import { Instant } from '../../ui/Values.tsx'
import type { Tone } from '../../ui/Badge.tsx'
import { inOneLine, useElementLabel } from './elements.ts'
import { codeOf, Message } from './Message.tsx'
import { problemIn, useHistory, useMessages, useTimeline } from './use-case.ts'
import css from './declaration.module.css'

export const Messages = ({ mrn }: { mrn: string }) => {
  const { t } = useTranslation('declaration')
  const can = useCan()
  const messages = useMessages(mrn)
  if (messages.error) return <ProblemNote problem={problemIn(messages.error)} onRetry={() => void messages.refetch()} />
  if (!messages.data) return <Loading />
  if (messages.data.length === 0) return <Empty title={t('noMessages')} />
  return (
    <Section title={t('tab.messages')} count={messages.data.length}>
      <ol>
        {messages.data.toReversed().map((entry) => (
          <Message key={entry.messageId} entry={entry} mayLoad={can('clearance:notification:read')} />
        ))}
      </ol>
    </Section>
  )
}

export const History = ({ mrn }: { mrn: string }) => {
  const { t } = useTranslation('declaration')
  const label = useElementLabel()
  const history = useHistory(mrn)
  if (history.error) return <ProblemNote problem={problemIn(history.error)} onRetry={() => void history.refetch()} />
  if (!history.data) return <Loading />
  if (history.data.length === 0) return <Empty title={t('unchanged')} />
  return (
    <Section title={t('tab.history')} count={history.data.length}>
      <div className={css.scroll} role="region" aria-label={t('tab.history')} tabIndex={0}>
        <Diff
          changes={history.data.map((change, at) => ({
            id: String(at),
            label: label(change.path),
            old: inOneLine(change.old),
            new: inOneLine(change.new),
            note: (
              <>
                {t('column.changed', { version: change.version, by: change.by })} · <Instant at={change.at} />
              </>
            ),
          }))}
        />
      </div>
    </Section>
  )
}

const tones: Record<string, Tone> = {
  'declaration.accepted': 'ok', 'declaration.released': 'ok', 'declaration.cleared': 'ok', 'declaration.covered': 'ok', 'declaration.exited': 'ok', 'declaration.rejected': 'danger', 'declaration.seized': 'danger',
  'declaration.control-opened': 'warning', 'declaration.payment-demanded': 'warning', 'declaration.payment-reminded': 'warning', 'declaration.request-received': 'info', 'declaration.amended': 'info', 'notification.sent': 'neutral',
}

type Params = Record<string, unknown>
const isMoney = (value: unknown): value is Money => typeof value === 'object' && value !== null && 'minor' in value && 'currency' in value
const textIn = (params: Params, ...names: string[]): string | undefined => names.map((name) => params[name]).find((value): value is string => typeof value === 'string' && value !== '')

const useDetail = (): ((entry: TimelineEntry) => string | undefined) => {
  const { t, i18n } = useTranslation('declaration')
  const money = (value: unknown): string | null => (isMoney(value) ? `${formatAmount(value, i18n.language)} ${value.currency}` : null)
  const count = (value: unknown): number => (typeof value === 'number' ? value : 0)
  return ({ event, params }) => {
    switch (event) {
      case 'declaration.lodged': return [params['lrn'], t('eventDetail.items', { count: count(params['items']) }), params['prelodged'] === true && t('eventDetail.prelodged')].filter(Boolean).join(' · ')
      case 'declaration.rejected': return t('eventDetail.errors', { count: count(params['count']) })
      case 'declaration.assessed': { const amount = money(params['payable']); return amount ? t('eventDetail.payable', { amount }) : undefined }
      case 'declaration.control-opened': return params['kind'] === 'physical' ? t('eventDetail.kind.physical') : t('eventDetail.kind.documentary')
      case 'declaration.control-recorded': return [params['conform'] === true ? t('eventDetail.conform') : t('eventDetail.discrepant'), textIn(params, 'remarks')].filter(Boolean).join(': ')
      case 'declaration.payment-demanded': { const amount = money((params['settlement'] as { outstanding?: unknown } | undefined)?.outstanding); return amount ? t('eventDetail.outstanding', { amount }) : undefined }
      case 'declaration.amended': return [t('eventDetail.version', { version: count(params['version']) }), t('eventDetail.changes', { count: count(params['changes']) })].join(' · ')
      case 'declaration.request-received': return [params['kind'] === 'invalidation' ? t('eventDetail.kind.invalidation') : t('eventDetail.kind.amendment'), textIn(params, 'reason')].filter(Boolean).join(': ')
      default: return textIn(params, 'reason', 'location', 'office', 'reference')
    }
  }
}

/** Follows from the rules, whoever's command set it off. */
const byRule = new Set(['declaration.accepted', 'declaration.rejected', 'declaration.assessed', 'declaration.covered', 'declaration.payment-demanded', 'declaration.payment-reminded', 'declaration.cleared', 'declaration.control-opened', 'notification.sent'])

type LooseT = (key: string, options: Record<string, unknown>) => string

export const CaseTimeline = ({ mrn }: { mrn: string }) => {
  const { t } = useTranslation('declaration')
  const say = t as unknown as LooseT
  const detail = useDetail()
  const told = useTimeline(mrn)
  if (told.error) return <ProblemNote problem={problemIn(told.error)} onRetry={() => void told.refetch()} />
  if (!told.data) return <Loading />
  // Newest first also within one instant.
  const entries = told.data.toReversed().map((entry, at): TimelineItem => {
    const code = entry.event === 'notification.sent' ? codeOf(String(entry.params['functionCode'] ?? '')) : null
    const text = detail(entry)
    return {
      id: `${at}`,
      at: entry.at,
      // The event's name holds a full stop, which would be read as a path.
      title: say(`event>${entry.event}`, { keySeparator: '>', defaultValue: entry.event, ...(code && { name: t(`message.${code}.name`) }) }),
      by: (!byRule.has(entry.event) && entry.by) || (byRule.has(entry.event) || entry.role === 'system' ? t('system') : t('customs')),
      tone: tones[entry.event] ?? 'neutral',
      ...(text && { detail: text }),
    }
  })
  return (
    <Section title={t('tab.timeline')}>
      <Timeline entries={entries} />
    </Section>
  )
}
