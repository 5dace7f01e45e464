/** The pure rules of selection, for decisions of higher modules. */
export { select } from './selection.ts'
