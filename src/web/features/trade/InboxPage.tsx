/**
 * The inbox of the organisation: messages in order of their number, without gaps; acknowledged up to a number, read again from any. What is
 * new while one reads waits behind "n new".
 */
import { keepPreviousData, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useSearchParams } from 'react-router'
import type { InboxEntry } from '#schema/clearance'
import { download, get, problemIn } from '../../app/api.ts'
import { useLive } from '../../app/live.ts'
import { useCommand } from '../../app/use-command.ts'
import { StatusBadge } from '../../ui/Badge.tsx'
import { Button, IconButton } from '../../ui/Button.tsx'
import { Select, TextField } from '../../ui/fields.tsx'
import { ProblemNote } from '../../ui/IssueList.tsx'
import { Empty, Loading, Row, Section } from '../../ui/Layout.tsx'
import { Page } from '../../ui/Page.tsx'
import { toast } from '../../ui/toast.tsx'
import { Id, Instant } from '../../ui/Values.tsx'
import { codeOf, MessageBody, messageCodes, useMessageText } from '../declaration/Message.tsx'
import css from './trade.module.css'

type Inbox = { rows: InboxEntry[]; last: number; acknowledged: number; unread: number; total: number }
const size = 50

/** What the message asks for, and where that is done. */
const goOn = (entry: InboxEntry): { what: 'pay' | 'correct' | 'look' | 'control' | 'other'; to: string } => {
  const at = `/declarations/${entry.mrn}`
  switch (codeOf(entry.functionCode)) {
    case '14':
    case '15':
      return { what: 'pay', to: `/payments/${entry.mrn}` }
    case '03':
      return { what: 'correct', to: at }
    case '13':
      return { what: 'look', to: `${at}?tab=duty` }
    case '05':
    case '06':
      return { what: 'control', to: at }
    default:
      return { what: 'other', to: at }
  }
}

const Entry = ({ entry, onAcknowledge }: { entry: InboxEntry; onAcknowledge: (upTo: number) => void }) => {
  const { t } = useTranslation('trade')
  const { name, text } = useMessageText()(entry.notification)
  const next = goOn(entry)
  const isUnread = entry.acknowledgedAt === null
  return (
    <li className={css.entry} data-unread={isUnread || undefined}>
      <span className={css.entryNumber}>{t('inbox.number', { number: entry.number })}</span>
      <div className={css.entryBody}>
        <p className={css.entryHead}>
          <strong>{name}</strong>
          <span className="mono muted">{entry.notification.name}</span>
          {isUnread && <StatusBadge tone="accent">{t('inbox.new')}</StatusBadge>}
          <span className={css.when}>
            <Instant at={entry.issuedAt} />
          </span>
        </p>
        <p>
          {text}{' '}
          <span className={css.small}>
            <Id value={entry.mrn} label="MRN" /> {entry.lrn}
          </span>
        </p>
        <MessageBody notification={entry.notification} />
      </div>
      <div className={css.entryActions}>
        <Button size="sm" to={next.to}>
          {t(`inbox.go.${next.what}`)}
        </Button>
        {isUnread && (
          <IconButton size="sm" icon="check" label={`${t('inbox.acknowledge')}: ${entry.number}`} onClick={() => onAcknowledge(entry.number)} />
        )}
        <IconButton
          size="sm"
          icon="download"
          label={`XML: ${entry.number}`}
          onClick={() => void download(`/api/notifications/${entry.number}/xml`)}
        />
      </div>
    </li>
  )
}

/** Filters and place stand in the address. `from` reads upwards from a number, `before` pages back from the latest. */
const useInbox = () => {
  const [search, setSearch] = useSearchParams()
  const show = search.get('show') ?? 'all'
  const from = Number(search.get('from')) || null
  const before = Number(search.get('before')) || null
  const code = search.get('code') ?? ''
  const mrn = search.get('mrn') ?? ''
  const set = (changes: Record<string, string | null>): void =>
    setSearch(
      (now) => {
        for (const [name, value] of Object.entries(changes)) {
          if (value) now.set(name, value)
          else now.delete(name)
        }
        return now
      },
      { replace: true },
    )
  const query = {
    limit: size,
    unread: show === 'unread' || undefined,
    code,
    mrn: mrn.length === 18 ? mrn : undefined,
    ...(from === null ? { newestFirst: true, before } : { after: from - 1 }),
  }
  return { show, from, before, code, mrn, set, query }
}

