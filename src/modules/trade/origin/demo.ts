/** Loads the agreements of Verania from data/trade/origin.txt. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Tx } from '#platform/database.ts'
import { readSchemes } from './text.ts'
import { saveScheme } from './store.ts'

export const shippedSchemes = (text: string = readFileSync(join(import.meta.dirname, '../../../../data/trade/origin.txt'), 'utf8')) => {
  const read = readSchemes(text, 'XV')
  if (!read.ok) throw new Error(`origin.txt: lines that cannot be read: ${read.issues.map((i) => i.params?.['line']).join(', ')}`)
  return read.value
}

export const loadDemoOrigin = async (tx: Tx): Promise<void> => {
  for (const scheme of shippedSchemes()) await saveScheme(tx, scheme)
}
