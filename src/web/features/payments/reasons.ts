/** Why a debt is not covered, in words. */
import { useCallback } from 'react'
import { useTranslation } from 'react-i18next'

const known = ['unpaid', 'cover_short', 'account_missing', 'account_unknown', 'account_blocked', 'account_foreign'] as const

export const useReason = (): ((code: string) => string) => {
  const { t } = useTranslation('payments')
  return useCallback((code) => t(`reason.${known.find((name) => code === `duty.${name}`) ?? 'other'}`), [t])
}
