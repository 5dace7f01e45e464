/**
 * `<PlainTable caption={t('lines')} head={[{ text: t('tax') }, { text: t('amount'), end: true }]} rows={[[{ text: 'A00' }, { text: '12.00', end: true }]]} />`:
 * a small table of few rows, without paging or sorting; the first column heads its row, `end` aligns figures. Long lists take DataTable.
 */
import type { ReactNode } from 'react'
import css from './PlainTable.module.css'

export type Cell = { text: ReactNode; end?: boolean }

export const PlainTable = ({ caption, head, rows }: { caption: string; head: readonly Cell[]; rows: readonly (readonly Cell[])[] }) => (
  <div className={css.scroll} role="group" aria-label={caption} tabIndex={0}>
    <table className={css.table}>
      <thead>
        <tr>
          {head.map((cell, at) => (
            <th key={at} scope="col" data-end={cell.end || undefined}>
              {cell.text}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.map((row, n) => (
          <tr key={n}>
            {row.map((cell, at) =>
              at === 0 ? (
                <th key={at} scope="row">
                  {cell.text}
                </th>
              ) : (
                <td key={at} data-end={cell.end || undefined}>
                  {cell.text}
                </td>
              ),
            )}
          </tr>
        ))}
      </tbody>
    </table>
  </div>
)
