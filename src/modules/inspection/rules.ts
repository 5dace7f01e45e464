/** Pure rules of inspection that others may use. */
export { letterbox } from './image/crop.ts'
export { segment } from './image/segment.ts'
export { type ThreatKind, threats } from './physics/scenes/threats.ts'
export { wares } from './physics/scenes/wares.ts'
export { type SimulatedKind, simulateCt, simulateScan } from './physics/simulate.ts'
