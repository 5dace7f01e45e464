/** A CT: three slices through one point, which a press in any of them moves, and the volume beside them. */
import { useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useKeys } from '../ui/keys.ts'
import { cutOf, inSlice, placeAt, planes, slicePitchMm, sliceOf, slicesIn, type Place, type Plane, type Volume } from './pixels/volume.ts'
import { Pane, type PaneProps } from './Pane.tsx'
import { Solid } from './Solid.tsx'
import type { StationImage } from './station.ts'
import type { View } from './view.ts'
import css from './viewer.module.css'

/** The slice as an image of its own: marks stand on it alone. */
export const sliceImage = (image: StationImage, volume: Volume, plane: Plane, at: number): StationImage => ({
  ...image,
  id: `${image.id}/${plane}/${at}`,
  pixels: sliceOf(volume, plane, at),
  pitch: image.pitch && slicePitchMm(volume, plane),
  volume: null,
  boxes: [],
  evidence: inSlice(image.evidence, volume, plane, at),
  units: inSlice(image.units, volume, plane, at),
  preview: null,
})

type SliceProps = Pick<PaneProps, 'desk' | 'change' | 'cursor' | 'told'> & {
  image: StationImage
  volume: Volume
  plane: Plane
  place: Place
  isMain: boolean
  areBoxesShown: boolean
  onPlace: (place: Place) => void
  onRendering?: PaneProps['onRendering']
  onResize?: PaneProps['onResize']
  view: View | null
  onView: (view: View) => void
}

const Slice = ({ image, volume, plane, place, isMain, areBoxesShown, onPlace, ...props }: SliceProps) => {
  const { t } = useTranslation('viewer')
  const at = place[plane]
  const shown = useMemo(() => sliceImage(image, volume, plane, at), [image, volume, plane, at])
  const name = t(`volume.${plane}`)
  const words = t('volume.slice', { at: at + 1, of: slicesIn(volume, plane) })
  return (
    <div className={css.quarter} data-plane={plane}>
      <Pane
        {...props}
        image={{ ...shown, name }}
        boxes={[]}
        evidence={areBoxesShown ? shown.evidence : []}
        units={areBoxesShown ? shown.units : []}
        isMain={isMain}
        caption={`${name} · ${words}`}
        cut={cutOf(place, plane)}
        onPoint={(point) => onPlace(placeAt(volume, place, plane, point))}
      />
      <div className={css.underPane}>
        <input
          type="range"
          aria-label={name}
          aria-valuetext={words}
          min={0}
          max={slicesIn(volume, plane) - 1}
          value={at}
          onChange={(event) => onPlace({ ...place, [plane]: Number(event.target.value) })}
        />
      </div>
    </div>
  )
}

export type VolumePanesProps = Pick<PaneProps, 'desk' | 'change' | 'cursor' | 'told' | 'onRendering' | 'onResize'> & {
  image: StationImage
  volume: Volume
  place: Place
  areBoxesShown: boolean
  onPlace: (place: Place) => void
}

export const VolumePanes = ({ image, volume, place, areBoxesShown, onPlace, onRendering, onResize, ...props }: VolumePanesProps) => {
  const { t } = useTranslation('viewer')
  const [views, setViews] = useState<Partial<Record<Plane, View>>>({})
  const step = (by: number): void => onPlace({ ...place, axial: Math.min(slicesIn(volume, 'axial') - 1, Math.max(0, place.axial + by)) })
  useKeys(
    [
      { keys: 'PageUp', label: t('volume.previous'), run: () => step(-1) },
      { keys: 'PageDown', label: t('volume.next'), run: () => step(1) },
    ],
    { group: t('volume.solid') },
  )
  return (
    <div className={css.quarters}>
      {planes.map((plane) => (
        <Slice
          key={plane}
          {...props}
          image={image}
          volume={volume}
          plane={plane}
          place={place}
          isMain={plane === 'axial'}
          areBoxesShown={areBoxesShown}
          onPlace={onPlace}
          view={plane === 'axial' ? props.desk.view : (views[plane] ?? null)}
          onView={(view) => (plane === 'axial' ? props.change((now) => ({ ...now, view })) : setViews((now) => ({ ...now, [plane]: view })))}
          {...(plane === 'axial' && { onRendering, onResize })}
        />
      ))}
      <div className={css.quarter}>
        <Solid volume={volume} label={t('volume.solid')} />
      </div>
    </div>
  )
}
