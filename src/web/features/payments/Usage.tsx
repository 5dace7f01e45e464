// How much of an account is used, as a bar with its words.
import { useTranslation } from 'react-i18next'
import type { AccountView } from '#schema/duty'
import { formatAmount } from '../../i18n/format.ts'
import { Money } from '../../ui/Values.tsx'
import css from './payments.module.css'

export const Usage = ({ account }: { account: AccountView }) => {
  const { t, i18n } = useTranslation('payments')
  if (account.limit.minor <= 0) return <Money value={account.balance} />
  const share = Math.min(100, Math.max(0, Math.round((account.used.minor / account.limit.minor) * 100)))
  const words = t('account.usedOf', { used: formatAmount(account.used, i18n.language), limit: formatAmount(account.limit, i18n.language) })
  return (
    <span className={css.usage} data-high={share >= 80 || undefined} title={words}>
      <span className={css.track} aria-hidden="true">
        <span className={css.fill} style={{ inlineSize: `${share}%` }} />
      </span>
      <span className="visually-hidden">{words}</span>
      <span aria-hidden="true">{new Intl.NumberFormat(i18n.language, { style: 'percent' }).format(share / 100)}</span>
    </span>
  )
}
