/** Referrals that are open and those that are done, of the reader's agency or addressed to the reader; read again on news. */
import { useQuery } from '@tanstack/react-query'
import type { Referral } from '#schema/risk'
import { get } from '../../app/api.ts'
import { useLive } from '../../app/live.ts'

type Found = { rows: Referral[]; total: number }

/** Open ones are few, and all are shown; of those that are done, the latest. */
export const useReferrals = (path: '/api/risk/referrals' | '/api/risk/own-referrals') => {
  const open = useQuery({
    queryKey: ['risk', 'referrals', path, 'open'],
    queryFn: ({ signal }) => get<Found>(path, { open: true, sort: 'deadlineAt', size: 500 }, { signal }),
  })
  const done = useQuery({
    queryKey: ['risk', 'referrals', path, 'done'],
    queryFn: ({ signal }) => get<Found>(path, { open: false, sort: '-updatedAt', size: 50 }, { signal }),
  })
  useLive('referral', () => {
    void open.refetch()
    void done.refetch()
  })
  return { open, done }
}
