/**
 * A phantom for the workstation, as scanners are checked with: step wedges of polyethylene, aluminium and iron, an opaque block, a knife of steel
 * behind organic matter, wires. Exact: no noise, no scatter, two single energies (40 and 80 keV). A bag for the CT beside it.
 */
import type { ColourPixels, DualPixels } from '../../../viewer/pixels/pixels.ts'
import type { Volume } from '../../../viewer/pixels/volume.ts'

/** Mass attenuation, cm²/g at 40 and 80 keV (NIST XCOM). */
const polyethylene = [0.228, 0.182] as const
const aluminium = [0.569, 0.202] as const
const iron = [3.63, 0.595] as const

type Part = { x: number; y: number; width: number; height: number; of: readonly [number, number]; /** g/cm² */ mass: number }

/** Eight steps to the right, each so much thicker. */
const wedge = (y: number, of: Part['of'], step: number): Part[] =>
  Array.from({ length: 8 }, (_, n) => ({ x: 20 + n * 30, y, width: 30, height: 40, of, mass: step * (n + 1) }))

const parts: readonly Part[] = [
  ...wedge(20, polyethylene, 2.4),
  ...wedge(70, aluminium, 1.6),
  ...wedge(120, iron, 0.35),
  { x: 20, y: 180, width: 180, height: 100, of: polyethylene, mass: 6 },
  { x: 40, y: 220, width: 110, height: 14, of: iron, mass: 0.8 },
  { x: 150, y: 218, width: 36, height: 18, of: polyethylene, mass: 4 },
  { x: 290, y: 20, width: 80, height: 80, of: iron, mass: 9 },
  ...Array.from({ length: 7 }, (_, n): Part => ({ x: 290 + n * 12, y: 120, width: 6 - Math.floor(n * 0.8), height: 60, of: iron, mass: 0.3 })),
  { x: 220, y: 200, width: 150, height: 80, of: aluminium, mass: 3 },
  { x: 240, y: 215, width: 40, height: 50, of: polyethylene, mass: 8 },
]

const width = 400
const height = 300

export const dualPhantom = (): DualPixels => {
  const planes = [0, 1].map((energy) => {
    const attenuation = new Float64Array(width * height)
    for (const part of parts)
      for (let y = part.y; y < part.y + part.height; y += 1)
        for (let x = part.x; x < part.x + part.width; x += 1) attenuation[y * width + x]! += part.of[energy]! * part.mass
    return Uint16Array.from(attenuation, (a) => Math.round(65_535 * Math.exp(-a)))
  })
  return { kind: 'dual', width, height, low: planes[0]!, high: planes[1]! }
}

/** The same as a vendor would colour it: what is left of two energies when only the picture is delivered. */
export const colourPhantom = (develop: (pixels: DualPixels) => Uint8ClampedArray): ColourPixels => {
  const rgba = develop(dualPhantom())
  return { kind: 'colour', width, height, rgb: Uint8Array.from({ length: width * height * 3 }, (_, n) => rgba[Math.floor(n / 3) * 4 + (n % 3)]!) }
}

/** A case of faint walls with a dense rod across and a ball of organic matter. */
export const volumePhantom = (): Volume => {
  const [nx, ny, nz] = [96, 72, 60] as const
  const voxels = new Uint16Array(nx * ny * nz)
  const valueAt = (x: number, y: number, z: number): number => {
    if (Math.hypot(y - 0.35 * ny - 0.15 * x, z - 0.45 * nz) < 3 && x > 14 && x < 82) return 52_000
    if (Math.hypot(x - 62, y - 48, z - 30) < 12) return 15_000
    const isWall = Math.min(x, nx - 1 - x, y, ny - 1 - y, z, nz - 1 - z) < 2
    return isWall ? 4_000 : 300
  }
  for (let z = 0; z < nz; z += 1) for (let y = 0; y < ny; y += 1) for (let x = 0; x < nx; x += 1) voxels[(z * ny + y) * nx + x] = valueAt(x, y, z)
  return { size: [nx, ny, nz], spacingMm: [4, 4, 5], hasSliceDistance: true, voxels }
}
