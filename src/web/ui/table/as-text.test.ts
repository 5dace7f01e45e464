import assert from 'node:assert/strict'
import { test } from 'node:test'
import { csvOf, textOf, type TextNode } from './as-text.ts'

const text = (value: string): TextNode => ({ nodeType: 3, nodeValue: value, childNodes: [] })
const element = (localName: string, attributes: Record<string, string>, ...childNodes: TextNode[]): TextNode => ({
  nodeType: 1,
  nodeValue: null,
  childNodes,
  localName,
  getAttribute: (name) => attributes[name] ?? null,
})

test('a cell is its words without buttons and drawings, and its figures as machines read them', () => {
  const cell = element(
    'td',
    {},
    element('svg', { 'aria-hidden': 'true' }, text('drawn')),
    element('span', {}, text(' Red ')),
    element('button', {}, text('Copy')),
    element('span', { 'data-plain': '1234.50 VRC' }, text('1 234,50 '), element('span', {}, text('VRC'))),
  )
  assert.equal(textOf(cell), 'Red 1234.50 VRC')
  assert.equal(textOf(element('td', {}, element('span', { 'data-plain': '' }, text('–')))), '')
})

test('a file has a line for each row, quotes what needs it, and holds no formula', () => {
  assert.equal(
    csvOf([
      ['MRN', 'Name'],
      ['26XV', 'Salt, "fine"'],
      ['=1+1', '-12.5 VRC'],
    ]),
    '\uFEFFMRN,Name\r\n26XV,"Salt, ""fine"""\r\n\'=1+1,-12.5 VRC\r\n',
  )
  assert.equal(csvOf([['-cmd|x', '+1', '@a']]), "\uFEFF'-cmd|x,'+1,'@a\r\n")
})
