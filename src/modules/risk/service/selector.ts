/** The facts of one selection: profiles asked, lots drawn, counts and scores read. Nothing here decides; `select` does, from what this gathers. */
import { createHmac, hash } from 'node:crypto'
import type { Reader } from '#platform/database.ts'
import type { Deps } from '#platform/module.ts'
import { createHistory } from '../profile/history.ts'
import { noFigures, type Subject } from '../profile/closures.ts'
import { subjectFrom } from '../profile/snapshot.ts'
import { fieldNamed } from '../profile/fields.ts'
import type { Hit, ProfileVersion, Selection, SelectionFacts, SettingRow, Snapshot } from '../schema.ts'
import { readEarlier, type EarlierBy } from '../store/decisions.ts'
import type { Currency } from '../profile/check.ts'
import type { LiveCounters } from './counters.ts'
import type { Compilation, Living } from './living.ts'
import type { Scorer } from './scoring.ts'

export type Asked = {
  snapshot: Snapshot
  administration: string
  office: string
  /** stays the same when goods are lodged again, so that lodging again draws no other lot */
  consignment: string
  /** legal date */ date: string
  at: string
  trusted: boolean
}

/**
 * Lots of one consignment, scaled to [0,1): repeatable inside, unpredictable outside. The keyed hash (HMAC-SHA256) is taken once of the
 * consignment; each criterion's lot is a hash of that and its name.
 */
export const lots = (secret: Buffer, consignment: string): ((criterion: string) => number) => {
  const seed = createHmac('sha256', secret).update(consignment).digest('hex')
  return (criterion) => hash('sha256', `${seed}\u0000${criterion}`, 'buffer').readUInt32BE(0) / 2 ** 32
}

const nothingSet = (administration: string): SettingRow => ({
  administration,
  office: '',
  minimumRandomRate: 0,
  explorationShare: 0,
  expectedRate: { red: 0, yellow: 0, blue: 0 },
  capacityMinutes: null,
  documentaryMinutes: 20,
  physicalMinutes: 90,
  trustedFactor: 1,
  version: 0,
})

/** An office's own setting, else its administration's, else nothing at all. */
export const settingFor = (settings: readonly SettingRow[], administration: string, office: string): SettingRow =>
  settings.find((s) => s.administration === administration && s.office === office) ??
  settings.find((s) => s.administration === administration && s.office === '') ??
  nothingSet(administration)

const concerns = (v: ProfileVersion, { office, date, at }: Asked): boolean => {
  const { content: c } = v
  if (v.emergencyUntil !== null && v.emergencyUntil <= at) return false
  return (c.office === null || c.office === office) && c.validFrom <= date && (c.validTo === null || date <= c.validTo)
}

/** Earlier subjects that a window can need: bounded, the latest; what lies beyond is unknown to it. */
const mostEarlier = 2_000
const day = 86_400_000
const indexed = { importer: 'party.importer', declarant: 'party.declarant', vehicle: 'transport.vehicle' } as const

type Figures = { windows: number[][]; told: NonNullable<SelectionFacts['windows']> }

/** Figures of all windows of the profiles that look back, by the same code that back-tests use. */
const figuresFor = async (db: Reader, c: Compilation, currency: Currency, asked: Asked, subject: Subject): Promise<Figures> => {
  const { needs } = c.looking
  const days = needs.reduce((most, n) => Math.max(most, n.window.days), 0)
  const by: EarlierBy = {}
  const keyNames = needs.map((n) => n.window.keys.map((k) => fieldNamed(k.name)!.name))
  const everywhere = keyNames.some((names) => !Object.values(indexed).some((f) => names.includes(f)))
  if (!everywhere)
    for (const [column, field] of Object.entries(indexed) as [keyof EarlierBy, string][]) {
      const value = asked.snapshot.declaration[field]
      if (typeof value === 'string' && keyNames.some((names) => names.includes(field))) by[column] = value
    }
  const from = new Date(Date.parse(asked.at) - days * day).toISOString()
  const earlier = everywhere || Object.keys(by).length > 0 ? await readEarlier(db, asked.administration, by, from, asked.at, mostEarlier) : []
  const history = createHistory(needs, currency)
  for (const e of earlier) history.add(subjectFrom(e.snapshot), e.found ?? undefined)
  const windows = history.figures(subject)
  const told = Object.fromEntries(needs.map((n, w) => [n.key, windows.map((figures) => (Number.isNaN(figures[w]!) ? null : figures[w]!))]))
  return { windows, told }
}

export type Selector = {
  facts: (db: Reader, asked: Asked) => Promise<SelectionFacts>
  /** counts a selection that is about to be committed */ noted: (db: Reader, facts: SelectionFacts, selection: Selection) => Promise<void>
}

