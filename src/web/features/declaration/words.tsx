// States and turns in words: the one sentence that says how a declaration stands.
import { useCallback } from 'react'
import { useTranslation } from 'react-i18next'
import type { CaseView, DeclarationRow, Status } from '#schema/clearance'
import { StatusBadge, type Tone } from '../../ui/Badge.tsx'
import { useSession } from '../../app/session.ts'

export const statusTone: Record<Status, Tone> = {
  lodged: 'info',
  rejected: 'danger',
  accepted: 'info',
  'under-control': 'warning',
  'payment-due': 'warning',
  released: 'ok',
  cleared: 'ok',
  exited: 'neutral',
  invalidated: 'neutral',
  seized: 'danger',
}

export const Standing = ({ status }: { status: Status }) => {
  const { t } = useTranslation('declaration')
  return <StatusBadge tone={statusTone[status]}>{t(`status.${status}`)}</StatusBadge>
}

/** How it stands and whose turn it is, in one sentence. */
export const useSentence = (): ((view: Pick<CaseView, 'status' | 'turn' | 'state'>) => string) => {
  const { t } = useTranslation('declaration')
  return ({ status, turn, state }) => {
    if (state.request) return t(`sentence.request.${state.request.kind}`)
    if (status !== 'under-control') return t(`sentence.${status}`)
    if (state.controls.some((control) => control.status === 'discrepant') && turn.for !== 'agency' && turn.for !== 'trader')
      return t('sentence.difference')
    return t(`sentence.under-control.${turn.for}`)
  }
}

/** Names of organisations that this person stands for, by registration: what a broker knows them by. */
export const useClientName = (): ((registration: string | undefined) => string | undefined) => {
  const { represents } = useSession()
  return useCallback((registration) => represents.find((one) => one.registration === registration)?.name, [represents])
}

export const useForWhom = (): ((row: Pick<DeclarationRow, 'declarant' | 'trader'>) => string) => {
  const name = useClientName()
  return useCallback((row) => name(row.trader) ?? row.trader, [name])
}
