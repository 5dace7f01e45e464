/** Renderer without WebGL: the pure functions in a worker, the picture laid on the canvas by its 2-D context. */
import { matrixOf } from '../view.ts'
import { fitCanvas } from './gl.ts'
import type { Renderer } from './types.ts'
import type { Developed, Order } from './worker.ts'

export const openSoftware = (canvas: HTMLCanvasElement): Renderer => {
  const context = canvas.getContext('2d')!
  const worker = new Worker(new URL('./worker.ts', import.meta.url), { type: 'module' })
  const tell = (order: Order): void => worker.postMessage(order, [])
  let last = 0
  let waiting: ((developed: Developed | null) => void) | null = null
  let shown: OffscreenCanvas | null = null
  worker.addEventListener('message', ({ data }: MessageEvent<Developed>) => {
    if (data.number !== last) return
    waiting?.(data)
    waiting = null
  })

  const develop: Renderer['develop'] = async (look) => {
    last += 1
    // Whoever still waits for an earlier look is overtaken.
    waiting?.(null)
    const developed = await new Promise<Developed | null>((resolve) => {
      waiting = resolve
      tell({ act: 'develop', number: last, look })
    })
    if (!developed) return false
    const { width, height, data } = developed
    const sheet = new OffscreenCanvas(width, height)
    sheet.getContext('2d')!.putImageData(new ImageData(data, width, height), 0, 0)
    shown = sheet
    return true
  }

  const draw: Renderer['draw'] = (view) => {
    const window = fitCanvas(canvas)
    context.setTransform(1, 0, 0, 1, 0, 0)
    context.clearRect(0, 0, window.width, window.height)
    if (!shown) return
    context.imageSmoothingEnabled = view.scale < 1
    context.imageSmoothingQuality = 'high'
    context.setTransform(...matrixOf(view, window))
    context.drawImage(shown, 0, 0)
  }

  return {
    kind: 'software',
    load: (pixels, table) => tell({ act: 'load', pixels, table }),
    develop,
    draw,
    close: () => {
      waiting?.(null)
      worker.terminate()
    },
  }
}