type Working = {
  deps: Deps
  living: () => Living
  champion: () => Scorer | null
  challenger: () => Scorer | null
  counters: LiveCounters
  currency: (administration: string, db?: Reader) => Promise<Currency>
}

/** Codes whose standing matters: longest runs, and worth where inspectors are scarce. */
const counted = (c: Compilation | undefined, setting: SettingRow): string[] =>
  [...(c?.plain.versions ?? []), ...(c?.looking.versions ?? [])]
    .filter((v) => v.content.maxRun !== null || setting.capacityMinutes !== null)
    .map((v) => v.code)
    .sort()

/** A score enters the subject by name, so that bands of it are profiles like any other. */
const scored = (snapshot: Snapshot, margin: number, rank: number): Snapshot => ({
  ...snapshot,
  declaration: { ...snapshot.declaration, 'model.score': margin, 'model.rank': rank },
})

const hitOf = (v: ProfileVersion, draw: number, standing: { run: number; hitRate: number | null } | undefined): Hit => ({
  profile: v.code,
  version: v.number,
  hash: v.hash,
  name: v.content.name,
  agency: v.agency,
  secrecy: v.content.secrecy,
  lane: v.content.lane,
  control: v.content.control,
  blocking: v.content.blocking,
  mandatory: v.content.mandatory,
  percent: v.content.percent,
  maxRun: v.content.maxRun,
  instruction: v.content.instruction,
  draw,
  run: standing?.run ?? 0,
  hitRate: standing?.hitRate ?? null,
})

type Fired = { versions: ProfileVersion[]; windows?: SelectionFacts['windows'] }

const ask = async (w: Working, db: Reader, c: Compilation, asked: Asked, subject: Subject): Promise<Fired> => {
  const fired = c.plain.guarded.hits(subject).map((i) => c.plain.versions[i]!)
  const open = c.looking.versions.some(
    (v, i) => concerns(v, asked) && !c.looking.compiled[i]!.rejects({ ...subject, windows: subject.items.map(() => noFigures) }),
  )
  if (!open) return { versions: fired }
  const { windows, told } = await figuresFor(db, c, await w.currency(asked.administration, db), asked, subject)
  return { versions: [...fired, ...c.looking.guarded.hits({ ...subject, windows }).map((i) => c.looking.versions[i]!)], windows: told }
}

const isolatedOf = (c: Compilation): string[] =>
  [
    ...c.unreadable,
    ...c.plain.guarded.isolated().map((i) => c.plain.versions[i]!.code),
    ...c.looking.guarded.isolated().map((i) => c.looking.versions[i]!.code),
  ].sort()

/** A model that faults is as good as none: selection falls back on criteria and chance. */
const safely = <T>(w: Working, what: string, work: () => T | null): T | null => {
  try {
    return work()
  } catch (fault) {
    w.deps.log.error({ err: fault }, `${what} failed; selection goes on without it`)
    return null
  }
}

export const createSelector = (w: Working): Selector => ({
  facts: async (db, asked) => {
    const living = w.living()
    const compiled = living.byAdministration.get(asked.administration)
    const setting = settingFor(living.settings, asked.administration, asked.office)
    const score = safely(w, 'the model', () => w.champion()?.score(asked.snapshot) ?? null)
    const challenger = w.challenger()
    const margin = challenger ? safely(w, 'the challenger', () => challenger.margin(asked.snapshot)) : null
    const snapshot = score ? scored(asked.snapshot, score.margin, score.rank) : asked.snapshot
    const { versions, windows } = compiled ? await ask(w, db, compiled, asked, subjectFrom(snapshot)) : { versions: [] }
    const standings = await w.counters.standings(db, counted(compiled, setting), asked.at)
    const draw = lots(living.key.secret, asked.consignment)
    const hits = versions
      .filter((v) => concerns(v, asked))
      .map((v) => hitOf(v, draw(`${v.code}@${v.number}`), standings.get(v.code)))
      .sort((a, b) => (a.profile < b.profile ? -1 : 1))
    return {
      engine: 2,
      snapshot,
      ...(windows && { windows }),
      hits,
      isolated: compiled ? isolatedOf(compiled) : [],
      setting,
      counters: await w.counters.of(db, setting, asked.office, asked.at),
      tickets: { random: draw('random'), fill: draw('fill') },
      key: living.key.id,
      trusted: asked.trusted,
      score,
      shadow: challenger && margin !== null ? { model: challenger.hash, margin } : null,
    }
  },
  noted: async (db, facts, selection) => {
    const { administration } = facts.setting
    const office = String(facts.snapshot.declaration['declaration.office'] ?? '')
    await w.counters.add(db, facts.setting, office, selection, counted(w.living().byAdministration.get(administration), facts.setting))
  },
})
