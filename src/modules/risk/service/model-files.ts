/** A model as a directory: model.json (canonical), model.bin (its arrays), card.json and card.md for people. */
import { hash } from 'node:crypto'
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { error } from '#kernel/issue.ts'
import { accept, refuse, type Outcome } from '#kernel/outcome.ts'
import { cardText, type Card } from '../learning/card.ts'
import { decode, encode } from '../learning/codec.ts'
import { lookupOf, type Lookup } from '../learning/hashing.ts'
import type { Model } from '../learning/model.ts'

/** Places of a lookup follow from its hashes and are not stored. */
const stored = (model: Model): unknown => {
  const bare = <T extends { lookup: Lookup }>(x: T) => ({ ...x, lookup: { low: x.lookup.low, high: x.lookup.high } })
  const { recipe } = model
  return { ...model, recipe: { ...recipe, tables: recipe.tables.map(bare), references: recipe.references.map(bare) } }
}

const restored = (model: Model): Model => {
  const full = <T extends { lookup: Lookup }>(x: T): T => ({ ...x, lookup: lookupOf(x.lookup.low, x.lookup.high) })
  const { recipe } = model
  return { ...model, recipe: { ...recipe, tables: recipe.tables.map(full), references: recipe.references.map(full) } }
}

const digest = (json: string, bytes: Uint8Array): string => hash('sha256', `${hash('sha256', json)}${hash('sha256', bytes)}`)

/** SHA-256 over the model's canonical JSON and its arrays: equal models have equal hashes. */
export const hashOf = (model: Model): string => {
  const { json, bytes } = encode(stored(model))
  return digest(json, bytes)
}

/** Writes the directory, made where it is missing. */
export const writeModel = (directory: string, model: Model, card: Card): void => {
  const { json, bytes } = encode(stored(model))
  mkdirSync(directory, { recursive: true })
  writeFileSync(join(directory, 'model.json'), json)
  writeFileSync(join(directory, 'model.bin'), bytes)
  writeFileSync(join(directory, 'card.json'), `${JSON.stringify(card, null, 2)}\n`)
  writeFileSync(join(directory, 'card.md'), cardText(card))
}

/** Reads a model; refused when a file is missing, of another format or not what its card's hash says. */
export const readModel = (directory: string): Outcome<{ model: Model; hash: string }> => {
  let json: string
  let bytes: Uint8Array
  let card: Partial<Card>
  try {
    json = readFileSync(join(directory, 'model.json'), 'utf8')
    bytes = readFileSync(join(directory, 'model.bin'))
    card = JSON.parse(readFileSync(join(directory, 'card.json'), 'utf8')) as Partial<Card>
  } catch (fault) {
    return refuse(error('risk.model_unreadable', '', { model: directory, detail: (fault as Error).message.slice(0, 120) }))
  }
  const found = digest(json, bytes)
  if (card.hash !== found) return refuse(error('risk.model_damaged', '', { model: directory }))
  const model = decode(json, bytes) as Model
  return model.format === 1 ? accept({ model: restored(model), hash: found }) : refuse(error('risk.model_damaged', '', { model: directory }))
}
