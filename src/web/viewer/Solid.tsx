/** The volume from outside: turned by dragging or by the arrow keys, nearer by the wheel. */
import { useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Turn, Volume } from './pixels/volume.ts'
import { openVolume, type VolumeRenderer, type VolumeStyle } from './render/volume.ts'
import { useWindowSize } from './use-renderer.ts'
import css from './viewer.module.css'

const degreesByPx = 0.5
const keyDegrees = 10
const turnsByKey: Readonly<Record<string, readonly [number, number]>> = {
  ArrowLeft: [-keyDegrees, 0],
  ArrowRight: [keyDegrees, 0],
  ArrowUp: [0, -keyDegrees],
  ArrowDown: [0, keyDegrees],
}

/** The poles are not passed: beyond them left would be right. */
const turned = ({ yaw, pitch }: Turn, byYaw: number, byPitch: number): Turn => ({
  yaw: yaw + byYaw,
  pitch: Math.min(90, Math.max(-90, pitch + byPitch)),
})

/** Opens the volume on a canvas of its own in the element; null while there is none, false where it cannot be. */
const useVolume = (host: React.RefObject<HTMLDivElement | null>, volume: Volume): VolumeRenderer | null | false => {
  const [renderer, setRenderer] = useState<VolumeRenderer | null | false>(null)
  useEffect(() => {
    const canvas = document.createElement('canvas')
    host.current?.prepend(canvas)
    const opened = openVolume(canvas, volume)
    setRenderer(opened ?? false)
    return () => {
      opened?.close()
      canvas.remove()
    }
  }, [host, volume])
  return renderer
}

const StyleChoice = ({ style, onChange }: { style: VolumeStyle; onChange: (style: VolumeStyle) => void }) => {
  const { t } = useTranslation('viewer')
  return (
    <div className={css.underPane}>
      <select
        aria-label={t('volume.mode')}
        value={style.mode}
        onChange={(event) => onChange({ ...style, mode: event.target.value === 'surface' ? 'surface' : 'greatest' })}
      >
        <option value="greatest">{t('volume.greatest')}</option>
        <option value="surface">{t('volume.surface')}</option>
      </select>
      {style.mode === 'surface' && (
        <input
          type="range"
          aria-label={t('volume.threshold')}
          min={0.02}
          max={0.95}
          step={0.01}
          value={style.threshold}
          onChange={(event) => onChange({ ...style, threshold: Number(event.target.value) })}
        />
      )}
    </div>
  )
}

export const Solid = ({ volume, label }: { volume: Volume; label: string }) => {
  const { t } = useTranslation('viewer')
  const host = useRef<HTMLDivElement>(null)
  const window = useWindowSize(host)
  const renderer = useVolume(host, volume)
  const [turn, setTurn] = useState<Turn>({ yaw: 30, pitch: 20 })
  const [zoom, setZoom] = useState(1)
  const [style, setStyle] = useState<VolumeStyle>({ mode: 'greatest', threshold: 0.15 })
  useEffect(() => {
    if (renderer && window) renderer.draw(turn, zoom, style)
  }, [renderer, window, turn, zoom, style])
  if (renderer === false) return <p className="muted">{t('volume.unavailable')}</p>
  return (
    <>
      {/* Turned by the arrow keys when it has the focus, as a slider is. */}
      <div
        ref={host}
        className={css.viewport}
        data-pointer="pan"
        role="img"
        aria-label={label}
        tabIndex={0}
        onPointerDown={(event) => event.currentTarget.setPointerCapture(event.pointerId)}
        onPointerMove={(event) => {
          if (event.buttons === 1) setTurn((now) => turned(now, event.movementX * degreesByPx, event.movementY * degreesByPx))
        }}
        onWheel={(event) => setZoom((now) => Math.min(8, Math.max(0.5, now * Math.exp(-event.deltaY / 600))))}
        onKeyDown={(event) => {
          const by = turnsByKey[event.key]
          if (!by) return
          event.preventDefault()
          setTurn((now) => turned(now, ...by))
        }}
      />
      <StyleChoice style={style} onChange={setStyle} />
    </>
  )
}
