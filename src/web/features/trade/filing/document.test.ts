import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { DeclarationDocument } from '#schema/clearance'
import { atField, commodityOf, locationOf, nextItem, splitCommodity, splitLocation, stepOf, tidy, totalsOf, without } from './document.ts'

const line = (itemNumber: number, more: object = {}) => ({ itemNumber, ...more })

test('what is saved has no empty groups, and numbers and counts its lines', () => {
  const typed: DeclarationDocument = {
    lrn: 'A',
    importer: {},
    goodsLocation: { name: '' },
    containers: [{}],
    invoiceTotal: { currency: 'EUR' } as never,
    items: [line(7, { description: '', packages: [{ type: 'CT' }] }), line(9)],
  }
  assert.deepEqual(tidy(typed), {
    function: 'original',
    lrn: 'A',
    itemCount: 2,
    items: [{ itemNumber: 1, packages: [{ type: 'CT' }] }, { itemNumber: 2 }],
  })
})

test('totals are exact, and unknown while a line lacks its share or currencies differ', () => {
  const full: DeclarationDocument = {
    items: [
      line(1, { grossMassKg: '0.1', itemPrice: { amount: '0.1', currency: 'EUR' }, packages: [{ count: '2' }] }),
      line(2, { grossMassKg: '0.2', itemPrice: { amount: '0.2', currency: 'EUR' }, packages: [{ count: '3' }] }),
    ],
  }
  assert.deepEqual(
    [totalsOf(full).gross.value, totalsOf(full).price.value, totalsOf(full).packages.value, totalsOf(full).currency],
    ['0.3', '0.3', '5', 'EUR'],
  )
  assert.equal(totalsOf({ items: [...full.items, line(3)] }).gross.value, null)
  assert.deepEqual(totalsOf({ items: [...full.items, line(3, { itemPrice: { amount: '1', currency: 'USD' } })] }).price, { value: null, mixed: true })
})

test('codes of goods and of places are split and joined without loss', () => {
  assert.equal(commodityOf(splitCommodity('8528 72 00 10')), '8528720010')
  assert.deepEqual(splitCommodity('8528'), { hsCode: '8528', taricCode: undefined })
  for (const code of ['X', 'XV', 'XVA', 'XVAU', 'XVAUPMRQUAY1']) assert.equal(locationOf(splitLocation(code)), code)
})

test('a new line goes on as the line before it, but has its own goods, price and weight', () => {
  const next = nextItem({
    items: [
      line(1, {
        hsCode: '85183000',
        procedure: '7100',
        itemPrice: { amount: '5', currency: 'USD' },
        packages: [{ type: 'BX', count: '4', marks: 'A' }],
      }),
    ],
  })
  assert.deepEqual(
    [next.procedure, next.hsCode, next.itemPrice, next.packages],
    ['7100', undefined, { currency: 'USD' }, [{ sequence: 1, type: 'BX' }]],
  )
})

test('each element has its step, and an issue of a group its field', () => {
  assert.deepEqual(['/importer/id', '/goodsLocation', '/items/3/netMassKg', '/items/3/documents/0/id', '/deferments', '/lrn'].map(stepOf), [
    'parties',
    'transport',
    'goods',
    'documents',
    'duty',
    'declaration',
  ])
  const at = (path: string): string => atField({ code: 'x', severity: 'error', path }).path
  assert.deepEqual(['/importer', '/items/0/itemPrice/amount', '/goodsLocation/name', '/items/2', '/lrn'].map(at), [
    '/importer/id',
    '/items/0/itemPrice',
    '/goodsLocation',
    '/items/2/hsCode',
    '/lrn',
  ])
})

test('what cannot be stored is left out, the rest stays', () => {
  assert.deepEqual(without({ dispatchCountry: 'C', destinationCountry: 'XV', items: [] }, ['/dispatchCountry']), {
    destinationCountry: 'XV',
    items: [],
  })
})
