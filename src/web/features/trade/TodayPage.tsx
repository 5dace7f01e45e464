/** The trader's first screen: what to do next, since when it waits, what is new. Every number leads to the list behind it. */
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import type { Dashboard, DraftRow, InboxEntry } from '#schema/clearance'
import type { Money as MoneyValue } from '#kernel/money.ts'
import { get, problemIn } from '../../app/api.ts'
import { useLive } from '../../app/live.ts'
import { formatCount, formatRelative } from '../../i18n/format.ts'
import { Button } from '../../ui/Button.tsx'
import { ProblemNote } from '../../ui/IssueList.tsx'
import { Columns, Empty, Loading, Section } from '../../ui/Layout.tsx'
import { Page } from '../../ui/Page.tsx'
import { Elide, Id, Instant, Money } from '../../ui/Values.tsx'
import { useMessageText } from '../declaration/Message.tsx'
import { Standing, useClientName } from '../declaration/words.tsx'
import css from './trade.module.css'

type Action = Dashboard['actions'][number]
const actionNames = ['present-goods', 'correct-and-lodge-again', 'amend-after-control', 'pay'] as const
const nameOf = (action: string): (typeof actionNames)[number] => actionNames.find((name) => name === action) ?? 'present-goods'
const shownActions = 12

const whereTo = ({ mrn, action }: Action): string =>
  action === 'pay' ? `/payments/${mrn}` : action === 'amend-after-control' ? `/declarations/${mrn}/amend` : `/declarations/${mrn}`
const isMoney = (value: unknown): value is MoneyValue => typeof value === 'object' && value !== null && 'minor' in value

const Todo = ({ actions }: { actions: readonly Action[] }) => {
  const { t } = useTranslation('trade')
  const clientName = useClientName()
  if (actions.length === 0) return <Empty title={t('today.nothing')} text={t('today.nothingText')} />
  return (
    <ul className={css.rows}>
      {actions.slice(0, shownActions).map((one) => (
        <li key={one.mrn} className={css.todo}>
          <span className={css.todoWhat}>
            <Link to={`/declarations/${one.mrn}`}>{t(`today.action.${nameOf(one.action)}`)}</Link>
            <span className={css.small}>
              <Id value={one.mrn} plain /> · {one.lrn} · <Elide max="14rem">{clientName(one.trader) ?? one.trader}</Elide>
              {isMoney(one.params['outstanding']) && (
                <>
                  {' · '}
                  <Money value={one.params['outstanding']} />
                </>
              )}
              {typeof one.params['issues'] === 'number' && <> · {t('today.errors', { count: one.params['issues'] })}</>}
            </span>
          </span>
          <Standing status={one.status} />
          <span className={css.when}>
            <Instant at={one.since} form="relative" />
          </span>
          <Button size="sm" to={whereTo(one)} kind="secondary">
            {t(`today.do.${nameOf(one.action)}`)}
          </Button>
        </li>
      ))}
      {actions.length > shownActions && (
        <li className={css.todo}>
          <Link to="/declarations?waitsFor=trader">{t('today.more', { count: actions.length - shownActions })}</Link>
        </li>
      )}
    </ul>
  )
}

const Tile = ({ to, label, value, note }: { to: string; label: string; value: number; note?: string }) => {
  const { i18n } = useTranslation()
  return (
    <Link to={to} className={css.tile}>
      <span className={css.tileValue}>{formatCount(value, i18n.language)}</span>
      <span>{label}</span>
      {note && <span className={css.small}>{note}</span>}
    </Link>
  )
}

const Glance = ({ board }: { board: Dashboard }) => {
  const { t, i18n } = useTranslation('trade')
  const of = (who: 'trader' | 'officer' | 'examiner' | 'agency') => board.waiting.find((one) => one.waitsFor === who)
  const age = (since: string | null | undefined): string | undefined =>
    since ? t('today.oldest', { age: formatRelative(since, Date.now(), i18n.language) }) : undefined
  const turns = (['trader', 'officer', 'examiner', 'agency'] as const).filter((who) => who !== 'agency' || (of(who)?.count ?? 0) > 0)
  return (
    <nav className={css.tiles} aria-label={t('today.counts')}>
      {turns.map((who) => (
        <Tile
          key={who}
          to={`/declarations?waitsFor=${who}&sort=waitsSince`}
          label={t(`today.waits.${who}`)}
          value={of(who)?.count ?? 0}
          note={age(of(who)?.oldestSince)}
        />
      ))}
      <Tile to="/declarations?status=released,cleared&sort=-releasedAt" label={t('today.released')} value={board.releasedToday} />
      <Tile to="/inbox?show=unread" label={t('today.unread')} value={board.unread} />
      <Tile to="/drafts" label={t('today.drafts')} value={board.drafts} />
    </nav>
  )
}

