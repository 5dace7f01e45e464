/** Pure rules of inspection that others may use. */
export { letterbox } from './image/crop.ts'
export type { Raster } from './image/raster.ts'
export { segment } from './image/segment.ts'
