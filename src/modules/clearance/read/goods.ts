/** What is declared of goods, as far as an X-ray picture can speak of it: of a declaration, or of what is in a container. */
import type { Reader } from '#platform/database.ts'
import type { DeclaredGoods, Subject } from '#schema/inspection'
import { statusOf } from '../declaration.ts'
import type { DeclarationDocument, DeclarationItem } from '../schema/document.ts'
import { findByContainer, findByMrn, type Stored } from '../store.ts'

const massOf = ({ grossMassKg, containers }: DeclarationItem, isPart: boolean): number | null => {
  // Of goods that lie in several containers nobody has declared how much lies in this one.
  const mass = isPart && (containers?.length ?? 0) > 1 ? NaN : Number.parseFloat(grossMassKg ?? '')
  return Number.isFinite(mass) ? mass : null
}

const plain = (id: string | undefined): string => id?.replaceAll(' ', '').toUpperCase() ?? ''

/** Goods that name no container lie in the only one there is, or nobody knows in which. */
const itemsIn = ({ items, containers }: DeclarationDocument, container: string): DeclarationItem[] => {
  const named = items.filter((item) => item.containers?.some(({ id }) => plain(id) === container))
  return named.length > 0 || (containers?.length ?? 0) > 1 ? named : items
}

const linesOf = (items: readonly DeclarationItem[], isPart: boolean): DeclaredGoods['lines'] =>
  items.flatMap((item) =>
    item.hsCode === undefined
      ? []
      : [{ hsCode: item.hsCode, description: item.description ?? null, grossMassKg: massOf(item, isPart), ...packagesOf(item, isPart) }],
  )

const packagesOf = (
  { packages = [], containers }: DeclarationItem,
  isPart: boolean,
): Pick<DeclaredGoods['lines'][number], 'packages' | 'packageKind'> => {
  // As with the mass: nobody has declared how many of them lie in this container.
  if (isPart && (containers?.length ?? 0) > 1) return { packages: null }
  const counts = packages.map(({ count }) => Number(count ?? NaN))
  const kinds = new Set(packages.map(({ type }) => type))
  const [kind] = kinds
  return {
    packages: counts.length > 0 && counts.every(Number.isInteger) ? counts.reduce((sum, n) => sum + n, 0) : null,
    ...(kinds.size === 1 && kind && /^[0-9A-Z]{2}$/.test(kind) && { packageKind: kind }),
  }
}

const consignorOf = ({ consignor, exporter, items }: DeclarationDocument): DeclaredGoods['consignor'] => {
  const party = consignor ?? exporter ?? items[0]?.consignor ?? items[0]?.exporter
  return party?.id || party?.name ? { id: party.id ?? null, name: party.name ?? null } : null
}

/** What was rejected or taken back declares nothing. */
const empty: ReadonlySet<string> = new Set(['rejected', 'invalidated'])

const goodsOf = ({ state }: Stored, container: string | null): DeclaredGoods | null => {
  const { document, mrn, version } = state
  if (empty.has(statusOf(state))) return null
  const lines = linesOf(container === null ? document.items : itemsIn(document, container), container !== null)
  return lines.length === 0 ? null : { lines, consignor: consignorOf(document), reference: mrn, version }
}

/** Null where nobody has declared the goods here. Several declarations of one container count together. */
export const declaredGoodsOf = async (db: Reader, { kind, id }: Subject): Promise<DeclaredGoods | null> => {
  const name = plain(id)
  if (kind === 'declaration') {
    const found = await findByMrn(db, name)
    return found && goodsOf(found, null)
  }
  if (kind !== 'container') return null
  const all = (await findByContainer(db, name)).flatMap((found) => goodsOf(found, name) ?? [])
  const [first] = all
  if (!first || all.length === 1) return first ?? null
  const consignors = new Set(all.map(({ consignor }) => JSON.stringify(consignor)))
  return {
    lines: all.flatMap(({ lines }) => lines).slice(0, 999),
    consignor: consignors.size === 1 ? first.consignor : null,
    reference: all
      .map(({ reference }) => reference)
      .join(', ')
      .slice(0, 100),
    // Grows whenever one of them does.
    version: all.reduce((sum, { version }) => sum + version, 0),
  }
}
