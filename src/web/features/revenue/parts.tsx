// What several pages of revenue show: a plain table, tones of states, an amount that people type, the reading of one thing.
import { useQuery, type UseQueryResult } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { Link } from 'react-router'
import { get } from '../../app/api.ts'
import { useLive } from '../../app/live.ts'
import type { Tone } from '../../ui/Badge.tsx'
import { Id } from '../../ui/Values.tsx'
import css from './revenue.module.css'

export const refundTone = { requested: 'info', proposed: 'warning', approved: 'accent', paid: 'ok', refused: 'neutral' } as const satisfies Record<
  string,
  Tone
>
export const claimTone = { demanded: 'info', reminded: 'warning', enforcement: 'danger', closed: 'neutral' } as const satisfies Record<string, Tone>
export const planTone = { requested: 'info', active: 'accent', completed: 'ok', defaulted: 'danger', refused: 'neutral' } as const satisfies Record<
  string,
  Tone
>
export const partTone = { paid: 'ok', due: 'warning', overdue: 'danger', coming: 'neutral' } as const satisfies Record<string, Tone>
export const guaranteeTone = { open: 'ok', blocked: 'danger', closed: 'neutral', expired: 'warning' } as const satisfies Record<string, Tone>

export type Cell = { text: ReactNode; end?: boolean }

/** A small table of few rows; the first column heads its row. */
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

/** One thing by its address, read again when its topic has news of it. */
export const useOne = <T,>(topic: string, id: string, path: string): UseQueryResult<T> => {
  const found = useQuery({ queryKey: [topic, id], queryFn: ({ signal }) => get<T>(path, {}, { signal }) })
  useLive(topic, (change) => (change.id === id || change.id === '*') && void found.refetch())
  return found
}

/** An MRN leads to its declaration, everything else is only named. */
export const Reference = ({ value }: { value: string }) =>
  /^\d{2}[A-Z]{2}[0-9A-Z]{14}$/.test(value) ? (
    <Link to={`/declarations/${value}`}>
      <Id value={value} plain />
    </Link>
  ) : (
    <Id value={value} plain />
  )
