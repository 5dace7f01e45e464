/** Decisions as their readers may see them, and taken again. */
import { canonicalJson } from '#kernel/canonical-json.ts'
import { mayReadHit, type Reader as Access } from '../access.ts'
import { noFigures } from '../profile/closures.ts'
import { compileSet } from '../profile/set.ts'
import { readProfile } from '../profile/profile.ts'
import { subjectFrom } from '../profile/snapshot.ts'
import type { DecisionReplay, DecisionRow, DecisionView, Hit, SeenHit } from '../schema.ts'
import { select } from '../selection.ts'
import { readVersions } from '../store/profiles.ts'
import type { StoredDecision } from '../store/read-decisions.ts'
import type { Risk } from './live.ts'

/** Customs chooses by chance and by model; other agencies learn the joint result and their own part of it. */
const insider = (reader: Access): boolean => reader.permissions.has('risk:model:read')

const seenHit = (reader: Access, selecting: readonly string[], h: Hit): SeenHit => {
  const open = mayReadHit(reader, h)
  return {
    agency: h.agency,
    lane: h.lane,
    selected: selecting.includes(h.profile),
    profile: open ? h.profile : null,
    version: open ? h.version : null,
    name: open ? h.name : null,
    percent: open ? h.percent : null,
    draw: open ? h.draw : null,
  }
}

export const rowFor = (reader: Access, row: DecisionRow): DecisionRow => (insider(reader) ? row : { ...row, chosenBy: null, rank: null })

/** Names of profiles that were set aside tell of criteria too. */
export const viewFor = (reader: Access, d: StoredDecision): DecisionView => {
  const inside = insider(reader)
  const { facts, selection, outcomes, ...row } = d
  return {
    ...row,
    chosenBy: inside ? row.chosenBy : null,
    rank: inside ? row.rank : null,
    hitList: facts.hits.map((h) => seenHit(reader, selection.selecting, h)),
    snapshot: inside ? facts.snapshot : { ...facts.snapshot, declaration: withoutScore(facts.snapshot.declaration) },
    score: inside ? facts.score : null,
    propensity: inside ? selection.propensity : null,
    minutes: selection.minutes,
    demotions: selection.demotions,
    isolated: inside ? facts.isolated : [],
    outcomes,
    versions: { engine: facts.engine, setting: facts.setting.version, key: facts.key, model: inside ? (facts.score?.model ?? null) : null },
  }
}

const withoutScore = ({ 'model.score': _score, 'model.rank': _rank, ...rest }: StoredDecision['facts']['snapshot']['declaration']) => rest

/** Does this version still say of the stored input what it said then? Undefined when it asks a named list. */
const stillHits = async (r: Risk, d: StoredDecision, h: Hit): Promise<boolean | undefined> => {
  const version = (await readVersions(r.deps.sql, h.profile)).find((v) => v.number === h.version)
  if (!version || version.hash !== h.hash) return false
  if (version.content.lists.length > 0) return undefined
  const currency = await r.currency(d.administration)
  const read = readProfile(version.content.text, currency)
  if (!read.ok) return false
  const set = compileSet([read.value], currency)
  const bare = subjectFrom(d.facts.snapshot)
  const windows = bare.items.map((_, i) => set.windows.map((n) => d.facts.windows?.[n.key]?.[i] ?? Number.NaN))
  return set.hits({ ...bare, windows: windows.length > 0 ? windows : [noFigures] }).length === 1
}

/** Takes the decision again: the selection from its facts, and each hit from its stored version and input. */
export const replayDecision = async (r: Risk, d: StoredDecision): Promise<DecisionReplay> => {
  const again = await Promise.all(d.facts.hits.map(async (h) => ({ code: h.profile, still: await stillHits(r, d, h) })))
  return {
    id: d.id,
    alike: canonicalJson(select(d.facts)) === canonicalJson(d.selection),
    hitsApart: again.filter((a) => a.still === false).map((a) => a.code),
    hitsUnasked: again.filter((a) => a.still === undefined).map((a) => a.code),
  }
}
