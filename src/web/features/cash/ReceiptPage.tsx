/** A receipt, for the payer: one page, black on white. */
import { useQuery } from '@tanstack/react-query'
import { useEffect } from 'react'
import { useTranslation } from 'react-i18next'
import { useNavigate, useParams, useSearchParams } from 'react-router'
import type { Receipt } from '#schema/duty'
import { get, problemOf } from '../../app/api.ts'
import { Button } from '../../ui/Button.tsx'
import { ProblemNote } from '../../ui/IssueList.tsx'
import { useKeys } from '../../ui/keys.ts'
import { KeyValue, Loading, Row, Section, Stack } from '../../ui/Layout.tsx'
import { Page } from '../../ui/Page.tsx'
import { Id, Instant, Money } from '../../ui/Values.tsx'
import { Barcode } from '../declaration/Barcode.tsx'
import { Firm, OfficeName } from '../declaration/firm.tsx'
import { addresses } from './addresses.ts'
import css from './cash.module.css'

const ReceiptPage = () => {
  const { number = '' } = useParams()
  const { t } = useTranslation('cash')
  const navigate = useNavigate()
  const [search] = useSearchParams()
  const found = useQuery({
    queryKey: ['receipt', number],
    queryFn: ({ signal }) => get<Receipt>(addresses.receipt(number), {}, { signal }),
    staleTime: Infinity,
  })
  const isFresh = search.has('print')
  const problem = problemOf(found.error)
  useEffect(() => {
    if (found.data && isFresh) window.print()
  }, [found.data, isFresh])
  useKeys(
    [
      { keys: 'p', label: t('print'), run: () => window.print() },
      { keys: 'n', label: t('next'), run: () => void navigate('/cash') },
    ],
    { group: t('receipt') },
  )
  return (
    <Page
      title={t('receiptNo', { number })}
      crumbs={[{ label: t('title'), to: '/cash' }]}
      narrow
      actions={
        <Row>
          <Button icon="print" onClick={() => window.print()}>
            {t('print')}
          </Button>
          <Button kind="primary" to="/cash">
            {t('next')}
          </Button>
        </Row>
      }
    >
      {found.isPending && <Loading />}
      {problem && <ProblemNote problem={problem} />}
      {found.data && <Paper receipt={found.data} />}
    </Page>
  )
}
export default ReceiptPage

const Paper = ({ receipt }: { receipt: Receipt }) => {
  const { t } = useTranslation('cash')
  return (
    <Section title={t('receiptNo', { number: receipt.number })}>
      <Stack>
        <Barcode text={receipt.number} label={t('barcode', { number: receipt.number })} />
        <KeyValue
          columns={2}
          items={[
            { label: t('find'), value: <Id value={receipt.reference} label={t('find')} /> },
            { label: t('payer'), value: <Firm registration={receipt.payer} /> },
            { label: t('at'), value: <Instant at={receipt.at} /> },
            { label: t('method'), value: t(`methodName.${receipt.method}`) },
            { label: t('office'), value: receipt.office ? <OfficeName code={receipt.office} /> : '–' },
            { label: t('cashier'), value: receipt.cashier ?? '–' },
          ]}
        />
        <p className={css.received}>
          {t('received')}{' '}
          <strong className={css.outstanding}>
            <Money value={receipt.money} />
          </strong>
        </p>
      </Stack>
    </Section>
  )
}
