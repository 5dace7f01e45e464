// What several pages of revenue show: tones of states, an amount that people type, the reading of one thing.
import { useQuery, type UseQueryResult } from '@tanstack/react-query'
import { Link } from 'react-router'
import { get } from '../../app/api.ts'
import { useLive } from '../../app/live.ts'
import type { Tone } from '../../ui/Badge.tsx'
import { Id } from '../../ui/Values.tsx'

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
