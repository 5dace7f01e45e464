/** Supervision: what seals report, trips that are watched by them, and what screens read of both. */
export * from './schema/record.ts'
export * from './schema/alarm.ts'
export * from './schema/certificate.ts'
export * from './schema/corridor.ts'
export * from './schema/device.ts'
export * from './schema/live.ts'
export * from './schema/map.ts'
export * from './schema/trip.ts'
