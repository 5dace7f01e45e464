/** What shows an image: with WebGL 2 where there is one, else with the pure functions in a worker. Both keep every pixel. */
import type { Size } from '../view.ts'
import { openGpu } from './gpu.ts'
import { openSoftware } from './software.ts'
import type { Renderer } from './types.ts'

/** Software by the address `?render=software`: to see what a machine without a graphics card shows. */
const softwareIsAsked = (): boolean => new URLSearchParams(window.location.search).get('render') === 'software'

/** The canvas must be fresh: it keeps the kind of its first context for ever. */
export const openRenderer = (canvas: HTMLCanvasElement, image: Size, forceSoftware: boolean): Renderer =>
  (forceSoftware || softwareIsAsked() ? null : openGpu(canvas, image)) ?? openSoftware(canvas)
