/** The strip under the image: what is under the pointer, or under the keyboard's cross, and how the image is shown. */
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { formatPercent } from '../i18n/format.ts'
import { useCursorPlace, type Cursor } from './cursor.ts'
import { probe, type Probe } from './pixels/probe.ts'
import type { MaterialBasis } from './pixels/pixels.ts'
import type { StationImage } from './station.ts'
import type { Desk } from './tools.ts'
import type { View } from './view.ts'
import { useDecimal, useMaterialText } from './words.ts'
import css from './viewer.module.css'

/** `first`: it and what follows stand at the other end of the strip. */
const Figure = ({ label, wide, first, children }: { label: string; wide?: boolean; first?: boolean; children: ReactNode }) => (
  <div className={css.figure} data-wide={wide || undefined} data-first={first || undefined}>
    <dt>{label}</dt>
    <dd>{children}</dd>
  </div>
)

const Measured = ({ found, basis }: { found: Probe; basis: MaterialBasis }) => {
  const { t, i18n } = useTranslation('viewer')
  const decimal = useDecimal()
  const material = useMaterialText()
  const { transmission, arealDensityGCm2: mass } = found
  const share = (value: number): string => `${decimal(value * 100, value < 0.1 ? 2 : 1)}\u202f%`
  return (
    <>
      <Figure label={t('probe.position')}>{`${found.x}, ${found.y}`}</Figure>
      {transmission ? (
        <Figure label={t('probe.transmission')} wide>
          {transmission.low === null ? share(transmission.high) : t('probe.both', { low: share(transmission.low), high: share(transmission.high) })}
        </Figure>
      ) : (
        <Figure label={t('probe.attenuation')}>{formatPercent(Math.min(1, found.attenuation / 4), i18n.language)}</Figure>
      )}
      {basis !== 'none' && (
        <Figure label={t('probe.material')} wide>
          {material(found)}
        </Figure>
      )}
      {basis === 'measured' && <Figure label={t('probe.mass')}>{mass === null ? '–' : `${decimal(mass, 1)} g/cm²`}</Figure>}
    </>
  )
}

export type FiguresProps = { image: StationImage; basis: MaterialBasis; cursor: Cursor; desk: Desk; view: View }

export const Figures = ({ image, basis, cursor, desk, view }: FiguresProps) => {
  const { t, i18n } = useTranslation('viewer')
  const decimal = useDecimal()
  const hovered = useCursorPlace(cursor)
  const place = desk.cursor ?? hovered
  const found = place && probe(image.pixels, image, place)
  const { window, gamma, alertFrom } = desk.look
  return (
    <dl className={css.figures} aria-label={t('probe.title')}>
      {found ? <Measured found={found} basis={basis} /> : <Figure label={t('probe.title')}>{t('probe.none')}</Figure>}
      <Figure label={t('probe.window')} first>{`${decimal(window[0], 1)} – ${decimal(window[1], 1)}`}</Figure>
      <Figure label={t('gamma')}>{decimal(gamma, 1)}</Figure>
      {alertFrom !== null && <Figure label={t('alertFrom')}>{decimal(alertFrom, 2)}</Figure>}
      <Figure label={t('probe.zoom')}>{formatPercent(view.scale, i18n.language)}</Figure>
    </dl>
  )
}
