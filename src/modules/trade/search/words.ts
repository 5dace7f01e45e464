/** From a text to the words that are compared: one spelling of British and American English, one form of singular and plural. Pure. */
import { stemmer } from 'stemmer'

/** Say nothing of what a good is: articles, measures of size, words of packing lists and of rulings. */
const silent = new Set(
  `a an and are as at be been being both but by can could do does each either else e.g etc eg for from had has have having he her here his how i ie if in into is it
  its itself just kind kinds less like made make makes making many may might more most must my no nor of off on once one only onto or our out over own per same shall she
  should so some such than that the their them then there these they this those through to too two under up upon use used uses using very was were what when where
  whether which while who whom why will with within would you your three four five six first second third approx approximately about around various several
  cm mm km ml cl kg gsm litre liter litres liters metre meter metres meters gram grams inch inches pcs piece pieces pack packs set sets item items article articles
  product products goods good type types thing things new also unit units size sizes colour color weight including included includes include containing contains
  contain consisting consist consists comprising comprise comprises presented put retail sale suitable intended designed unspecified named elsewhere n.e.s nes
  not other others any all without whose it's available different`.split(/\s+/),
)

const spellings: readonly (readonly [RegExp, string])[] = [
  [/^(col|flav|od|lab|vap|arm|harb|hum|savi|tum|rum|vig|fav|behavi|neighb|parl)our/, '$1or'],
  [/(fib|lit|met|cent|cal(?:i)b|theat|sab|lust|meag|spect|goit|reconnoit)res?$/, '$1er'],
  [/(al|il|er|ar|an|on|ym|at|ic|in|id|ol|im|ub|iv|ut|or|tat)is(e|es|ed|er|ers|ing|ation|able)$/, '$1iz$2'],
  [/sulph/g, 'sulf'],
  [/^aluminium/, 'aluminum'],
  [/^caesium/, 'cesium'],
  [/aesth/g, 'esth'],
  [/^haem/, 'hem'],
  [/oes(trogen|oph)/, 'es$1'],
  [/paed/g, 'ped'],
  [/gynaec/, 'gynec'],
  [/diarrhoea/, 'diarrhea'],
  [/^foet/, 'fet'],
  [/^tyre/, 'tire'],
  [/^mould/, 'mold'],
  [/^plough/, 'plow'],
  [/^grey/, 'gray'],
  [/jewelle?ry/, 'jewelry'],
  [/^pyjama/, 'pajama'],
  [/^doughnut/, 'donut'],
  [/^yogh?ou?rt/, 'yogurt'],
  [/^whiskey/, 'whisky'],
  [/^whiskies/, 'whisky'],
  [/^woollen/, 'woolen'],
  [/^draught/, 'draft'],
  [/^cosy/, 'cozy'],
  [/^catalogue/, 'catalog'],
  [/^analogue/, 'analog'],
  [/^programme/, 'program'],
  [/^disc(s?)$/, 'disk$1'],
  [/^licence/, 'license'],
  [/^moustache/, 'mustache'],
  [/^manoeuv/, 'maneuv'],
  [/^omelette/, 'omelet'],
  [/^cheque(s?)$/, 'check$1'],
  [/^chilli(es|s)?$/, 'chili'],
  [/^chile(s)?$/, 'chili'],
  [/^chilies$/, 'chili'],
  [/^storey/, 'story'],
  [/^kerb/, 'curb'],
  [/^gauge/, 'gage'],
  [/^soya$/, 'soy'],
  [/^soyabean/, 'soybean'],
  [/(travell|modell|panell|labell|enamell|channell|tunnell|bevell|levell|chisell|marvell)(ed|ing|er)/, '$1$2'],
  [/^knives$/, 'knife'],
  [/^leaves$/, 'leaf'],
  [/^women$/, 'woman'],
  [/^men$/, 'man'],
  [/^children$/, 'child'],
  [/^kids?$/, 'child'],
  [/^mice$/, 'mouse'],
  [/^geese$/, 'goose'],
  [/^teeth$/, 'tooth'],
  [/^feet$/, 'foot'],
  [/^dice$/, 'die'],
]
const uneven: Readonly<Record<string, string>> = {
  loaves: 'loaf',
  halves: 'half',
  shelves: 'shelf',
  wolves: 'wolf',
  calves: 'calf',
  scarves: 'scarf',
  hooves: 'hoof',
  mens: 'man',
  womens: 'woman',
  childrens: 'child',
}

