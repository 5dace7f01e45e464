import type { Outcome } from '#kernel/outcome.ts'
import type { FileStore } from '#platform/files.ts'
import type { Deps } from '#platform/module.ts'
import type { Detector } from '../detectors/index.ts'
import type { Item } from '../schema/subject.ts'

/** What inspection is given beside what every module is: where originals lie, and who looks at them. */
export type InspectionDeps = Deps & { files: FileStore; detectors: (item: Item) => Outcome<Detector> }
