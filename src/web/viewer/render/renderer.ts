/** What shows an image: with WebGL 2 where there is one, else with the pure functions in a worker. Both keep every pixel. */
import type { Look } from '../pixels/look.ts'
import type { MaterialTable } from '../pixels/material.ts'
import type { Pixels } from '../pixels/pixels.ts'
import type { Size, View } from '../view.ts'
import { openGpu } from './gpu.ts'
import { openSoftware } from './software.ts'

export type Renderer = {
  kind: 'webgl2' | 'software'
  /** hands over an image; the next `develop` is of it */ load: (pixels: Pixels, table: MaterialTable | null) => void
  /** makes the picture under a look; false when a later call has overtaken it */ develop: (look: Look) => Promise<boolean>
  /** puts the last picture on the canvas */ draw: (view: View) => void
  close: () => void
}

/** Software by the address `?render=software`: to see what a machine without a graphics card shows. */
const softwareIsAsked = (): boolean => new URLSearchParams(window.location.search).get('render') === 'software'

/** The canvas must be fresh: it keeps the kind of its first context for ever. */
export const openRenderer = (canvas: HTMLCanvasElement, image: Size, forceSoftware: boolean): Renderer =>
  (forceSoftware || softwareIsAsked() ? null : openGpu(canvas, image)) ?? openSoftware(canvas)
