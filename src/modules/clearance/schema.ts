/** Every shape of clearance: the declaration as a document, its life, what is told of it, what is shown of it. */
export * from './schema/document.ts'
export * from './schema/lifecycle.ts'
export * from './schema/transitions.ts'
export { MovementMessage, Notification, notificationNames } from './schema/notification.ts'
export * from './schema/views.ts'
export * from './schema/origin.ts'
