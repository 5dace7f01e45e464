/** Models as they lie on disk: a folder each, with the network and its card, which says what the network's bytes hash to. */
import { readFileSync, readdirSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { Check, Errors } from 'typebox/value'
import { error } from '#kernel/issue.ts'
import { accept, type Outcome, refuse } from '#kernel/outcome.ts'
import { sha256Of } from '#platform/files.ts'
import { ModelCard } from '../schema/model-card.ts'
import type { Item } from '../schema/subject.ts'

/** Where the models that ship lie. */
export const shippedModels = resolve(import.meta.dirname, '../../../../data/models')

const readCard = (folder: string): Outcome<ModelCard> => {
  try {
    const card: unknown = JSON.parse(readFileSync(join(folder, 'card.json'), 'utf8'))
    if (Check(ModelCard, card)) return accept(card)
    const [first] = Errors(ModelCard, card)
    return refuse(error('inspection.model_card_invalid', '', { folder, detail: `${first?.instancePath ?? ''} ${first?.message ?? ''}`.trim() }))
  } catch (fault) {
    return refuse(error('inspection.model_card_invalid', '', { folder, detail: (fault as Error).message.slice(0, 120) }))
  }
}

/** The card of every model in the folder that looks at such items; a folder without a readable card is refused, not passed over. */
export const findModel = (root: string, item: Item): Outcome<{ card: ModelCard; folder: string }> => {
  let names: string[] = []
  try {
    names = readdirSync(root, { withFileTypes: true })
      .filter((e) => e.isDirectory())
      .map((e) => e.name)
      .toSorted()
  } catch {
    return refuse(error('inspection.detector_absent', '', { item }))
  }
  for (const name of names) {
    const folder = join(root, name)
    const card = readCard(folder)
    if (!card.ok) return card
    if (card.value.item === item) return accept({ card: card.value, folder })
  }
  return refuse(error('inspection.detector_absent', '', { item }))
}

/** The network's bytes; refused when they are not those that the card was written for. */
export const readNetwork = ({ card, folder }: { card: ModelCard; folder: string }): Outcome<Uint8Array> => {
  try {
    const bytes = readFileSync(join(folder, 'model.onnx'))
    return sha256Of(bytes) === card.sha256 ? accept(bytes) : refuse(error('inspection.model_altered', '', { model: card.id }))
  } catch (fault) {
    return refuse(error('inspection.model_card_invalid', '', { folder, detail: (fault as Error).message.slice(0, 120) }))
  }
}