const Filters = ({ inbox, unread, onAcknowledgeAll }: { inbox: ReturnType<typeof useInbox>; unread: number; onAcknowledgeAll: () => void }) => {
  const { t } = useTranslation(['trade', 'declaration'])
  const reset = { from: null, before: null }
  return (
    <div className={css.filters}>
      <Select
        width="s"
        label={t('inbox.filter')}
        value={inbox.show}
        options={[
          { value: 'all', label: t('inbox.all') },
          { value: 'unread', label: t('inbox.unread') },
        ]}
        onChange={(show) => inbox.set({ ...reset, show: show === 'unread' ? show : null })}
      />
      <Select
        width="m"
        label={t('inbox.code')}
        value={inbox.code}
        nothing={t('inbox.anyCode')}
        options={messageCodes.map((value) => ({ value, label: t(`declaration:message.${value}.name`) }))}
        onChange={(code) => inbox.set({ ...reset, code: code ?? null })}
      />
      <TextField
        width="m"
        mono
        upper
        label={t('inbox.mrn')}
        maxLength={18}
        value={inbox.mrn}
        onChange={(mrn) => inbox.set({ ...reset, mrn: mrn ?? null })}
      />
      <TextField
        width="s"
        label={t('inbox.from')}
        inputMode="numeric"
        value={inbox.from === null ? '' : String(inbox.from)}
        onChange={(text) => inbox.set({ before: null, from: text?.replace(/\D/g, '') || null })}
      />
      {unread > 0 && <Button onClick={onAcknowledgeAll}>{t('inbox.acknowledgeAll')}</Button>}
    </div>
  )
}

const Foot = ({ inbox, rows, total }: { inbox: ReturnType<typeof useInbox>; rows: readonly InboxEntry[]; total: number }) => {
  const { t } = useTranslation('trade')
  const lowest = Math.min(...rows.map((row) => row.number))
  const highest = Math.max(...rows.map((row) => row.number))
  const isFull = rows.length === size
  return (
    <Row end>
      <span className="muted number">{t('inbox.range', { from: lowest, to: highest, total })}</span>
      {(inbox.before !== null || inbox.from !== null) && (
        <Button size="sm" onClick={() => inbox.set({ before: null, from: null })}>
          {t('inbox.latest')}
        </Button>
      )}
      {isFull && inbox.from === null && (
        <Button size="sm" onClick={() => inbox.set({ before: String(lowest) })}>
          {t('inbox.older')}
        </Button>
      )}
      {isFull && inbox.from !== null && (
        <Button size="sm" onClick={() => inbox.set({ from: String(highest + 1) })}>
          {t('inbox.newer')}
        </Button>
      )}
    </Row>
  )
}

const InboxPage = () => {
  const { t } = useTranslation('trade')
  const client = useQueryClient()
  const inbox = useInbox()
  const [news, setNews] = useState(0)
  const found = useQuery({
    queryKey: ['inbox', inbox.query],
    queryFn: ({ signal }) => get<Inbox>('/api/notifications', inbox.query, { signal }),
    placeholderData: keepPreviousData,
    refetchOnMount: 'always',
  })
  useLive('notification', () => setNews((n) => n + 1))
  const refresh = async (): Promise<void> => {
    setNews(0)
    await client.invalidateQueries({ queryKey: ['inbox'] })
  }
  const acknowledge = useCommand<{ upTo: number }, { acknowledged: number }>({
    path: '/api/notifications/acknowledge',
    refresh: [['inbox'], ['count'], ['dashboard']],
    onDone: ({ acknowledged }) => toast(t('inbox.acknowledged', { count: acknowledged }), { tone: 'ok' }),
  })
  const page = found.data
  const isFiltered = inbox.show !== 'all' || inbox.code !== '' || inbox.mrn !== '' || inbox.from !== null
  return (
    <Page
      title={t('inbox.title')}
      lead={<Filters inbox={inbox} unread={page?.unread ?? 0} onAcknowledgeAll={() => void acknowledge.run({ upTo: page?.last ?? 0 })} />}
    >
      {found.error && <ProblemNote problem={problemIn(found.error)} onRetry={() => void found.refetch()} />}
      {acknowledge.problem && <ProblemNote problem={acknowledge.problem} />}
      {found.isPending && <Loading />}
      {page && (
        <Section
          title={t('inbox.list')}
          count={page.unread}
          flush
          actions={
            news > 0 && (
              <Button size="sm" icon="refresh" onClick={() => void refresh()}>
                {t('inbox.news', { count: news })}
              </Button>
            )
          }
        >
          {page.rows.length === 0 && (
            <Empty
              title={
                page.total === 0
                  ? t('inbox.empty')
                  : inbox.show === 'unread' && inbox.code === '' && inbox.mrn === ''
                    ? t('inbox.noneUnread')
                    : t('inbox.noneFit')
              }
              text={page.total === 0 ? t('inbox.emptyText') : undefined}
              action={
                isFiltered ? (
                  <Button onClick={() => inbox.set({ show: null, code: null, mrn: null, from: null, before: null })}>{t('inbox.showAll')}</Button>
                ) : undefined
              }
            />
          )}
          <ol className={css.rows}>
            {page.rows.map((entry) => (
              <Entry key={entry.number} entry={entry} onAcknowledge={(upTo) => void acknowledge.run({ upTo })} />
            ))}
          </ol>
        </Section>
      )}
      {page && page.rows.length > 0 && <Foot inbox={inbox} rows={page.rows} total={page.total} />}
    </Page>
  )
}

export default InboxPage
