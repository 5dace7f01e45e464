/** What to ask back: words that name nothing, and questions whose answer tells the best headings apart. Pure. */
import type { DividingQuestion } from '../schema/finder.ts'
import type { Found } from './rank.ts'
import type { Question } from './query.ts'
import { stemOf } from './words.ts'

const stems = (words: string): ReadonlySet<string> => new Set(words.split(' ').map(stemOf))

/** Words with which every parcel is described and none is classified. */
const hopeless = stems(
  'part parts spare spares gift gifts present sample samples accessory accessories stuff thing things goods item items article articles merchandise misc miscellaneous component components material materials equipment object objects personal effects belongings cargo freight shipment parcel package various mixed general other code test commercial',
)

type Answer = { code: string; headings: RegExp; said: ReadonlySet<string> }
type Facet = { code: string; answers: readonly Answer[] }
const answer = (code: string, headings: RegExp, said: string): Answer => ({ code, headings, said: stems(said) })

/** By which facts the nomenclature divides goods that are called the same. */
const facets: readonly Facet[] = [
  {
    code: 'material',
    answers: [
      answer('plastic', /^39/, 'plastic plastics polypropylene polyethylene pvc abs acrylic polystyrene nylon silicone polyurethane'),
      answer('rubber', /^40/, 'rubber latex epdm nbr neoprene elastomer'),
      answer('leather', /^4[123]/, 'leather fur hide suede'),
      answer('wood', /^4[456]/, 'wood wooden bamboo cork oak pine plywood wicker rattan'),
      answer('paper', /^4[789]/, 'paper cardboard paperboard'),
      answer('textile', /^(?:5\d|6[0-3])/, 'textile cotton polyester wool fabric cloth linen silk felt viscose'),
      answer('stone', /^68/, 'stone cement concrete granite marble'),
      answer('ceramic', /^69/, 'ceramic porcelain china stoneware earthenware'),
      answer('glass', /^70/, 'glass crystal'),
      answer('precious', /^71/, 'gold silver platinum'),
      answer('steel', /^7[23]/, 'steel iron stainless'),
      answer('copper', /^74/, 'copper brass bronze'),
      answer('aluminium', /^76/, 'aluminium'),
      answer('metal', /^8[0123]|^7[589]/, 'zinc tin lead nickel titanium'),
    ],
  },
  { code: 'make', answers: [answer('knitted', /^6[01]/, 'knitted crocheted knit jersey'), answer('woven', /^62/, 'woven denim poplin')] },
  {
    code: 'state',
    answers: [
      answer('unprepared', /^0[2378]/, 'fresh chilled frozen dried raw live salted'),
      answer('prepared', /^(?:16|20)/, 'prepared preserved cooked pickled canned fried roasted marinated'),
    ],
  },
  {
    code: 'power',
    answers: [
      answer('electric', /^85(?:0[89]|10|1[3-6])|^8467|^9405/, 'electric electrical battery cordless rechargeable motor led'),
      answer('hand', /^82|^7321|^7323|^96/, 'hand manual gas'),
    ],
  },
  {
    code: 'whole',
    answers: [
      answer('whole', /^8(?:4[0-6][0-9]|47[0-2]|7(?:0[1-5]|1[1-3]))/, 'machine complete whole vehicle'),
      answer('part', /^8(?:409|431|448|466|473|48[1-7]|503|708|714)/, 'part parts spare accessory component'),
    ],
  },
]

/** Close enough to the best to be worth a question. */
const nearBy = 0.55
const among = 8

export const dividingQuestions = (question: Question, found: readonly Found[]): DividingQuestion[] => {
  const best = found[0]?.score ?? 0
  const near = found.slice(0, among).filter((f) => f.score >= best * nearBy)
  const asked = new Set(question.words.map((w) => w.stem))
  return facets.flatMap(({ code, answers }) => {
    if (answers.some((a) => [...a.said].some((s) => asked.has(s)))) return []
    const given = answers.flatMap((a) => {
      const headings = near.filter((f) => a.headings.test(f.heading)).map((f) => f.heading)
      return headings.length > 0 ? [{ code: a.code, headings }] : []
    })
    return given.length > 1 ? [{ code, answers: given }] : []
  })
}

/** The words, where a question holds none but such as name nothing. */
export const hopelessWords = (question: Question): string[] | undefined =>
  question.words.every((w) => hopeless.has(w.stem)) ? question.words.map((w) => w.raw) : undefined
