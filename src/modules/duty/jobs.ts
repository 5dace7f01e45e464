import type { Task } from '#platform/jobs.ts'
import type { Deps } from '#platform/module.ts'

/** Background work of duty. */
export const tasks = (_deps: Deps): Task[] => []
