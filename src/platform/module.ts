import type { Bus } from './bus.ts'
import type { Sql } from './database.ts'
import type { Log } from './log.ts'

/** What app.ts hands every module. The clock is a function so that tests and replays own time. */
export type Deps = { sql: Sql; clock: () => string; bus: Bus; log: Log; config: { demo: boolean } }
