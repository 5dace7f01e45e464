/** The adapters that the register of scanners may name. */
import type { Adapter } from './adapter.ts'
import { files } from './files.ts'

const adapters: readonly Adapter[] = [files]

export const adapterNamed = (name: string): Adapter | undefined => adapters.find((a) => a.name === name)
