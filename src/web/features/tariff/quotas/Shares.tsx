/** `<Shares state={state} />`: what a declaration claimed of quotas and wrote off licences, and how that stands. Nothing when it did neither. */
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import type { DeclarationState } from '#schema/clearance'
import { StatusBadge } from '../../../ui/Badge.tsx'
import { Section } from '../../../ui/Layout.tsx'
import { Id, Quantity } from '../../../ui/Values.tsx'
import css from './quota.module.css'

const Claimed = ({ claims }: { claims: NonNullable<DeclarationState['quotas']>['claims'] }) => {
  const { t } = useTranslation('quota')
  return (
    <Section title={t('title')} flush>
      <div className={css.scroll}>
        <table className={css.table}>
          <thead>
            <tr>
              <th scope="col">{t('claims.item')}</th>
              <th scope="col">{t('order')}</th>
              <th scope="col" data-end>
                {t('claims.asked')}
              </th>
              <th scope="col" data-end>
                {t('claims.got')}
              </th>
              <th scope="col">{t('status')}</th>
            </tr>
          </thead>
          <tbody>
            {Object.entries(claims).map(([item, c]) => (
              <tr key={item}>
                <td>{item}</td>
                <td>
                  <Link to={`/quotas/${c.orderNumber}`}>
                    <Id value={c.orderNumber} plain />
                  </Link>
                </td>
                <td data-end>
                  <Quantity value={c.quantity} unit={c.unit} />
                </td>
                <td data-end>
                  <Quantity value={c.allocated} unit={c.unit} />
                </td>
                <td>
                  <StatusBadge tone={c.allocated === null ? 'info' : 'ok'}>
                    {t(c.allocated === null ? 'claims.pending' : 'claims.allocated')}
                  </StatusBadge>{' '}
                  {c.critical && c.allocated === null && <StatusBadge tone="warning">{t('statuses.critical')}</StatusBadge>}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </Section>
  )
}

const WrittenOff = ({ licences }: { licences: NonNullable<DeclarationState['licences']> }) => {
  const { t } = useTranslation('quota')
  return (
    <Section title={t('licences.title')}>
      <ul>
        {licences.map((l) => (
          <li key={`${l.itemNumber}${l.documentCode}${l.number}`}>
            {t('claims.item')} {l.itemNumber}: <Id value={`${l.documentCode} ${l.number}`} plain />{' '}
            <StatusBadge tone={l.problems.length === 0 ? 'ok' : 'danger'}>
              {t(l.problems.length === 0 ? 'licences.writtenOff' : 'licences.notWrittenOff')}
            </StatusBadge>
          </li>
        ))}
      </ul>
    </Section>
  )
}

export const Shares = ({ state }: { state: Pick<DeclarationState, 'quotas' | 'licences'> }) => (
  <>
    {state.quotas && Object.keys(state.quotas.claims).length > 0 && <Claimed claims={state.quotas.claims} />}
    {state.licences && state.licences.length > 0 && <WrittenOff licences={state.licences} />}
  </>
)
