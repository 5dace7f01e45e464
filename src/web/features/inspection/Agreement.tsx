/** Who agrees with whom: each combination of judgements with its count, and Cohen's κ of each pair. */
import { useTranslation } from 'react-i18next'
import { formatCount, formatDecimal, formatPercent } from '../../i18n/format.ts'
import { Section, Stack } from '../../ui/Layout.tsx'
import { StatusBadge } from '../../ui/Badge.tsx'
import { useConcordance, type ColumnName } from './centre-data.ts'
import css from './centre.module.css'

const judges = ['ai', 'first', 'second', 'opened'] as const

const Said = ({ threat }: { threat: boolean | null }) => {
  const { t } = useTranslation('figures')
  if (threat === null) return <span className="muted">{t('concord.unjudged')}</span>
  return <StatusBadge tone={threat ? 'danger' : 'ok'}>{t(threat ? 'concord.threat' : 'concord.clear')}</StatusBadge>
}

export const Agreement = ({ column }: { column: ColumnName }) => {
  const { t, i18n } = useTranslation('figures')
  const found = useConcordance(column).data
  if (!found) return null
  const two = (value: number): string => formatDecimal(value.toFixed(2), i18n.language)
  return (
    <Section title={t('concord.title')} count={found.n} collapsible>
      {found.n === 0 ? (
        <p className="muted">{t('concord.none')}</p>
      ) : (
        <Stack>
          <div className={css.sheet} tabIndex={0} role="region" aria-label={t('concord.count')}>
            <table className={css.table}>
              <thead>
                <tr>
                  {judges.map((judge) => (
                    <th key={judge} scope="col">
                      {t(`concord.judge.${judge}`)}
                    </th>
                  ))}
                  <th scope="col">{t('concord.count')}</th>
                </tr>
              </thead>
              <tbody>
                {found.cells.map((cell) => (
                  <tr key={judges.map((judge) => String(cell[judge])).join()}>
                    {judges.map((judge) => (
                      <td key={judge}>
                        <Said threat={cell[judge]} />
                      </td>
                    ))}
                    <td className="number">{formatCount(cell.count, i18n.language)}</td>
                  </tr>
                ))}
              </tbody>
            </table>
          </div>
          <div className={css.sheet} tabIndex={0} role="region" aria-label={t('concord.pair')}>
            <table className={css.table}>
              <thead>
                <tr>
                  <th scope="col">{t('concord.pair')}</th>
                  <th scope="col">{t('concord.n')}</th>
                  <th scope="col">{t('concord.observed')}</th>
                  <th scope="col">{t('concord.kappa')}</th>
                </tr>
              </thead>
              <tbody>
                {found.pairs.map(({ a, b, agreement: { n, observed, kappa, low, high } }) => (
                  <tr key={a + b}>
                    <th scope="row">{[a, b].map((judge) => t(`concord.judge.${judge as 'ai'}`)).join(' × ')}</th>
                    <td className="number">{formatCount(n, i18n.language)}</td>
                    <td className="number">{formatPercent(observed, i18n.language)}</td>
                    <td className="number">
                      {kappa === null || low === null || high === null ? t('concord.noKappa') : `${two(kappa)} (${two(low)} – ${two(high)})`}
                    </td>
                  </tr>
                ))}
              </tbody>
            </table>
          </div>
        </Stack>
      )}
    </Section>
  )
}
