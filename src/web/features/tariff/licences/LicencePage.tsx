/** One licence: what is left, every write-off, and its suspension. */
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Link, useParams } from 'react-router'
import type { ChangeLicence, LicenceUse, LicenceView } from '#schema/trade'
import { get, problemIn } from '../../../app/api.ts'
import { useCan } from '../../../app/session.ts'
import { useCommand } from '../../../app/use-command.ts'
import { Button } from '../../../ui/Button.tsx'
import { ProblemNote } from '../../../ui/IssueList.tsx'
import { Empty, KeyValue, Loading, Row, Section, Summary, SummaryFact } from '../../../ui/Layout.tsx'
import { Page } from '../../../ui/Page.tsx'
import { Id, Instant, LegalDate, Money, Quantity } from '../../../ui/Values.tsx'
import { Firm, OfficeName } from '../../declaration/firm.tsx'
import { ReasonDialog } from '../../people/ReasonDialog.tsx'
import quotaCss from '../quotas/quota.module.css'
import { LicenceBadge, UseBar } from './words.tsx'

type Action = ChangeLicence['action']
const possible: Readonly<Record<LicenceView['licence']['status'], readonly Action[]>> = {
  active: ['suspend', 'revoke'],
  suspended: ['resume', 'revoke'],
  revoked: [],
}

const Uses = ({ uses, unit }: { uses: readonly LicenceUse[]; unit: string }) => {
  const { t } = useTranslation('quota')
  if (uses.length === 0) return <Empty title={t('licences.noUses')} />
  return (
    <div className={quotaCss.scroll}>
      <table className={quotaCss.table}>
        <thead>
          <tr>
            <th scope="col">{t('claims.reference')}</th>
            <th scope="col">{t('licences.at')}</th>
            <th scope="col" data-end>
              {t('licences.quantity')}
            </th>
            <th scope="col">{t('licences.back')}</th>
          </tr>
        </thead>
        <tbody>
          {uses.map((u) => (
            <tr key={u.id}>
              <td>
                <Link to={`/declarations/${u.reference}`}>
                  <Id value={u.reference} plain />
                </Link>{' '}
                <span className="muted">
                  {t('claims.item')} {u.itemNumber}
                </span>
              </td>
              <td>
                <Instant at={u.at} />
              </td>
              <td data-end>
                <Quantity value={u.quantity} unit={unit} />
              </td>
              <td>{u.returnedAt && <Instant at={u.returnedAt} form="relative" />}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}

const Actions = ({ view, refresh }: { view: LicenceView; refresh: () => Promise<unknown> }) => {
  const { t } = useTranslation('quota')
  const [asked, setAsked] = useState<Action | null>(null)
  const { licence } = view
  const change = useCommand<ChangeLicence>({ path: `/api/trade/licences/${licence.id}/change`, refresh: [['list']], onDone: () => void refresh() })
  return (
    <Row>
      {possible[licence.status].map((action) => (
        <Button key={action} onClick={() => setAsked(action)}>
          {t(`licences.${action}`)}
        </Button>
      ))}
      {asked && (
        <ReasonDialog
          title={t(`licences.${asked}`)}
          text={t(`licences.${asked}Text`)}
          confirm={t(`licences.${asked}`)}
          danger={asked === 'revoke'}
          onClose={() => setAsked(null)}
          run={(reason) => change.run({ action: asked, reason })}
        />
      )}
    </Row>
  )
}

const Standing = ({ licence: l }: { licence: LicenceView['licence'] }) => {
  const { t } = useTranslation('quota')
  return (
    <>
      <Summary>
        <SummaryFact label={t('status')}>
          <LicenceBadge status={l.status} />
        </SummaryFact>
        <SummaryFact label={t('licences.usage')}>
          <UseBar licence={l} />
        </SummaryFact>
        <SummaryFact label={t('licences.quantity')}>{l.quantity ? <Quantity value={l.quantity} unit={l.unit!} /> : null}</SummaryFact>
        {l.valueMinor !== null && (
          <SummaryFact label={t('licences.value')}>
            <Money value={{ minor: l.valueMinor, currency: l.currency! }} />
          </SummaryFact>
        )}
        <SummaryFact label={t('licences.tolerance')}>
          <Quantity value={l.tolerancePercent} unit="%" />
        </SummaryFact>
      </Summary>
      <KeyValue
        columns={4}
        items={[
          { label: t('licences.holder'), value: <Firm registration={l.holder} label={l.holder} /> },
          { label: t('commodities'), value: <span className="mono">{l.commodities.join(', ')}</span> },
          { label: t('origins'), value: l.origins.length > 0 ? l.origins.join(', ') : t('anyOrigin') },
          { label: t('licences.from'), value: <LegalDate date={l.validFrom} /> },
          { label: t('licences.to'), value: <LegalDate date={l.validTo} /> },
          { label: t('licences.office'), value: <OfficeName code={l.office} /> },
          ...(l.orderNumber ? [{ label: t('licences.quotaOrder'), value: <Link to={`/quotas/${l.orderNumber}`}>{l.orderNumber}</Link> }] : []),
        ]}
      />
    </>
  )
}

const LicencePage = () => {
  const { id = '' } = useParams()
  const { t } = useTranslation('quota')
  const can = useCan()
  const found = useQuery({ queryKey: ['licence', id], queryFn: ({ signal }) => get<LicenceView>(`/api/trade/licences/${id}`, {}, { signal }) })
  const view = found.data
  return (
    <Page
      title={view ? `${view.licence.documentCode} ${view.licence.number}` : ''}
      crumbs={[{ label: t('licences.title'), to: '/licences' }]}
      actions={view && can('trade:licence:manage') ? <Actions view={view} refresh={() => found.refetch()} /> : undefined}
    >
      {found.error && <ProblemNote problem={problemIn(found.error)} onRetry={() => void found.refetch()} />}
      {found.isPending && <Loading />}
      {view && (
        <>
          <Standing licence={view.licence} />
          <Section title={t('licences.uses')}>
            <Uses uses={view.uses} unit={view.licence.unit ?? ''} />
          </Section>
        </>
      )}
    </Page>
  )
}
export default LicencePage
