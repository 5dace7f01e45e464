// Texts of all languages agree with English; no screen says anything that is not in them. Types check keys too; this also sees what a
// cast hides, and text that never became a key.
import assert from 'node:assert/strict'
import { globSync, readFileSync } from 'node:fs'
import { basename, dirname, join, relative } from 'node:path'
import { test } from 'node:test'
import ts from 'typescript'

const here = import.meta.dirname
const web = join(here, '..')
const languages = ['fr', 'es', 'zh', 'ar'] as const
const pluralSuffix = /_(zero|one|two|few|many|other)$/

type Flat = Map<string, string>
const flatten = (value: unknown, at = '', into: Flat = new Map()): Flat => {
  if (typeof value === 'string') return into.set(at, value)
  for (const [name, inner] of Object.entries(value as object)) flatten(inner, at ? `${at}.${name}` : name, into)
  return into
}

const load = async (language: string): Promise<Map<string, Flat>> => {
  const found = new Map<string, Flat>()
  for (const file of globSync(join(here, language, '*.ts')).filter((path) => !path.endsWith('.test.ts'))) {
    const module = (await import(file)) as { default?: unknown; issueTexts?: unknown }
    const texts = module.default ?? module.issueTexts
    if (texts) found.set(basename(file, '.ts'), flatten(texts))
  }
  return found
}

