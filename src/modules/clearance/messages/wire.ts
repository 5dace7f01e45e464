/**
 * Small differences between how a message is built and how the canonical document speaks: the usual envelope is left out, the mode of
 * transport inland stands at one side of the journey, tax lines stand inside items, and some things are known rather than sent.
 */
import { isTransit } from '../rules/dataset.ts'
import type { DeclarationDocument } from '../schema/document.ts'
import { type Notification, notificationNames, type TaxLine } from '../schema/notification.ts'
import { stepsToPath } from './wco/steps.ts'

type Envelope = NonNullable<DeclarationDocument['envelope']>
type Enveloped = { envelope?: Envelope }

const usual = { modelVersion: '3.6' } as const

const withoutUsual = <T extends Enveloped>(document: T, typeName: string): T => {
  const { envelope, ...rest } = document
  if (!envelope) return document
  const kept = Object.entries(envelope).filter(
    ([name, value]) => value !== (name === 'typeName' ? typeName : name === 'modelVersion' ? usual.modelVersion : undefined),
  )
  return (kept.length > 0 ? { ...rest, envelope: Object.fromEntries(kept) } : rest) as T
}

const withUsual = <T extends Enveloped>(document: T, typeName: string): T => ({ ...document, envelope: { ...usual, typeName, ...document.envelope } })

/** DE 7/5 is said of the means of departure in exports, of the means of arrival in imports. */
export const inlandSide = (document: { declarationType?: string }): 'arrivalTransport' | 'departureTransport' =>
  document.declarationType === 'EX' || isTransit(document) ? 'departureTransport' : 'arrivalTransport'

const withInlandMode = (document: DeclarationDocument): DeclarationDocument => {
  const side = inlandSide(document)
  const { mode, ...means } = document[side] ?? {}
  if (mode === undefined) return document
  const { [side]: _, ...rest } = document
  return { ...rest, ...(Object.keys(means).length > 0 && { [side]: means }), inlandMode: mode }
}

const withoutInlandMode = (document: DeclarationDocument): DeclarationDocument => {
  const { inlandMode, ...rest } = document
  const side = inlandSide(document)
  // Said twice and differently, one of them has no place: it stays, to be refused.
  if (inlandMode === undefined || document[side]?.mode !== undefined) return document
  return { ...rest, [side]: { ...document[side], mode: inlandMode } }
}

type Changes = NonNullable<DeclarationDocument['amendments']>

/** An invalidation gives a reason and points nowhere. */
const withPointers = (amendments: Changes): Changes => amendments.map((change) => ({ ...change, pointers: change.pointers ?? [] }))

export const declarationFromWire = (read: Record<string, unknown>): DeclarationDocument => {
  const document = (read.items ? read : { ...read, items: [] }) as unknown as DeclarationDocument
  return withInlandMode(withoutUsual({ ...document, ...(document.amendments && { amendments: withPointers(document.amendments) }) }, 'DEC'))
}
export const declarationToWire = (document: DeclarationDocument): object => withUsual(withoutInlandMode(document), 'DEC')

type TaxItem = { itemNumber: number; taxes?: Omit<TaxLine, 'itemNumber'>[] }

const toLines = (items: readonly TaxItem[]): TaxLine[] => items.flatMap(({ itemNumber, taxes = [] }) => taxes.map((tax) => ({ itemNumber, ...tax })))

const toItems = (lines: readonly TaxLine[]): TaxItem[] => {
  const items: Required<TaxItem>[] = []
  for (const { itemNumber, ...tax } of lines) {
    const last = items.at(-1)
    if (last?.itemNumber === itemNumber) last.taxes.push(tax)
    else items.push({ itemNumber, taxes: [tax] })
  }
  return items
}

export const notificationFromWire = (read: Record<string, unknown>): Notification => {
  const { taxItems, changes, errors, ...rest } = read as Record<string, unknown> & {
    taxItems?: TaxItem[]
    changes?: DeclarationDocument
    errors?: Notification['errors']
  }
  const name = notificationNames[String(read.functionCode) as keyof typeof notificationNames] as string | undefined
  const lines = toLines(taxItems ?? [])
  const told = errors
    ?.map((error) => ({ ...error, ...(error.pointers && { path: stepsToPath(error.pointers) }) }))
    .map(({ path, ...error }) => ({ ...error, ...(path !== undefined && { path }) }))
  const notification = {
    declaration: {},
    ...rest,
    ...(name && { name }),
    ...(lines.length > 0 && { taxLines: lines }),
    ...(told && { errors: told }),
    ...(changes && { changes: declarationFromWire(changes as Record<string, unknown>) }),
  }
  return withoutUsual(notification as unknown as Notification, 'RES')
}

export const notificationToWire = (notification: Notification): object => {
  const { name: _, taxLines, errors, changes, ...rest } = notification
  return withUsual(
    {
      ...rest,
      ...(taxLines && { taxItems: toItems(taxLines) }),
      ...(errors && { errors: errors.map(({ path: _path, ...error }) => error) }),
      ...(changes && { changes: withoutInlandMode(changes) }),
    },
    'RES',
  )
}

/** A pointer into the wire's shape in the terms of the canonical document, and back. */
export const fromWirePath = (path: string, document: { declarationType?: string }): string => {
  if (path === `/${inlandSide(document)}/mode`) return '/inlandMode'
  return path.replace(/^\/taxItems(\/.*)?$/, '/taxLines')
}
export const toWirePath = (path: string, document: { declarationType?: string }): string =>
  path === '/inlandMode' ? `/${inlandSide(document)}/mode` : path