/** The Porter stemmer throws these together with words that mean something else. */
const kept: Readonly<Record<string, string>> = {
  stationery: 'stationery',
  organs: 'organ',
  organ: 'organ',
  organic: 'organic',
  organics: 'organic',
  generator: 'generator',
  generators: 'generator',
  general: 'general',
  universal: 'universal',
  university: 'university',
  news: 'news',
  glasses: 'glasses',
  spectacles: 'spectacle',
  sanitary: 'sanitary',
  arms: 'arms',
  animated: 'animated',
  animal: 'animal',
  animals: 'animal',
  animation: 'animated',
  mineral: 'mineral',
  minerals: 'mineral',
  milling: 'milling',
  mules: 'mule',
  polish: 'polish',
  polishes: 'polish',
  meter: 'meter',
  metering: 'meter',
  relay: 'relay',
  relays: 'relay',
  caning: 'cane',
  canned: 'canned',
  cannes: 'canne',
  dressing: 'dressing',
  dressings: 'dressing',
  wooden: 'wood',
  golden: 'gold',
  woolen: 'wool',
  earthen: 'earth',
  earthenware: 'earthenware',
  waxes: 'wax',
  tires: 'tire',
  tired: 'tired',
  fried: 'fried',
  dried: 'dried',
  dryer: 'dryer',
  dryers: 'dryer',
  drier: 'dryer',
  driers: 'dryer',
  dry: 'dry',
  accordion: 'accordion',
  accordions: 'accordion',
  accordance: 'accordance',
  posts: 'post',
  poster: 'poster',
  posters: 'poster',
  number: 'number',
  rubber: 'rubber',
  rubbers: 'rubber',
  loafer: 'loafer',
  loafers: 'loafer',
  trainer: 'trainer',
  trainers: 'trainer',
  training: 'training',
  container: 'container',
  containers: 'container',
  cooker: 'cooker',
  cookers: 'cooker',
  cooking: 'cook',
  printer: 'printer',
  printers: 'printer',
  computer: 'computer',
  computers: 'computer',
  washer: 'washer',
  washers: 'washer',
  washing: 'wash',
  planer: 'planer',
  planers: 'planer',
  plane: 'plane',
  planes: 'plane',
  plant: 'plant',
  planter: 'planter',
  planters: 'planter',
  station: 'station',
  stations: 'station',
  boxing: 'boxing',
  fishing: 'fishing',
}

const stems = new Map<string, string>()
const spell = (word: string): string => {
  let w = word
  for (const [from, to] of spellings) w = w.replace(from, to)
  return uneven[w] ?? w
}

/** The comparable form of one word. */
export const stemOf = (word: string): string => {
  const known = stems.get(word)
  if (known !== undefined) return known
  const spelled = spell(word)
  const stem = Object.hasOwn(kept, spelled) ? kept[spelled]! : stemmer(spelled)
  if (stems.size < 200_000) stems.set(word, stem)
  return stem
}

/** Most texts are plain; a hundred thousand of them are read at the start. */
const plain = /^[\x20-\x26\x28-\x7e]*$/
export const fold = (text: string): string => (plain.test(text) ? text.toLowerCase() : foldAll(text))

const foldAll = (text: string): string =>
  text
    .toLowerCase()
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .replace(/œ/g, 'oe')
    .replace(/æ/g, 'ae')
    .replace(/ß/g, 'ss')
    .replace(/[‘’ʼ']s\b/g, 's')
    .replace(/[‘’ʼ']/g, '')

/** A word as it stood, with its stem and its place. */
export type Word = { raw: string; stem: string; at: number }

/** Measures say nothing (`500g`, `45`); these name something. */
const numbered = new Set(['3d', '2d', '4k', '4x4', '4wd'])
const meaningful = (raw: string): boolean => numbered.has(raw) || (raw.length > 1 && !/^\d/.test(raw) && !silent.has(raw))

/** Words of plain letters as they stand, without those that say nothing. */
export const rawWordsOf = (text: string): string[] => (fold(text).match(/[a-z]{2,}/g) ?? []).filter((raw) => !silent.has(raw))

/** The words of a text, in order, without those that say nothing. A hyphenated word is its parts and itself in one (`t-shirt`: `tshirt`). */
export const wordsOf = (text: string): Word[] => {
  const out: Word[] = []
  let at = 0
  for (const [chunk] of fold(text).matchAll(/[\p{L}\p{N}]+(?:[-‑–][\p{L}\p{N}]+)*/gu)) {
    const parts = chunk.split(/[-‑–]/)
    const negated = parts.length > 1 && parts[0] === 'non'
    if (!negated) for (const raw of parts) if (meaningful(raw)) out.push({ raw, stem: stemOf(raw), at: at++ })
    if (parts.length > 1 && parts.length < 4 && !parts.some((p) => /^\d+$/.test(p))) {
      const raw = parts.join('')
      if (raw.length > 2) out.push({ raw, stem: stemOf(raw), at })
    }
    at++
  }
  return out
}

/** The stems of a text, each once. */
export const stemsOf = (text: string): string[] => [...new Set(wordsOf(text).map((w) => w.stem))]
