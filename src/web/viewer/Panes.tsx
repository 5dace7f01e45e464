/** Views of one subject side by side, moved in step, and the earlier image beside or under a divider. */
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { formatInstant } from '../i18n/format.ts'
import { Loading } from '../ui/Layout.tsx'
import { Pane, type PaneProps } from './Pane.tsx'
import type { StationImage, Told } from './station.ts'
import { alike } from './view.ts'
import css from './viewer.module.css'

export type PanesProps = Pick<PaneProps, 'desk' | 'change' | 'cursor' | 'onRendering' | 'onResize'> & {
  images: readonly StationImage[]
  areBoxesShown: boolean
  told: readonly Told[]
  earlierId: string | null
  loadEarlier: ((id: string) => Promise<StationImage>) | undefined
}

const none: readonly never[] = []

export const Panes = ({ images, areBoxesShown, told, earlierId, loadEarlier, onRendering, onResize, ...shared }: PanesProps) => {
  const { t, i18n } = useTranslation('viewer')
  const { desk, change } = shared
  const [divider, setDivider] = useState(50)
  const isComparing = desk.comparison !== 'off' && earlierId !== null && loadEarlier !== undefined
  const { data: earlier } = useQuery({
    queryKey: ['viewer', 'earlier', earlierId],
    queryFn: () => loadEarlier!(earlierId!),
    enabled: isComparing,
    staleTime: Infinity,
  })
  const first = images[0]!
  /** Views of one moment differ by their name, images of one subject by their time. */
  const captionOf = ({ name, takenAt }: StationImage): string =>
    isComparing && takenAt !== null ? `${name} · ${formatInstant(takenAt, i18n.language)}` : name
  const paneOf = (image: StationImage, isMain: boolean, caption?: string) => (
    <Pane
      key={image.id}
      {...shared}
      image={image}
      boxes={areBoxesShown ? image.boxes : none}
      evidence={areBoxesShown ? image.evidence : none}
      units={areBoxesShown ? image.units : none}
      told={areBoxesShown ? told : none}
      isMain={isMain}
      caption={caption}
      view={desk.view && alike(desk.view, first.pixels, image.pixels)}
      onView={(view) => change((now) => ({ ...now, view: alike(view, image.pixels, first.pixels) }))}
      {...(isMain && { onRendering, onResize })}
    />
  )
  const isSlider = isComparing && desk.comparison === 'slider'
  return (
    <>
      <div className={css.panes} data-slider={isSlider || undefined} style={isSlider ? { ['--divider' as string]: `${divider}%` } : undefined}>
        {images.map((image, n) => paneOf(image, n === 0, images.length > 1 || isComparing ? captionOf(image) : undefined))}
        {isComparing && (earlier ? paneOf(earlier, false, captionOf(earlier)) : <Loading />)}
      </div>
      {isSlider && (
        <input
          className={css.divider}
          type="range"
          aria-label={t('compare.divider')}
          min={0}
          max={100}
          value={divider}
          onChange={(event) => setDivider(Number(event.target.value))}
        />
      )}
    </>
  )
}
