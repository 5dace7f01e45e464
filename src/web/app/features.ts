/** Every feature of the web application. A new one adds its line; its pages are loaded when they are opened. */
import type { Feature } from './feature.ts'

export const features: readonly Feature[] = []
