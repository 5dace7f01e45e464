/** What selection decided and what examinations found, handed to risk within the transaction that decided it. */
import type { Tx } from '#platform/database.ts'
import { addRevenue, raiseOutcome, saveOutcome } from '#modules/risk'
import type { SelectionFacts } from '#schema/risk'
import type { DeclarationEvent } from '../declaration.ts'
import type { DeclarationState, Finding } from '../schema/lifecycle.ts'
import type { Clearance } from './clearance.ts'
import type { Happened } from './notify.ts'

/** Findings about what decides the duty, or what the goods are, weigh more than a slip of the pen. */
const weighty = /hsCode|taricCode|origin|itemPrice|customsValue|netMassKg|preference|quota/
const resultOf = (conform: boolean, findings: readonly Finding[]): 'none' | 'minor' | 'major' =>
  conform ? 'none' : findings.some((f) => weighty.test(f.path ?? '')) ? 'major' : 'minor'

type Recorded = Extract<DeclarationEvent, { type: 'declaration.control-recorded' }>

const recorded = (s: DeclarationState, e: Recorded) => ({
  controlId: e.id,
  kind: s.controls.find((k) => k.id === e.id)?.kind ?? ('documentary' as const),
  result: resultOf(e.conform, e.findings),
  offence: e.findings.map((f) => f.path?.split('/').at(-1) ?? '').find((p) => p !== '') ?? '',
  examiner: e.byId,
  minutes: null,
  at: e.at,
})

const selectionIn = (facts: unknown): SelectionFacts | undefined => (facts as { selection?: SelectionFacts } | null)?.selection

/** `drafts` carry the facts that were used; `happened` what came of them. */
export const tellRisk = async (
  c: Clearance,
  tx: Tx,
  s: DeclarationState,
  drafts: readonly { command: string; body: { facts: unknown } }[],
  happened: readonly Happened[],
  at: string,
): Promise<void> => {
  const subject = { kind: 'declaration', id: s.id }
  if (happened.some((h) => h.event.type === 'declaration.lane-assigned' && h.command.name === 'assess')) {
    const facts = drafts.map((d) => selectionIn(d.body.facts)).find((f) => f !== undefined)
    if (facts) await c.risk.keep(tx, { subject, reference: s.mrn, regime: s.regime, at, facts })
  }
  for (const { event, before } of happened) {
    if (event.type === 'declaration.control-recorded') await saveOutcome(tx, { subject, ...recorded(s, event) })
    if (event.type === 'declaration.seized') await raiseOutcome(tx, subject, 'critical')
    const due = before?.assessment?.totals.payable
    if (event.type === 'declaration.assessed' && due && before.controls.some((k) => k.result && k.result.findings.length > 0)) {
      const more = event.assessment.totals.payable.minor - due.minor
      if (more !== 0) await addRevenue(tx, subject, more, due.currency)
    }
  }
}
