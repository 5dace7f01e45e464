/** The books: control totals of what was posted since the last closing, what does not hold, closing the day, closed days. */
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { LedgerDay } from '#schema/duty'
import { get, problemIn } from '../../app/api.ts'
import { useSession } from '../../app/session.ts'
import { useCommand } from '../../app/use-command.ts'
import { formatAmount } from '../../i18n/format.ts'
import { StatusBadge } from '../../ui/Badge.tsx'
import { Button } from '../../ui/Button.tsx'
import { useConfirm } from '../../ui/Dialog.tsx'
import { TextArea } from '../../ui/fields.tsx'
import { ProblemNote } from '../../ui/IssueList.tsx'
import { KeyValue, Loading, Note, Section, Stack } from '../../ui/Layout.tsx'
import { Page } from '../../ui/Page.tsx'
import { PlainTable } from '../../ui/PlainTable.tsx'
import { Id, Instant, Money } from '../../ui/Values.tsx'

const kinds = [
  'cash_account',
  'deferment',
  'guarantee',
  'credit',
  'cash_desk',
  'provider',
  'received',
  'revenue',
  'secured',
  'suspense',
  'payable',
  'written_off',
  'remitted',
] as const

const Totals = ({ day }: { day: LedgerDay }) => {
  const { t, i18n } = useTranslation('revenue')
  const amount = (minor: number, currency: string): string => formatAmount({ minor, currency }, i18n.language)
  const nameOf = (kind: string): string => {
    const known = kinds.find((k) => k === kind)
    return known ? t(`accountKind.${known}`) : kind
  }
  return (
    <PlainTable
      caption={t('totals')}
      head={[
        { text: t('accounts') },
        { text: t('opening'), end: true },
        { text: t('debits'), end: true },
        { text: t('creditsSum'), end: true },
        { text: t('closing'), end: true },
        { text: t('postings'), end: true },
      ]}
      rows={day.totals.map((x) => [
        { text: `${nameOf(x.kind)} (${x.currency})` },
        ...[x.opening, x.debits, x.credits, x.closing].map((minor) => ({ text: amount(minor, x.currency), end: true })),
        { text: x.postings, end: true },
      ])}
    />
  )
}

const Close = ({ day }: { day: LedgerDay }) => {
  const { t } = useTranslation('revenue')
  const ask = useConfirm()
  const [remarks, setRemarks] = useState('')
  const close = useCommand<{ day: string; remarks: string }, LedgerDay>({ path: '/api/ledger-days', refresh: [['ledger-days']] })
  const run = async (): Promise<void> => {
    if (await ask({ title: t('closeQuestion', { day: day.day }), text: t('closeText'), confirm: t('closeBooks') }))
      await close.run({ day: day.day, remarks })
  }
  return (
    <Stack>
      {close.problem && <ProblemNote problem={close.problem} />}
      <TextArea label={t('remarks')} optional rows={2} maxLength={2000} value={remarks} onChange={(text) => setRemarks(text ?? '')} />
      <div>
        <Button kind="primary" pending={close.pending} onClick={() => void run()}>
          {t('closeBooks')}
        </Button>
      </div>
    </Stack>
  )
}

const Day = ({ day }: { day: LedgerDay }) => {
  const { t } = useTranslation('revenue')
  const { permissions } = useSession()
  const isOpen = day.status === 'open'
  return (
    <Section
      title={isOpen ? t('openBooks') : day.day}
      collapsible={!isOpen}
      initiallyClosed={!isOpen}
      actions={<StatusBadge tone={isOpen ? 'info' : 'neutral'}>{t(isOpen ? 'open' : 'closed')}</StatusBadge>}
    >
      <Stack>
        {isOpen && (day.breaches.length === 0 ? <Note tone="ok" title={t('booksHold')} /> : null)}
        {day.breaches.map((b) => (
          <Note key={`${b.invariant}${b.what}`} tone="danger" title={b.invariant}>
            {`${b.what}: ${b.expected} ≠ ${b.found}`}
          </Note>
        ))}
        {day.openDesks.length > 0 && (
          <Note tone="warning" title={t('desksOpen')}>
            {day.openDesks.map((d) => `${d.date} ${d.office} ${d.cashier}`).join('; ')}
          </Note>
        )}
        <Totals day={day} />
        <KeyValue
          items={[
            { label: t('onSuspense'), value: <Money value={day.unmatched} /> },
            ...(day.closedAt
              ? [
                  { label: t('closedBy'), value: day.closedBy ?? '' },
                  { label: t('closedAt'), value: <Instant at={day.closedAt} /> },
                ]
              : []),
            ...(day.hash ? [{ label: t('hash'), value: <Id value={day.hash} label={t('hash')} />, wide: true }] : []),
            ...(day.remarks ? [{ label: t('remarks'), value: day.remarks, wide: true }] : []),
          ]}
        />
        {isOpen && permissions.includes('duty:day:close') && <Close day={day} />}
      </Stack>
    </Section>
  )
}

const BooksPage = () => {
  const { t } = useTranslation('revenue')
  const found = useQuery({ queryKey: ['ledger-days'], queryFn: ({ signal }) => get<LedgerDay[]>('/api/ledger-days', {}, { signal }) })
  return (
    <Page title={t('books')}>
      <Stack>
        {found.error && <ProblemNote problem={problemIn(found.error)} onRetry={() => void found.refetch()} />}
        {found.isPending && <Loading />}
        {found.data?.map((day) => (
          <Day key={`${day.status}${day.day}`} day={day} />
        ))}
      </Stack>
    </Page>
  )
}
export default BooksPage
