/** The worker of the software renderer: keeps one image, develops it under one look after the other. */
import { develop } from '../pixels/develop.ts'
import type { Look } from '../pixels/look.ts'
import type { MaterialTable } from '../pixels/material.ts'
import type { Pixels } from '../pixels/pixels.ts'

export type Order = { act: 'load'; pixels: Pixels; table: MaterialTable | null } | { act: 'develop'; number: number; look: Look }
export type Developed = { number: number; width: number; height: number; data: Uint8ClampedArray<ArrayBuffer> }

let loaded: Extract<Order, { act: 'load' }> | null = null

const obey = (order: Order): void => {
  if (order.act === 'load') loaded = order
  else if (loaded) {
    const { pixels, table } = loaded
    const data = develop(pixels, order.look, table)
    const developed: Developed = { number: order.number, width: pixels.width, height: pixels.height, data }
    postMessage(developed, { transfer: [data.buffer] })
  }
}
addEventListener('message', ({ data }: MessageEvent<Order>) => obey(data))
