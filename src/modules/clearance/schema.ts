/** Every shape of clearance: the declaration as a document, its life, what is told of it, what is shown of it. */
export * from './schema/document.ts'
export * from './schema/lifecycle.ts'
export { MovementMessage, Notification, notificationNames, NotificationError, PointerStep, StatusReport, TaxLine as NotifiedTaxLine } from './schema/notification.ts'
export * from './schema/views.ts'