const LatestMessages = () => {
  const { t } = useTranslation('trade')
  const say = useMessageText()
  const latest = useQuery({
    queryKey: ['dashboard', 'messages'],
    queryFn: ({ signal }) => get<{ rows: InboxEntry[] }>('/api/notifications', { newestFirst: true, limit: 8 }, { signal }),
  })
  return (
    <Section
      title={t('today.latest')}
      actions={
        <Button size="sm" kind="quiet" to="/inbox">
          {t('today.all')}
        </Button>
      }
      flush
    >
      {latest.data?.rows.length === 0 && <Empty title={t('today.latestNone')} />}
      <ul className={css.rows}>
        {latest.data?.rows.map((entry) => (
          <li key={entry.number} className={css.line}>
            <span>
              <Link to={`/declarations/${entry.mrn}?tab=messages`}>{say(entry.notification).name}</Link>{' '}
              <span className={css.small}>
                <Id value={entry.mrn} plain />
              </span>
            </span>
            <span className={css.when}>
              <Instant at={entry.issuedAt} form="relative" />
            </span>
          </li>
        ))}
      </ul>
    </Section>
  )
}

const LatestDrafts = () => {
  const { t } = useTranslation('trade')
  const drafts = useQuery({
    queryKey: ['dashboard', 'drafts'],
    queryFn: ({ signal }) => get<{ rows: DraftRow[] }>('/api/drafts', { size: 5 }, { signal }),
  })
  return (
    <Section
      title={t('today.draftsHead')}
      actions={
        <Button size="sm" kind="quiet" to="/drafts">
          {t('today.allDrafts')}
        </Button>
      }
      flush
    >
      {drafts.data?.rows.length === 0 && <p className={css.none}>{t('today.draftsNone')}</p>}
      <ul className={css.rows}>
        {drafts.data?.rows.map((draft) => (
          <li key={draft.id} className={css.line}>
            <Elide max="16rem">
              <Link to={`/drafts/${draft.id}`}>{draft.title || t('today.untitled')}</Link>
            </Elide>
            <span className={css.when}>
              <Instant at={draft.updatedAt} form="relative" />
            </span>
          </li>
        ))}
      </ul>
    </Section>
  )
}

const gatherMs = 1_500

const TodayPage = () => {
  const { t } = useTranslation('trade')
  const client = useQueryClient()
  const board = useQuery({ queryKey: ['dashboard', 'board'], queryFn: ({ signal }) => get<Dashboard>('/api/dashboard', {}, { signal }) })
  const timer = useRef<ReturnType<typeof setTimeout> | null>(null)
  useLive('*', ({ topic }) => {
    if (topic !== 'declaration' && topic !== 'notification') return
    timer.current ??= setTimeout(() => {
      timer.current = null
      void client.invalidateQueries({ queryKey: ['dashboard'] })
    }, gatherMs)
  })
  return (
    <Page
      title={t('today.title')}
      actions={
        <Button kind="primary" icon="plus" to="/drafts/new">
          {t('today.new')}
        </Button>
      }
    >
      {board.error && <ProblemNote problem={problemIn(board.error)} onRetry={() => void board.refetch()} />}
      {board.isPending && <Loading />}
      {board.data && (
        <>
          <Glance board={board.data} />
          <Columns
            aside={
              <>
                <LatestMessages />
                <LatestDrafts />
              </>
            }
          >
            <Section title={t('today.todo')} count={board.data.actions.length} flush>
              <Todo actions={board.data.actions} />
            </Section>
          </Columns>
        </>
      )}
    </Page>
  )
}

export default TodayPage
