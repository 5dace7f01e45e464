/** The audit for app.ts and the command line. */
export { routes } from './http.ts'
export { issues } from './issues.ts'
export { tasks } from './jobs.ts'
export { verifyJournal } from './read/verify.ts'
export { readHistory } from './read/search.ts'
export { anchorNow, streamAnchors } from './store/anchor.ts'
export { createTree } from './store/merkle.ts'
