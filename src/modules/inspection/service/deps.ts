import type { FileStore } from '#platform/files.ts'
import type { Deps } from '#platform/module.ts'

/** What inspection is given beside what every module is: where originals lie. */
export type InspectionDeps = Deps & { files: FileStore }
