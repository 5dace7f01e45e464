/** What declarations use of licences: write-offs are set to what a declaration says, checked under the lock, and returned. */
import { randomBytes } from 'node:crypto'
import { decimal } from '#kernel/decimal.ts'
import { uuidv7 } from '#kernel/ids.ts'
import type { Instant } from '#kernel/time.ts'
import { actorOf } from '#platform/command.ts'
import type { Reader, Tx } from '#platform/database.ts'
import { systemPrincipal } from '#platform/permissions.ts'
import { quantityIn, type DeclaredQuantities } from '../../quota/quantity.ts'
import { problemsOf, type Use } from '../licence.ts'
import type { Licence, LicenceProblem } from '../schema.ts'
import { applyLicence, findLicences, insertUse, lockLicences, registeredCodes, returnUse, usesInForce, type InForce, type Named } from '../store.ts'

const actor = actorOf(systemPrincipal('Portcullis'))

/** A document of a goods item that may be a licence. `stated` is the quantity stated with the document, in its own unit. */
export type Stated = Named & Omit<Use, 'quantity'> & { itemNumber: number; stated?: { value: string; unit?: string }; quantities: DeclaredQuantities }
export type Checked = { itemNumber: number; documentCode: string; number: string; problems: LicenceProblem[] }

/** What counts is what is stated with the licence, else what the item declares. */
const useOf = (l: Licence, s: Stated): Use => {
  const { unit } = l
  const stated =
    unit && s.stated
      ? s.stated.unit
        ? quantityIn(unit, { netMassKg: '0', supplementary: { value: s.stated.value, unit: s.stated.unit } })
        : decimal(s.stated.value)
      : null
  const quantity = unit === null ? null : ((s.stated && stated && !stated.isZero() ? stated : null) ?? quantityIn(unit, s.quantities))
  return { ...s, quantity: quantity === null ? null : quantity.toDecimalPlaces(6).toFixed() }
}

const same = (a: Named, b: Named): boolean => a.documentCode === b.documentCode && a.number === b.number

/**
 * Checks stated documents against the register without using them. Codes that the register does not keep are nobody's business here:
 * they get no answer.
 */
export const checkLicences = async (db: Reader, administration: string, stated: readonly Stated[]): Promise<Checked[]> => {
  if (stated.length === 0) return []
  const codes = await registeredCodes(db, administration)
  const kept = stated.filter((s) => codes.has(s.documentCode))
  if (kept.length === 0) return []
  const licences = await findLicences(db, administration, kept)
  return kept.map((s) => {
    const licence = licences.find((l) => same(l, s))
    return {
      itemNumber: s.itemNumber,
      documentCode: s.documentCode,
      number: s.number,
      problems: licence ? problemsOf(licence, useOf(licence, s)) : ['unknown'],
    }
  })
}

export type WriteOff = {
  administration: string
  subject: { kind: string; id: string }
  reference: string
  /** all documents of the declaration that may be licences; what was written off before and is not named goes back */ stated: readonly Stated[]
  at: Instant
}

const giveBack = async (tx: Tx, licence: Licence, u: InForce, w: WriteOff): Promise<Licence> => {
  await returnUse(tx, u.id, w.at)
  const event = {
    type: 'licence.returned' as const,
    quantity: u.quantity,
    valueMinor: u.valueMinor,
    reference: w.reference,
    itemNumber: u.itemNumber,
  }
  return applyLicence(tx, licence, [event], {
    actor,
    at: w.at,
    command: 'licence.return',
    payload: { reference: w.reference, itemNumber: u.itemNumber },
  })
}

const take = async (tx: Tx, licence: Licence, use: Use, s: Stated, w: WriteOff): Promise<Licence> => {
  const quantity = use.quantity ?? '0'
  const valueMinor = licence.valueMinor === null ? 0 : use.valueMinor!
  await insertUse(tx, {
    id: uuidv7(Date.parse(w.at), randomBytes(10)),
    licenceId: licence.id,
    subject: w.subject,
    itemNumber: s.itemNumber,
    reference: w.reference,
    quantity,
    valueMinor,
    at: w.at,
  })
  const event = { type: 'licence.written-off' as const, quantity, valueMinor, reference: w.reference, itemNumber: s.itemNumber }
  return applyLicence(tx, licence, [event], {
    actor,
    at: w.at,
    command: 'licence.write-off',
    payload: { reference: w.reference, itemNumber: s.itemNumber },
    facts: use,
  })
}

/**
 * Makes the write-offs of a declaration what it states now. A line that states less or another licence gives back first; a line whose
 * licence does not cover it, in the state under the lock, is answered with its problems and writes nothing off. Asked twice the same,
 * it changes nothing.
 */
export const writeOff = async (tx: Tx, w: WriteOff): Promise<Checked[]> => {
  const before = await usesInForce(tx, w.subject)
  if (w.stated.length === 0 && before.length === 0) return []
  const named = await findLicences(tx, w.administration, w.stated)
  const licences = await lockLicences(tx, [...named.map((l) => l.id), ...before.map((u) => u.licenceId)])
  const of = (n: Named): Licence | undefined => [...licences.values()].find((l) => same(l, n))
  // A line that names a licence twice uses it once.
  const lines = [...new Map(w.stated.map((s) => [`${s.itemNumber}/${s.documentCode}/${s.number}`, s])).values()]
  const wanted = lines.flatMap((s) => {
    const licence = of(s)
    return licence ? [{ s, use: useOf(licence, s) }] : []
  })
  const kept = new Set<string>()
  // Read again under the lock: two amendments may have come at once.
  for (const u of await usesInForce(tx, w.subject)) {
    const again = wanted.find(
      ({ s, use }) =>
        same(s, u) &&
        s.itemNumber === u.itemNumber &&
        decimal(use.quantity ?? '0').eq(decimal(u.quantity)) &&
        (of(u)!.valueMinor === null || use.valueMinor === u.valueMinor),
    )
    if (again) kept.add(`${u.licenceId}/${u.itemNumber}`)
    else licences.set(u.licenceId, await giveBack(tx, licences.get(u.licenceId)!, u, w))
  }
  const answers: Checked[] = []
  for (const { s, use } of wanted) {
    const licence = of(s)!
    const standing = kept.has(`${licence.id}/${s.itemNumber}`)
    const problems = standing ? [] : problemsOf(licence, use)
    if (!standing && problems.length === 0) licences.set(licence.id, await take(tx, licence, use, s, w))
    if (!standing && problems.length === 0) kept.add(`${licence.id}/${s.itemNumber}`)
    answers.push({ itemNumber: s.itemNumber, documentCode: s.documentCode, number: s.number, problems })
  }
  return answers
}
