/** Figures of the workstation in the reader's language. */
import { useCallback } from 'react'
import { useTranslation } from 'react-i18next'
import { formatCount, formatDecimal } from '../i18n/format.ts'
import { edgesOf, lengthOf, type Length, type Mark } from './marks.ts'
import { probe, type Probe } from './pixels/probe.ts'
import type { StationImage } from './station.ts'

/** A number with so many decimals, as the language writes it. */
export const useDecimal = (): ((value: number, digits: number) => string) => {
  const { i18n } = useTranslation('viewer')
  return useCallback((value, digits) => formatDecimal(value.toFixed(digits), i18n.language), [i18n.language])
}

export const useLengthText = (): ((length: Length) => string) => {
  const { t, i18n } = useTranslation('viewer')
  const decimal = useDecimal()
  return ({ px, mm }) => {
    const pixels = formatCount(Math.round(px), i18n.language)
    return mm === null ? t('length.px', { px: pixels }) : t('length.both', { px: pixels, mm: decimal(mm, mm < 100 ? 1 : 0) })
  }
}

/** The material of a place with its Z eff, or that nothing can be said. */
export const useMaterialText = (): ((found: Probe) => string) => {
  const { t } = useTranslation('viewer')
  const decimal = useDecimal()
  return ({ material, zeff, isApproximate }) => {
    if (!material) return t('material.unknown')
    const name = t(`material.${material}`)
    return isApproximate ? t('approximately', { what: name }) : `${name}, Z ${decimal(zeff!, 1)}`
  }
}

/** What stands beside a mark: its measure and its words. */
export const useMarkText = (image: StationImage): ((mark: Mark) => string) => {
  const { t } = useTranslation('viewer')
  const length = useLengthText()
  const material = useMaterialText()
  return (mark) => {
    if (mark.kind === 'distance') return length(lengthOf(mark, image.pitch))
    if (mark.kind === 'probe') {
      const found = probe(image.pixels, image, mark.from)
      return found ? material(found) : ''
    }
    if (mark.kind !== 'rectangle') return mark.text
    const { width, height } = edgesOf(mark, image.pitch)
    return mark.text || t('length.edges', { width: length(width), height: length(height) })
  }
}
