/** The picture of an image in an element: a canvas of its own, developed again when the look changes, drawn again when the view does. */
import { useEffect, useRef, useState, type RefObject } from 'react'
import type { Look } from './pixels/look.ts'
import type { MaterialTable } from './pixels/material.ts'
import type { Pixels } from './pixels/pixels.ts'
import { openRenderer } from './render/renderer.ts'
import type { Renderer } from './render/types.ts'
import type { Size, View } from './view.ts'

export type Shown = { pixels: Pixels; table: MaterialTable | null; look: Look; view: View | null; window: Size | null }
export type Rendering = { kind: Renderer['kind'] | null; /** the picture of these pixels is on the screen */ isDrawn: boolean }

/** Size of an element in device pixels, and again when it changes. */
export const useWindowSize = (host: RefObject<HTMLElement | null>): Size | null => {
  const [size, setSize] = useState<Size | null>(null)
  useEffect(() => {
    const { current } = host
    if (!current) return undefined
    const measure = (): void => {
      const ratio = window.devicePixelRatio
      const next = { width: Math.round(current.clientWidth * ratio), height: Math.round(current.clientHeight * ratio) }
      if (next.width > 0 && next.height > 0) setSize((now) => (now?.width === next.width && now.height === next.height ? now : next))
    }
    measure()
    const observer = new ResizeObserver(measure)
    observer.observe(current)
    return () => observer.disconnect()
  }, [host])
  return size
}

/** A fresh canvas for each renderer: one that was given back, or that lost its context, serves no other. */
const useOpened = (host: RefObject<HTMLElement | null>, { width, height }: Size): { renderer: Renderer | null } => {
  const [opened, setOpened] = useState<{ renderer: Renderer | null }>({ renderer: null })
  const [isLost, setLost] = useState(false)
  useEffect(() => {
    const canvas = document.createElement('canvas')
    canvas.setAttribute('aria-hidden', 'true')
    host.current?.prepend(canvas)
    const renderer = openRenderer(canvas, { width, height }, isLost)
    let isClosed = false
    // The driver took the context away: the processor takes over, and nobody waits for its return.
    canvas.addEventListener('webglcontextlost', () => !isClosed && setLost(true))
    setOpened({ renderer })
    return () => {
      isClosed = true
      renderer.close()
      canvas.remove()
    }
  }, [host, width, height, isLost])
  return opened
}

export const useRenderer = (host: RefObject<HTMLElement | null>, { pixels, table, look, view, window }: Shown): Rendering => {
  const { renderer } = useOpened(host, pixels)
  const [drawn, setDrawn] = useState<Pixels | null>(null)
  const latest = useRef(view)
  latest.current = view
  const developed = useRef<Renderer | null>(null)
  useEffect(() => renderer?.load(pixels, table), [renderer, pixels, table])
  useEffect(() => {
    if (!renderer) return
    void renderer.develop(look).then((isLatest) => {
      if (!isLatest || !latest.current) return
      developed.current = renderer
      renderer.draw(latest.current)
      setDrawn(pixels)
    })
  }, [renderer, pixels, table, look])
  useEffect(() => {
    if (view && window && developed.current === renderer) renderer?.draw(view)
  }, [renderer, view, window])
  return { kind: renderer?.kind ?? null, isDrawn: drawn === pixels }
}
