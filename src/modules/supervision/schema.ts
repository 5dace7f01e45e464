/** Supervision: what seals report, and trips that are watched by them. */
export * from './schema/record.ts'
