// How much of a quota or licence is left or used, as a bar with its words.
import { useTranslation } from 'react-i18next'
import { Decimal, decimal } from '#kernel/decimal.ts'
import { formatPercent } from '../../../i18n/format.ts'
import css from './quota.module.css'

export type BarProps = { part: string; whole: string; words: string; /** the bar is a warning from here, 0 to 1 */ low: (share: number) => boolean }

export const Bar = ({ part, whole, words, low }: BarProps) => {
  const { i18n } = useTranslation()
  const all = decimal(whole)
  const share = all.lte(0) ? 0 : Decimal.max(0, Decimal.min(1, decimal(part).div(all))).toNumber()
  return (
    <span className={css.bar} data-low={low(share) || undefined} title={words}>
      <span className={css.track} aria-hidden="true">
        <span className={css.fill} style={{ inlineSize: `${share * 100}%` }} />
      </span>
      <span className="visually-hidden">{words}</span>
      <span aria-hidden="true">{formatPercent(share, i18n.language)}</span>
    </span>
  )
}
