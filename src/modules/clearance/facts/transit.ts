/** What a declaration of transit tells those who secure it and those who watch its goods. Pure. */
import { decimal } from '#kernel/decimal.ts'
import { toMoney } from '#kernel/money.ts'
import type { DeclaredTransit } from '#schema/supervision'
import type { DeclarationState } from '../schema/lifecycle.ts'

/** The declared guarantee, for the whole declared amount: the rules ask for exactly one, with an amount in the own currency. */
export const securityOf = (s: DeclarationState) => {
  const [guarantee] = s.document.guarantees ?? []
  return {
    subject: { kind: 'declaration', id: s.id },
    reference: s.mrn,
    administration: s.administration,
    office: s.office,
    guarantee: guarantee?.reference ?? guarantee?.otherReference ?? '',
    holder: s.declarant,
    money: toMoney(decimal(guarantee!.amount!.amount), guarantee!.amount!.currency!, 'half-up'),
  }
}

/** The goods as whoever plans their journey must know them. */
export const declaredTransit = (s: DeclarationState): DeclaredTransit => {
  const { document: d } = s
  const { guarantee, holder, money } = securityOf(s)
  return {
    mrn: s.mrn,
    declarationId: s.id,
    kind: d.declarationType ?? '',
    holder,
    guarantee,
    guaranteeAmount: money,
    office: s.office,
    destinationOffice: d.destinationOffice ?? '',
    carrier: d.carrier?.id ?? null,
    vehicle: d.departureTransport?.id ?? null,
    containers: (d.containers ?? []).flatMap((c) => c.id ?? []),
    goods: {
      items: d.items.length,
      packages: d.totalPackages ?? null,
      grossMassKg: d.totalGrossMassKg ?? null,
      description: d.items[0]?.description ?? '',
    },
    releasedAt: s.releasedAt ?? '',
  }
}
