/** Where models of seals are read and shown. */
import type { DeviceModelRow } from '#schema/supervision'

export type ModelKey = Pick<DeviceModelRow, 'vendor' | 'model' | 'protocol'>

export const modelsPath = '/api/supervision/models'
export const modelsKey = ['supervision', 'models'] as const
export const certificatesPath = `${modelsPath}/certificates`
export const modelAddress = ({ vendor, model, protocol }: ModelKey): string =>
  `/supervision/models/${encodeURIComponent(protocol)}/${encodeURIComponent(vendor)}/${encodeURIComponent(model)}`
