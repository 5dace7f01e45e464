/** What is declared of an image, and how the picture compares. */
import { useQuery, type UseQueryResult } from '@tanstack/react-query'
import { useCallback } from 'react'
import { useTranslation } from 'react-i18next'
import type { DeclaredView, MatchEvidence, StoredMatch } from '#schema/inspection'
import { get } from '../../app/api.ts'
import { formatCount, formatDecimal, formatPercent } from '../../i18n/format.ts'
import type { EvidenceBox, Unit } from '../../viewer/station.ts'
import { imagesPath } from './station-data.ts'

export const useDeclared = (imageId: string): UseQueryResult<DeclaredView> =>
  useQuery({
    queryKey: ['inspection', 'declared', imageId],
    queryFn: ({ signal }) => get<DeclaredView>(`${imagesPath}/${imageId}/declared`, {}, { signal }),
  })

type Metric = MatchEvidence['metric']

/** Shares and ratios as percentages, counts as counts, all else with its unit. */
export const useMetricText = (): ((metric: Metric, value: number) => string) => {
  const { t, i18n } = useTranslation('declared')
  const { language } = i18n
  return useCallback(
    (metric, value) => {
      if (metric === 'unitCount' || metric === 'packages') return formatCount(Math.round(value), language)
      if (metric === 'gPerCm2') return t('density', { value: formatDecimal(value.toFixed(1), language) })
      return metric === 'unevenness' ? formatDecimal(value.toFixed(2), language) : formatPercent(value, language)
    },
    [t, language],
  )
}

/** A value as it was measured: with the band in which it lies, where it has one. */
export const useSeenText = (): ((one: Pick<MatchEvidence, 'metric' | 'value' | 'band'>) => string) => {
  const { t } = useTranslation('declared')
  const text = useMetricText()
  return ({ metric, value, band }) => {
    if (!band || text(metric, band[0]) === text(metric, band[1])) return text(metric, value)
    const words = { value: text(metric, value), least: text(metric, band[0]), most: text(metric, band[1]) }
    // A count has a likeliest value; of a mass at one energy only the band is known.
    return t(metric === 'packages' ? 'banded' : 'band', words)
  }
}

/** Packages in a picture, objects in a volume: numbered in the order in which they were told apart. */
export const unitsOf = (match: StoredMatch | null | undefined): Unit[] => [
  ...(match?.units ?? []).map((box, n): Unit => ({ number: n + 1, box })),
  ...(match?.objects ?? []).map(([x, y, slice, w, h, slices], n): Unit => ({ number: n + 1, box: [x, y, w, h], slices: [slice, slices] })),
]

/** What speaks against the declaration, with its value, to be drawn where it was seen. */
export const useEvidence = (match: StoredMatch | null | undefined): EvidenceBox[] => {
  const { t } = useTranslation('declared')
  const text = useSeenText()
  return (match?.evidence ?? []).flatMap(({ metric, level, value, band, region, slices }) =>
    level === 'green' || region[2] === 0 ? [] : [{ name: `${t(`metric.${metric}`)} ${text({ metric, value, band })}`, level, box: region, slices }],
  )
}
