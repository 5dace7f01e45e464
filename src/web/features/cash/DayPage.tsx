/** End of the day: the sum of the receipts, what was counted, the difference. */
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useSearchParams } from 'react-router'
import type { Money as MoneyValue } from '#kernel/money.ts'
import type { DeskDay } from '#schema/duty'
import { get, problemOf } from '../../app/api.ts'
import { useSession } from '../../app/session.ts'
import { useCommand } from '../../app/use-command.ts'
import { formatAmount } from '../../i18n/format.ts'
import { StatusBadge } from '../../ui/Badge.tsx'
import { Button } from '../../ui/Button.tsx'
import { useConfirm } from '../../ui/Dialog.tsx'
import { DateField, DecimalField } from '../../ui/fields.tsx'
import { ProblemNote } from '../../ui/IssueList.tsx'
import { Empty, KeyValue, Loading, Note, Section, Stack } from '../../ui/Layout.tsx'
import { Page } from '../../ui/Page.tsx'
import { Instant, Money } from '../../ui/Values.tsx'
import { addresses } from './addresses.ts'
import { CashLinks } from './CashLinks.tsx'
import { amountOf, balanceOf } from './counting.ts'
import css from './cash.module.css'

const DayPage = () => {
  const { t } = useTranslation('cash')
  const [search, setSearch] = useSearchParams()
  const date = search.get('date') ?? undefined
  const found = useQuery({ queryKey: ['cash', 'days', date ?? ''], queryFn: ({ signal }) => get<DeskDay[]>(addresses.days, { date }, { signal }) })
  const problem = problemOf(found.error)
  return (
    <Page
      title={t('closeDay')}
      crumbs={[{ label: t('title'), to: '/cash' }]}
      lead={<CashLinks />}
      actions={<DateField label={t('date')} value={date ?? ''} onChange={(next) => setSearch(next ? { date: next } : {})} />}
    >
      <Stack>
        {found.isPending && <Loading />}
        {problem && <ProblemNote problem={problem} onRetry={() => void found.refetch()} />}
        {found.data?.length === 0 && <Empty title={t('noDays')} text={t('noDaysText')} />}
        {found.data?.map((day) => (
          <Day key={`${day.date}${day.office}${day.cashierId}${day.currency}`} day={day} />
        ))}
      </Stack>
    </Page>
  )
}
export default DayPage

const Day = ({ day }: { day: DeskDay }) => {
  const { t } = useTranslation('cash')
  const { person } = useSession()
  const mine = day.cashierId === person.id
  const closed = day.closed
  return (
    <Section
      title={`${day.date} · ${day.cashier}`}
      actions={<StatusBadge tone={closed ? 'neutral' : 'info'}>{closed ? t('closed') : t('open')}</StatusBadge>}
    >
      <Stack>
        <KeyValue
          columns={4}
          items={[
            { label: t('office'), value: <span className="mono">{day.office}</span> },
            { label: t('receipts'), value: day.receipts },
            // The drawer is counted before one sees what it should hold.
            ...(closed || !mine ? [{ label: t('sum'), value: <Money value={day.sum} /> }] : []),
            ...(closed
              ? [
                  { label: t('counted'), value: <Money value={closed.counted} /> },
                  { label: t('difference'), value: <Money value={closed.difference} /> },
                  { label: t('at'), value: <Instant at={closed.at} /> },
                ]
              : []),
          ]}
        />
        {closed && <Note tone={closed.difference.minor === 0 ? 'ok' : 'warning'} title={t(balanceOf(closed.difference))} />}
        {!closed && mine && <Close day={day} />}
      </Stack>
    </Section>
  )
}

const Close = ({ day }: { day: DeskDay }) => {
  const { t, i18n } = useTranslation('cash')
  const ask = useConfirm()
  const [typed, setTyped] = useState<string>()
  const counted = amountOf(typed, day.currency)
  const close = useCommand<{ date: string; office: string; counted: MoneyValue }, DeskDay>({ path: addresses.close, refresh: [['cash']] })
  const run = async (): Promise<void> => {
    if (!counted) return
    const sure = await ask({
      title: t('closeQuestion', { counted: `${formatAmount(counted, i18n.language)} ${counted.currency}` }),
      text: t('closeText'),
      confirm: t('closeDay'),
    })
    if (sure) await close.run({ date: day.date, office: day.office, counted })
  }
  return (
    <Stack>
      <p className="muted">{t('closeText')}</p>
      <div className={css.find}>
        <DecimalField label={t('counted')} unit={day.currency} value={typed ?? ''} onChange={setTyped} />
        <Button kind="primary" disabled={!counted} pending={close.pending} onClick={() => void run()}>
          {t('closeDay')}
        </Button>
      </div>
      {close.problem && <ProblemNote problem={close.problem} />}
    </Stack>
  )
}
