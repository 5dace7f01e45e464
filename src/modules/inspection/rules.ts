/** Pure rules of inspection that others may use. */
export { letterbox } from './image/crop.ts'
export { segment } from './image/segment.ts'
