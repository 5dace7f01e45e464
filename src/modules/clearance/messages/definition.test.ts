import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { TSchema } from 'typebox'
import { DeclarationDocument } from '../schema/document.ts'
import { Notification } from '../schema/notification.ts'
import { childrenNamed, type Definition, isClass, messages } from './wco/definition.ts'
import { modeOf } from './wco/leaves.ts'
import { splits } from './wco/splits.ts'

type Shape = { type?: string; properties?: Record<string, Shape>; items?: Shape; maxLength?: number; maxItems?: number }

const at = (schema: Shape | undefined, path: readonly string[]): Shape | undefined =>
  path.reduce<Shape | undefined>((inner, name) => inner?.properties?.[name], schema)

type Found = { leaf: Definition; schema: Shape | undefined; where: string }

/** Every leaf that has a field, with the part of the schema that its field is. */
const mapped = (definition: Definition, schema: Shape | undefined, where: string): Found[] =>
  definition.children.flatMap((child) => {
    const { target } = child
    const place = `${where}/${child.name}`
    if (target.kind === 'apart' || target.kind === 'special' || target.kind === 'position') return []
    if (!isClass(child)) {
      if (target.kind === 'entry') return [{ leaf: child, schema, where: place }]
      return target.kind === 'field' ? [{ leaf: child, schema: at(schema, target.path), where: place }] : []
    }
    if (target.kind === 'list') return mapped(child, at(schema, target.path)?.items, place)
    return mapped(child, target.kind === 'field' ? at(schema, target.path) : schema, place)
  })

/** Tax lines stand inside items in the message, and side by side in the document. */
const wireSchema = (schema: TSchema): Shape => {
  const shape = schema as unknown as Shape
  const lines = shape.properties?.taxLines?.items
  const taxItems: Shape = { items: { properties: { itemNumber: { type: 'integer' }, taxes: { ...(lines && { items: lines }) } } } }
  return { ...shape, properties: { ...shape.properties, taxItems } }
}

const types: Readonly<Record<ReturnType<typeof modeOf>, string>> = {
  text: 'string',
  date: 'string',
  int: 'integer',
  amount: 'object',
  mass: 'string',
  numeral: 'string',
  quantity: 'object',
}

for (const [name, schema] of [
  ['declaration', DeclarationDocument],
  ['notification', Notification],
] as const) {
  const leaves = mapped(messages[name], wireSchema(schema), '')

  test(`every field that the ${name} names is in the schema, of the type that its content becomes`, () => {
    assert.ok(leaves.length > (name === 'declaration' ? 150 : 40))
    for (const { leaf, schema: part, where } of leaves) assert.equal(part?.type, types[modeOf(leaf)], where)
  })

  test(`nothing that the ${name} may hold is longer than its field`, () => {
    for (const { leaf, schema: part, where } of leaves) {
      if (part?.type !== 'string' || modeOf(leaf) !== 'text') continue
      const most = leaf.type!.values ? Math.max(...leaf.type!.values.map((value) => value.length)) : (leaf.type!.maxLength ?? leaf.type!.length)
      if (most !== undefined) assert.ok((part.maxLength ?? most) >= most, `${where}: ${most} characters, ${part.maxLength} in the schema`)
    }
  })

  test(`pointers into the ${name} are unambiguous`, () => {
    const visit = (definition: Definition, where: string): void => {
      for (const ofClass of [true, false]) {
        const ids = definition.children
          .filter((child) => isClass(child) === ofClass && child.namespace === definition.namespace && child.id)
          .map((child) => child.id)
        assert.equal(new Set(ids).size, ids.length, where)
      }
      for (const child of definition.children) visit(child, `${where}/${child.name}`)
    }
    visit(messages[name], '')
  })
}

test('every conversion that a definition names exists, and its fields are in the schema', () => {
  const names = new Set<string>()
  const visit = (definition: Definition): void => {
    if (definition.target.kind === 'special' && isClass(definition)) names.add(definition.target.name)
    definition.children.forEach(visit)
  }
  visit(messages.declaration)
  assert.deepEqual([...names].toSorted(), Object.keys(splits).toSorted())
  const { properties = {} } = DeclarationDocument as unknown as Shape
  const known = { ...properties, ...properties.items?.items?.properties, ...properties.declarant?.properties }
  for (const slot of Object.values(splits).flat()) assert.ok(known[slot.field], slot.field)
})

test('every attribute and class that a pointer can name has an id', () => {
  const [declaration] = childrenNamed(messages.declaration, 'Declaration')
  const nameless: string[] = []
  const visit = (definition: Definition): void => {
    if (definition.id === '') nameless.push(definition.name)
    definition.children.forEach(visit)
  }
  visit(declaration!)
  assert.deepEqual(nameless, [])
})
