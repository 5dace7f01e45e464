import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { readCodes, readEntries, readRelations } from './entries.ts'
import { createFinder } from './finder.ts'
import { createIndex } from './finder-index.ts'
import { createMeaning } from './meaning.ts'
import { distance } from './terms.ts'

const texts = `# own small nomenclature
39\tPlastics
42\tLeather goods
44\tWood
73\tArticles of iron or steel
84\tMachinery
85\tElectrical machines
3924\tHousehold articles of plastics\tbowl; mug; bucket; plastic bin
392410\tFor the table and kitchen\tmug; mixing bowl
392490\tOther household articles\tpedal bin; bucket
4202\tTrunks, bags and cases\tsuitcase; phone case; handbag; carrying case
420231\tPocket articles of leather\twallet of leather
420292\tWith outer surface of plastic sheeting or textile\tphone case
4419\tTableware of wood\twooden bowl; salad bowl
441990\tOther\tbowl
7323\tHousehold articles of steel\tsteel bowl; saucepan
732393\tOf stainless steel\tmixing bowl
8467\tHand tools with a motor\tcordless drill; power drill
846721\tElectric drills\tcordless drill
8517\tTelephones\tphone; smartphone; mobile phone
851713\tSmartphones\tsmartphone
9617\tVacuum flasks\tthermos; flask
`
const relations = readRelations('cell phone, mobile phone\npolypropylene > plastic\n', 'test')
const finder = createFinder(createIndex(readEntries(texts, 'test'), { relations }))
const headings = (text: string): string[] => finder.find(text).results.map((r) => r.heading)

test('a phrase outranks its words, and says why', () => {
  const [first] = finder.find('phone cases').results
  assert.equal(first?.code, '420292')
  assert.deepEqual(first?.reasons[0], { words: ['phone', 'cases'], in: 'keyword', of: '4202', text: 'phone case' })
})

test('the subheading below the heading is chosen by its own words', () => {
  assert.equal(finder.find('plastic pedal bin').results[0]?.code, '392490')
  assert.equal(finder.find('steel mixing bowl').results[0]?.code, '732393')
})

test('where no word tells the subheading, the last one is given and said to be guessed', () => {
  const index = createIndex(readEntries(texts, 'test'), { codes: readCodes('9617 00\n8517 11 13 79\n', 'test') })
  const of = (text: string) =>
    createFinder(index)
      .find(text)
      .results.map((r) => [r.code, r.guessed])[0]
  assert.deepEqual(of('thermos'), ['961700', undefined])
  assert.deepEqual(of('mobile phone'), ['851779', true])
  assert.deepEqual(of('smartphone'), ['851713', undefined])
  assert.throws(() => readCodes('8517 1', 'z.txt'), /z\.txt, line 1/)
})

test('British, American and hyphenated spellings meet; a slip of the pen is forgiven only where nothing is known', () => {
  assert.equal(headings('cell phone')[0], '8517')
  assert.equal(headings('smart-phone')[0], '8517')
  assert.equal(headings('suitcsae')[0], '4202')
})

test('what a good is for, packed in or does not have counts less than what it is', () => {
  assert.equal(headings('wallet for phone')[0], '4202')
  assert.equal(headings('saucepan packed in plastic bin')[0], '7323')
  assert.equal(headings('mug other than of steel, of polypropylene')[0], '3924')
})

test('the legal reasoning of a ruling is not read', () => {
  const text = 'product: a cordless drill with battery. hmrc justification: classification has been determined as suitcase, handbag, thermos, flask'
  assert.deepEqual(headings(text).slice(0, 1), ['8467'])
  assert.ok(!headings(text).includes('9617'))
})

test('words that name nothing are asked about; unknown ones are told', () => {
  assert.deepEqual(finder.find('gift').asks, { code: 'what_is_it', words: ['gift'] })
  assert.deepEqual(finder.find('spare parts').asks, { code: 'what_is_it', words: ['spare', 'parts'] })
  assert.deepEqual(finder.find('qqzzxx').asks, { code: 'nothing_known', words: ['qqzzxx'] })
})

test('where the best headings differ by material, the material is asked for, unless it was said', () => {
  const asked = finder.find('bowl').questions.find((q) => q.code === 'material')
  assert.deepEqual(asked?.answers.map((a) => a.code).sort(), ['plastic', 'steel', 'wood'])
  assert.deepEqual(
    finder.find('wooden bowl').questions.filter((q) => q.code === 'material'),
    [],
  )
})

test('a text with no word for the declared heading is doubtful; one that says too little is not judged', () => {
  assert.equal(finder.checkDescription('42029290', 'phone case').verdict, 'fits')
  assert.equal(finder.checkDescription('96170000', 'cordless drill').verdict, 'doubtful')
  assert.equal(finder.checkDescription('96170000', 'cordless drill').suggestions[0]?.heading, '8467')
  assert.equal(finder.checkDescription('96170000', 'gift').verdict, 'unsure')
  assert.equal(finder.checkDescription('01012100', 'cordless drill').verdict, 'unsure')
})

test('what no text names is found by its meaning where vectors are there, by how its name ends, or among the other articles of its material', () => {
  const lore = { relations, endings: readRelations('-azole > 9617', 'test'), residual: readRelations('plastic > 3924', 'test') }
  const index = createIndex(readEntries(texts, 'test'), lore)
  const directions: Record<string, number[]> = { handset: [120, 10], smartphone: [110, 0], bowl: [0, 100] }
  const meaning = createMeaning(index, (word) => (directions[word] ? Int8Array.from(directions[word]) : undefined), 2)
  const near = createFinder(index, meaning).find('handset').results[0]
  assert.deepEqual([near?.heading, near?.reasons[0]?.in], ['8517', 'meaning'])
  assert.deepEqual(createFinder(index).find('handset').results, [])
  assert.equal(createFinder(index).find('xyconazole').results[0]?.heading, '9617')
  assert.ok(
    createFinder(index)
      .find('polypropylene smartphone')
      .results.some((r) => r.heading === '3924'),
  )
})

test('lines that are no entries stop with file and number', () => {
  assert.throws(() => readEntries('8517 Telephones', 'x.txt'), /x\.txt, line 1/)
  assert.throws(() => readRelations('a > b > c', 'y.txt'), /y\.txt, line 1/)
  assert.throws(() => readRelations('alone', 'y.txt'), /y\.txt, line 1/)
})

test('no text throws, and every answer is ordered and within the nomenclature', () => {
  const words = fc.constantFrom(
    'phone',
    'bowl',
    'not',
    'other than',
    'for',
    '(',
    '12',
    'of',
    'parts',
    '-',
    '.',
    'ingredients:',
    'é',
    '中',
    '\u0000',
    'drill',
  )
  fc.assert(
    fc.property(
      fc.oneof(
        fc.string({ unit: 'binary' }),
        fc.array(words, { maxLength: 40 }).map((w) => w.join(' ')),
      ),
      (text) => {
        const { results } = finder.find(text)
        assert.ok(results.every((r, i) => i === 0 || results[i - 1]!.score >= r.score))
        assert.ok(results.every((r) => r.code.startsWith(r.heading)))
        assert.equal(new Set(results.map((r) => r.heading)).size, results.length)
      },
    ),
  )
})

test('distance counts a swap as one and stops beyond its bound', () => {
  assert.equal(distance('suitcase', 'suitcsae', 2), 1)
  assert.equal(distance('abc', 'abd', 1), 1)
  assert.equal(distance('abcdef', 'ghijkl', 2), 3)
  fc.assert(fc.property(fc.string(), fc.string(), (a, b) => distance(a, b, 3) === distance(b, a, 3)))
})
