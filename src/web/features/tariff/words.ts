// Words that several screens of the tariff share.
import { useCallback } from 'react'
import { useTranslation } from 'react-i18next'
import type { MeasureType } from '#schema/trade'

/** The kind of a measure in the reader's language; a kind that nobody here knows keeps its own name, or its code. */
export const useTypeName = (): ((code: string, own?: string) => string) => {
  const { t } = useTranslation('measures')
  return useCallback((code: string, own?: string) => t(code as MeasureType, { defaultValue: own ?? code }), [t])
}
