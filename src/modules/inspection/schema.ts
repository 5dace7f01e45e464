/** Inspection: images and their subjects, scanners, what models say, and the cards of the models. */
export * from './schema/subject.ts'
export * from './schema/image.ts'
export * from './schema/scanner.ts'
export * from './schema/finding.ts'
export * from './schema/model-card.ts'
export * from './schema/threshold-set.ts'
