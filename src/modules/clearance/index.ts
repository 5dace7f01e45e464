/** Clearance for app.ts, the command line and higher modules: lodge, act, read; what a declaration is stays inside. */
import type { Topics } from '#platform/permissions.ts'
import { clearanceIssues } from './issues.ts'
import { messageIssues } from './messages/catalogue.ts'
import type { Task } from '#platform/jobs.ts'
import { quotaTasks } from './service/allocation.ts'
import type { Clearance } from './service/clearance.ts'
import { referralTasks } from './service/referral-hold.ts'
import { tasks as resumeTasks } from './service/resume.ts'
import { effectTasks } from './service/tariff-effect.ts'
import { sealTasks } from './service/under-seal.ts'

export { routes } from './http/index.ts'
export { createClearance, type Clearance } from './service/clearance.ts'
export { execute, executeAsSystem } from './service/execute.ts'
export { lodge } from './service/lodge.ts'
export { movement, receive, request } from './service/receive.ts'
export { allocated, recordAllocation } from './service/allocation.ts'
export { goOnWith, paid } from './service/resume.ts'
export { referred } from './service/referral-hold.ts'
export { replayDeclaration } from './service/replay.ts'
export { computeEffect, effectWanted } from './service/tariff-effect.ts'
export { tripEnded } from './service/under-seal.ts'
export { findDeclaration } from './read/case.ts'
export { declaredGoodsOf } from './read/goods.ts'
export { findSubject, folds } from './read/subject.ts'
export { notificationsOf } from './read/inbox.ts'
export { bytesAtMost, kindNamed, kinds, read as readMessage, write as writeMessage, type ReadResult } from './messages/index.ts'

export const issues = { ...clearanceIssues, ...messageIssues }

export const tasks = (c: Clearance): Task[] => [...resumeTasks(c), ...quotaTasks(c), ...effectTasks(c), ...sealTasks(c), ...referralTasks(c)]

/** Who may hear of what happens here. */
export const topics: Topics = { declaration: ['clearance:declaration:read', 'risk:decision:read'], 'tariff-effect': ['trade:tariff:read'] }
