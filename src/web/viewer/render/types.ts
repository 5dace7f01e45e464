/** What every way of showing an image can do. */
import type { Look } from '../pixels/look.ts'
import type { MaterialTable } from '../pixels/material.ts'
import type { Pixels } from '../pixels/pixels.ts'
import type { View } from '../view.ts'

export type Renderer = {
  kind: 'webgl2' | 'software'
  /** hands over an image; the next `develop` is of it */ load: (pixels: Pixels, table: MaterialTable | null) => void
  /** makes the picture under a look; false when a later call has overtaken it */ develop: (look: Look) => Promise<boolean>
  /** puts the last picture on the canvas */ draw: (view: View) => void
  close: () => void
}
