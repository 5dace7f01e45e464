/** A receipt, for the payer's books: one page, black on white. */
import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { useParams } from 'react-router'
import type { Receipt } from '#schema/duty'
import { get, problemIn } from '../../app/api.ts'
import { Button } from '../../ui/Button.tsx'
import { ProblemNote } from '../../ui/IssueList.tsx'
import { KeyValue, Loading } from '../../ui/Layout.tsx'
import { Page } from '../../ui/Page.tsx'
import { Id, Instant, Money } from '../../ui/Values.tsx'
import { Barcode } from '../declaration/Barcode.tsx'
import { Firm, OfficeName } from '../declaration/firm.tsx'
import css from './payments.module.css'

const ReceiptPage = () => {
  const { number = '' } = useParams()
  const { t } = useTranslation('payments')
  const found = useQuery({
    queryKey: ['receipt', number],
    queryFn: ({ signal }) => get<Receipt>(`/api/receipts/${encodeURIComponent(number)}`, {}, { signal }),
    staleTime: Infinity,
  })
  const receipt = found.data
  return (
    <Page
      title={t('receipt.title', { number })}
      crumbs={[{ label: t('title'), to: '/payments?tab=receipts' }]}
      actions={
        <Button kind="primary" icon="print" onClick={() => window.print()}>
          {t('receipt.print')}
        </Button>
      }
    >
      {found.error && <ProblemNote problem={problemIn(found.error)} onRetry={() => void found.refetch()} />}
      {found.isPending && <Loading />}
      {receipt && (
        <article className={css.paper}>
          <div className={css.paperHead}>
            <div>
              <p className="muted">{t('receipt.of')}</p>
              <h2 className={css.paperTitle}>{t('receipt.title', { number: receipt.number })}</h2>
            </div>
            <Barcode text={receipt.number} label={t('receipt.barcode', { number: receipt.number })} />
          </div>
          <KeyValue
            columns={2}
            items={[
              {
                label: t('receipt.money'),
                value: (
                  <strong className={css.amount}>
                    <Money value={receipt.money} />
                  </strong>
                ),
              },
              { label: t('receipt.date'), value: <Instant at={receipt.at} /> },
              { label: t('receipt.received'), value: <Firm registration={receipt.payer} /> },
              { label: t('receipt.forWhat'), value: <Id value={receipt.reference} plain /> },
              { label: t('receipt.method'), value: t(`pay.methodName.${receipt.method}`) },
              ...(receipt.office ? [{ label: t('receipt.office'), value: <OfficeName code={receipt.office} /> }] : []),
              ...(receipt.cashier ? [{ label: t('receipt.cashier'), value: receipt.cashier }] : []),
            ]}
          />
        </article>
      )}
    </Page>
  )
}

export default ReceiptPage
