/** Ours against theirs, in what the pack determines: names, order, status, version, whose reference, refusals, tax lines. */
import { decimal } from '#kernel/decimal.ts'
import type { Notification } from '#schema/clearance'
import type { Scenario, Told } from './scenarios.ts'

export type Aspect = 'outcome' | 'refusal' | 'sequence' | 'versions' | 'taxes'
export type Verdict = { aspect: Aspect; agrees: boolean; ours: string; theirs: string; lines?: { agreed: number; all: number } }

/** Pairs that the administration of the pack issues within the same second or two, in either order. */
const together = new Set(['ACC TAX67', 'RCV TAX67', 'RES TAX4', 'CTL DOC', 'TAX67 TAX4'])
const ranks = ['RCV', 'ACC', 'TAX67', 'CTL', 'DOC', 'RES', 'TAX4']
const label = (t: Pick<Told, 'name' | 'status'>): string => (t.name === 'TAX' ? `${t.name}${t.status}` : t.name)

const inOrder = (all: readonly Told[]): Told[] => {
  const list = [...all]
  for (let round = 0; round < list.length; round++) {
    for (let i = 0; i + 1 < list.length; i++) {
      const [a, b] = [list[i]!, list[i + 1]!]
      const early = ranks.indexOf(label(b)) < ranks.indexOf(label(a))
      if (early && together.has(`${label(b)} ${label(a)}`) && Math.abs(a.atMs - b.atMs) <= 2000) [list[i], list[i + 1]] = [b, a]
    }
  }
  return list
}

const sequence = (all: readonly Told[]): string => inOrder(all).map(label).join(' ')
const versions = (all: readonly Told[]): string =>
  inOrder(all)
    .map(
      (t) => `${label(t)}/${t.version ?? '-'}${t.role === 'request' ? '/request' : ''}${t.name === 'REQ' || t.name === 'EOG' ? `/${t.status}` : ''}`,
    )
    .join(' ')
const multiset = (names: readonly string[]): string => [...names].sort().join(' ')

const refusalOf = (told: readonly Told[]): string =>
  told
    .filter((t) => t.name === 'REJ')
    .flatMap((t) => t.notification.errors ?? [])
    .map(
      (e) =>
        `${e.code} ${(e.pointers ?? []).map((p) => `${p.section ?? ''}${p.sequence && p.section !== '42A' ? `#${p.sequence}` : ''}${p.tag ? `.${p.tag}` : ''}`).join(' ')}`,
    )
    .sort()
    .join('; ')

type Line = NonNullable<Notification['taxLines']>[number]
const amount = (a: { amount: string } | undefined): string => (a ? decimal(a.amount).toFixed(2) : '-')
const security = /^(?:IPR|T24|MDC|MDP|ACS|CSD|STA)$/

/** What their line shows; a specific duty and a security show no base and no rate. Rates are printed with two decimals. */
const lineText = (l: Line, like: Line): string => {
  if (security.test(l.type ?? '')) return `${l.itemNumber} ${l.type} ${amount(l.assessed)}`
  const adValorem = like.rate !== undefined
  const rate = adValorem && l.rate !== undefined ? decimal(l.rate).toFixed(2) : '-'
  return [
    l.itemNumber,
    l.type,
    l.regime ?? '-',
    adValorem ? amount(l.base) : '-',
    rate,
    like.deduct ? amount(l.deduct) : '-',
    amount(l.assessed),
    amount(l.payable),
  ].join(' ')
}

/** Lines of one notice, matched one by one; answers how many of theirs have an equal among ours, and what is left on either side. */
const compareLines = (ours: readonly Line[], theirs: readonly Line[]): { agreed: number; all: number; onlyOurs: string[]; onlyTheirs: string[] } => {
  const left = [...ours]
  const onlyTheirs: string[] = []
  for (const line of theirs) {
    const at = left.findIndex((o) => lineText(o, line) === lineText(line, line))
    if (at < 0) onlyTheirs.push(lineText(line, line))
    else left.splice(at, 1)
  }
  return { agreed: theirs.length - onlyTheirs.length, all: theirs.length, onlyOurs: left.map((l) => lineText(l, l)), onlyTheirs }
}

const notices = (told: readonly Told[]): Told[] => inOrder(told).filter((t) => t.name === 'TAX')

const compareTaxes = (ours: readonly Told[], theirs: readonly Told[]): Verdict => {
  const mine = notices(ours)
  const pairs = notices(theirs).map((t) => ({ t, o: mine.find((x) => x.status === t.status && x.version === t.version) }))
  const found = pairs.map(({ t, o }) => ({
    label: `${label(t)}/${t.version}`,
    ...compareLines(o?.notification.taxLines ?? [], t.notification.taxLines ?? []),
  }))
  const differing = found.filter((f) => f.onlyOurs.length + f.onlyTheirs.length > 0)
  const text = (side: 'onlyOurs' | 'onlyTheirs') => differing.map((f) => `${f.label}: ${f[side].join(', ') || 'nothing more'}`).join(' | ')
  return {
    aspect: 'taxes',
    agrees: differing.length === 0,
    ours: text('onlyOurs'),
    theirs: text('onlyTheirs'),
    lines: { agreed: found.reduce((n, f) => n + f.agreed, 0), all: found.reduce((n, f) => n + f.all, 0) },
  }
}

const outcomeOf = (names: readonly string[]): string =>
  names.includes('REJ') && !names.includes('ACC') && !names.includes('REQ') ? 'refused' : 'accepted'

const verdict = (aspect: Aspect, ours: string, theirs: string): Verdict => ({ aspect, agrees: ours === theirs, ours, theirs })

/** Every aspect that this scenario determines. Descriptions determine the names of notifications; folders also the rest. */
export const compare = (scenario: Scenario, ours: readonly Told[]): Verdict[] => {
  const names = ours.map((t) => t.name)
  const theirs = scenario.told
  // a folder that keeps single notifications does not show the sequence; the description does
  const whole = theirs.some((t) => t.name === 'ACC' || t.name === 'REJ')
  const found: Verdict[] = []
  if (whole) {
    found.push(
      verdict('outcome', outcomeOf(names), outcomeOf(theirs.map((t) => t.name))),
      verdict('sequence', sequence(ours), sequence(theirs)),
      verdict('versions', versions(ours), versions(theirs)),
    )
  } else {
    found.push(verdict('outcome', outcomeOf(names), scenario.listed.length > 0 ? outcomeOf(scenario.listed) : 'accepted'))
    if (scenario.listed.length > 0) found.push(verdict('sequence', multiset(names), multiset(scenario.listed)))
  }
  if (theirs.some((t) => t.name === 'REJ')) found.push(verdict('refusal', refusalOf(ours), refusalOf(theirs)))
  if (theirs.some((t) => t.name === 'TAX')) found.push(compareTaxes(ours, theirs))
  return found
}
