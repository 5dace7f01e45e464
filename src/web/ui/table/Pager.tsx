// The foot of a table: which rows of how many, pages, rows a page.
import { useTranslation } from 'react-i18next'
import { formatCount } from '../../i18n/format.ts'
import { IconButton } from '../Button.tsx'
import { sizes, type Page } from './types.ts'
import type { TableAddress } from './use-table-address.ts'
import css from './table.module.css'

export const Pager = ({ page, address }: { page: Page<unknown>; address: TableAddress }) => {
  const { t, i18n } = useTranslation()
  if (page.total === 0) return null
  const last = Math.max(1, Math.ceil(page.total / address.size))
  const from = (address.page - 1) * address.size + 1
  const to = Math.min(page.total, address.page * address.size)
  const number = (count: number): string => formatCount(count, i18n.language)
  return (
    <div className={css.pager}>
      <span className="number" role="status">
        {t('table.range', { from: number(from), to: number(to), total: number(page.total) })}
      </span>
      <label className={css.size}>
        {t('table.size')}
        <select value={address.size} onChange={(event) => address.setSize(Number(event.target.value))}>
          {sizes.map((size) => (
            <option key={size} value={size}>
              {number(size)}
            </option>
          ))}
        </select>
      </label>
      {last > 1 && (
        <nav className={css.pages} aria-label={t('table.pages')}>
          <IconButton
            size="sm"
            icon="chevron-start"
            label={t('table.previousPage')}
            disabled={address.page <= 1}
            onClick={() => address.setPage(address.page - 1)}
          />
          <span className="number">{t('table.page', { page: number(address.page), last: number(last) })}</span>
          <IconButton
            size="sm"
            icon="chevron-end"
            label={t('table.nextPage')}
            disabled={address.page >= last}
            onClick={() => address.setPage(address.page + 1)}
          />
        </nav>
      )}
    </div>
  )
}
