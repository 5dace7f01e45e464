/** Every shape of identity, once: validator, static type and documentation. */
export * from './schema/common.ts'
export * from './schema/organisations.ts'
export * from './schema/people.ts'
export * from './schema/session.ts'
