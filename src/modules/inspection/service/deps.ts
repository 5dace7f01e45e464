import type { Outcome } from '#kernel/outcome.ts'
import type { FileStore } from '#platform/files.ts'
import type { Deps } from '#platform/module.ts'
import type { Detector } from '../detectors/index.ts'
import type { Reader } from '#platform/database.ts'
import type { DeclaredGoods } from '../schema/declared.ts'
import type { Item, Subject } from '../schema/subject.ts'

/** What is declared of a subject; null where nobody has declared anything. Higher modules keep declarations: app.ts connects. */
export type DeclaredOf = (db: Reader, subject: Subject) => Promise<DeclaredGoods | null>

/** What inspection is given beside what every module is: where originals lie, who looks at them, and what is declared of what they show. */
export type InspectionDeps = Deps & { files: FileStore; detectors: (item: Item) => Outcome<Detector>; declaredOf: DeclaredOf }
