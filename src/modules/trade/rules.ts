/** Pure rules of the tariff that decisions of higher modules use. */
export { adviseOrigin } from './origin/advise.ts'
