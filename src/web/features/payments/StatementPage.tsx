/** What a deferment account owes for one month: a page to print, black on white, and to check movement by movement. */
import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { useParams } from 'react-router'
import type { DefermentStatement } from '#schema/duty'
import { get, problemIn } from '../../app/api.ts'
import { Button } from '../../ui/Button.tsx'
import { ProblemNote } from '../../ui/IssueList.tsx'
import { KeyValue, Loading } from '../../ui/Layout.tsx'
import { Page } from '../../ui/Page.tsx'
import { Id, Instant, LegalDate, Money } from '../../ui/Values.tsx'
import { Barcode } from '../declaration/Barcode.tsx'
import { Firm } from '../declaration/firm.tsx'
import css from './payments.module.css'

const Movements = ({ statement }: { statement: DefermentStatement }) => {
  const { t } = useTranslation('payments')
  return (
    <div className={css.scroll} role="group" aria-label={t('account.moves')} tabIndex={0}>
      <table className={css.table}>
        <thead>
          <tr>
            <th scope="col">{t('account.row.at')}</th>
            <th scope="col">{t('account.row.reference')}</th>
            <th scope="col">{t('account.row.taxes')}</th>
            <th scope="col" data-end>
              {t('account.row.money')}
            </th>
          </tr>
        </thead>
        <tbody>
          {statement.rows.map((row, at) => (
            <tr key={at}>
              <th scope="row">
                <Instant at={row.at} />
              </th>
              <td>
                <Id value={row.reference} plain />
              </td>
              <td className="mono">{row.taxTypes}</td>
              <td data-end>
                <Money value={row.money} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}

const Paper = ({ statement: s }: { statement: DefermentStatement }) => {
  const { t } = useTranslation('payments')
  return (
    <article className={css.paper}>
      <div className={css.paperHead}>
        <div>
          <p className="muted">{t('receipt.of')}</p>
          <h2 className={css.paperTitle}>{t('statement.title', { number: s.number })}</h2>
        </div>
        <Barcode text={s.number} label={t('statement.title', { number: s.number })} />
      </div>
      <KeyValue
        columns={2}
        items={[
          {
            label: t('statement.due'),
            value: (
              <strong className={css.amount}>
                <Money value={s.due} />
              </strong>
            ),
          },
          { label: t('statement.dueOn'), value: <LegalDate date={s.dueOn} /> },
          { label: t('account.owner'), value: <Firm registration={s.owner} /> },
          { label: t('account.code'), value: <Id value={s.account} plain /> },
          { label: t('statement.month'), value: <LegalDate date={s.month} /> },
          { label: t('statement.collection'), value: t(`statement.by.${s.collection}`) },
          { label: t('statement.opening'), value: <Money value={s.opening} /> },
          { label: t('statement.charged'), value: <Money value={s.charged} /> },
          { label: t('statement.paid'), value: <Money value={s.paid} /> },
          { label: t('statement.paidSince'), value: <Money value={s.paidSince} /> },
        ]}
      />
      <Movements statement={s} />
    </article>
  )
}

const StatementPage = () => {
  const { number = '' } = useParams()
  const { t } = useTranslation('payments')
  const found = useQuery({
    queryKey: ['statement', number],
    queryFn: ({ signal }) => get<DefermentStatement>(`/api/deferment-statements/${encodeURIComponent(number)}`, {}, { signal }),
  })
  return (
    <Page
      title={t('statement.title', { number })}
      crumbs={[{ label: t('title'), to: '/payments?tab=statements' }]}
      actions={
        <Button kind="primary" icon="print" onClick={() => window.print()}>
          {t('receipt.print')}
        </Button>
      }
    >
      {found.error && <ProblemNote problem={problemIn(found.error)} onRetry={() => void found.refetch()} />}
      {found.isPending && <Loading />}
      {found.data && <Paper statement={found.data} />}
    </Page>
  )
}

export default StatementPage
