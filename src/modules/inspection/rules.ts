/** Pure rules of inspection that others may use. */
export { letterbox } from './image/crop.ts'
export { quantile } from './figures/normal.ts'
export { segment } from './image/segment.ts'
export { type ThreatKind, threats } from './physics/scenes/threats.ts'
export { wares } from './physics/scenes/wares.ts'
export { type SimulatedKind, simulateCt, simulateScan } from './physics/simulate.ts'
/** How a belt behaves and speaks: for simulators of one. */
export * as belt from './sorting/conveyor.ts'
export { divertTopics, readDivert, spokenBy } from './sorting/topics.ts'
export type { Line } from './schema/sorting.ts'