const english = await load('en')
const others = new Map(await Promise.all(languages.map(async (language) => [language, await load(language)] as const)))
const base = (key: string): string => key.replace(pluralSuffix, '')
const placeholders = (text: string): Set<string> => new Set([...text.matchAll(/\{\{\s*(\w+)/g)].map(([, name]) => name!))
/** What all plural forms of a key may fill in. */
const filledBy = (texts: Flat, key: string): Set<string> =>
  new Set([...texts].filter(([name]) => base(name) === key).flatMap(([, text]) => [...placeholders(text)]))

test('English is there, with the namespaces that every screen needs', () => {
  assert.ok(english.get('common')!.size > 100)
  for (const name of ['common', 'navigation', 'issues', 'problems']) assert.ok(english.has(name), name)
})

for (const language of languages) {
  test(`${language} has the frame complete, knows no key that English lacks, and fills in the same things`, () => {
    const wrong: string[] = []
    const texts = others.get(language)!
    const bases = (flat: Flat | undefined): Set<string> => new Set([...(flat ?? new Map<string, string>()).keys()].map(base))
    for (const key of bases(english.get('common'))) if (!bases(texts.get('common')).has(key)) wrong.push(`common:${key} is missing`)
    for (const [namespace, flat] of texts) {
      const model = english.get(namespace)
      if (!model) wrong.push(`${namespace} is no namespace of English`)
      else
        for (const key of bases(flat)) {
          if (!bases(model).has(key)) wrong.push(`${namespace}:${key} is unknown in English`)
          const strange = [...filledBy(flat, key).symmetricDifference(filledBy(model, key))]
          if (strange.length > 0) wrong.push(`${namespace}:${key} differs in ${strange.join(', ')}`)
        }
    }
    assert.deepEqual(wrong, [])
  })
}

test('a text that counts has every form that its language distinguishes', () => {
  const wrong: string[] = []
  for (const [language, namespaces] of [['en', english] as const, ...others]) {
    const forms = new Intl.PluralRules(language).resolvedOptions().pluralCategories
    for (const [namespace, flat] of namespaces) {
      const counting = new Set([...flat.keys()].filter((key) => key.endsWith('_other')).map(base))
      for (const key of counting) for (const form of forms) if (!flat.has(`${key}_${form}`)) wrong.push(`${language} ${namespace}:${key}_${form}`)
    }
  }
  assert.deepEqual(wrong, [])
})

const sources = globSync(join(web, '**/*.{ts,tsx}')).filter(
  (file) => !file.endsWith('.test.ts') && !file.endsWith('.d.ts') && basename(dirname(dirname(file))) !== 'i18n',
)
const parsed = sources.map((file) => ({
  file: relative(web, file),
  source: ts.createSourceFile(file, readFileSync(file, 'utf8'), ts.ScriptTarget.Latest, true, ts.ScriptKind.TSX),
}))
const visit = (node: ts.Node, see: (node: ts.Node) => void): void => {
  see(node)
  node.forEachChild((child) => visit(child, see))
}
const place = (file: string, node: ts.Node): string => `${file}:${node.getSourceFile().getLineAndCharacterOfPosition(node.getStart()).line + 1}`

/** Namespaces that a file asks for; `common` when it names none. */
const namespacesOf = (source: ts.SourceFile): string[] => {
  const found: string[] = []
  visit(source, (node) => {
    if (!ts.isCallExpression(node) || node.expression.getText() !== 'useTranslation') return
    const [first] = node.arguments
    if (!first) found.push('common')
    else visit(first, (inner) => ts.isStringLiteral(inner) && found.push(inner.text))
  })
  return found.length > 0 ? found : ['common']
}

test('every key that a screen asks for exists', () => {
  const missing: string[] = []
  let asked = 0
  for (const { file, source } of parsed) {
    const namespaces = namespacesOf(source)
    visit(source, (node) => {
      if (!ts.isCallExpression(node) || !/^(t|i18n\.t|i18next\.t)$/.test(node.expression.getText())) return
      const [first] = node.arguments
      if (!first || !ts.isStringLiteralLike(first)) return
      asked += 1
      const [namespace, key] = first.text.includes(':')
        ? [[first.text.split(':')[0]!], first.text.slice(first.text.indexOf(':') + 1)]
        : [namespaces, first.text]
      const exists = namespace.some((name) => [...(english.get(name)?.keys() ?? [])].some((known) => known === key || base(known) === key))
      if (!exists) missing.push(`${place(file, first)}: ${first.text}`)
    })
  }
  assert.deepEqual(missing, [])
  assert.ok(asked > 150, `only ${asked} were seen`)
})

const spoken = new Set([
  'label',
  'title',
  'placeholder',
  'alt',
  'hint',
  'text',
  'caption',
  'confirm',
  'cancel',
  'consequences',
  'heading',
  'description',
  'aria-label',
  'aria-description',
  'aria-roledescription',
  'groundsLabel',
  'groundsHint',
  'nothing',
])
// The product's own name, and codes of standards, are the same in every language.
const isWord = (text: string): boolean => /\p{L}{2}/u.test(text.replaceAll('Portcullis', '').replace(/\b[A-Z]{2,5}\b/g, ''))

/** Text that would reach the reader without having been through i18n. */
const rawTexts = (source: ts.SourceFile, file: string): string[] => {
  const found: string[] = []
  const tell = (node: ts.Node, text: string): void => void (isWord(text) && found.push(`${place(file, node)}: ${text.trim().slice(0, 60)}`))
  visit(source, (node) => {
    if (ts.isJsxText(node)) tell(node, node.text)
    if (ts.isJsxExpression(node) && !ts.isJsxAttribute(node.parent) && node.expression && ts.isStringLiteralLike(node.expression))
      tell(node, node.expression.text)
    if (ts.isJsxAttribute(node) && spoken.has(node.name.getText()) && node.initializer) {
      const value = ts.isJsxExpression(node.initializer) ? node.initializer.expression : node.initializer
      if (value && ts.isStringLiteralLike(value)) tell(node, value.text)
      if (value && ts.isTemplateExpression(value))
        tell(node, [value.head, ...value.templateSpans.map((span) => span.literal)].map((part) => part.text).join(' '))
    }
  })
  return found
}

test('no screen holds words of its own', () => {
  assert.deepEqual(
    parsed.filter(({ file }) => file.endsWith('.tsx')).flatMap(({ file, source }) => rawTexts(source, file)),
    [],
  )
  assert.ok(parsed.length > 50, `only ${parsed.length} files were seen`)
})

test('words in a screen are seen wherever they hide', () => {
  const planted = ts.createSourceFile(
    'x.tsx',
    `const x = <p title="Save now" aria-label={\`Row \${n}\`}>Hello {'world'} {t('ok')} <b>/</b></p>`,
    ts.ScriptTarget.Latest,
    true,
    ts.ScriptKind.TSX,
  )
  assert.equal(rawTexts(planted, 'x.tsx').length, 4)
})
