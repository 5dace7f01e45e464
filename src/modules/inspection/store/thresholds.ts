/** SQL of the thresholds of sites. */
import type { Reader, Tx } from '#platform/database.ts'
import type { Item } from '../schema/subject.ts'
import type { ProposeThresholds, SiteThresholds } from '../schema/threshold-set.ts'

type Person = { personId: string; name: string }

export const insertThresholds = async (tx: Tx, id: string, t: ProposeThresholds, by: Person, at: string): Promise<void> => {
  await tx`insert into inspection.threshold_set (id, office, item, model, review, divert, reason, proposed_by, proposed_name, proposed_at)
    values (${id}, ${t.office}, ${t.item}, ${t.model}, ${t.review}, ${t.divert}, ${t.reason}, ${by.personId}, ${by.name}, ${at})`
}

const shown = (db: Reader) => db`id, office, item, model, review, divert, reason, proposed_name as "proposedBy", proposed_at as "proposedAt",
  approved_name as "approvedBy", approved_at as "approvedAt", withdrawn_at as "withdrawnAt"`

/** Locks a set and answers it with the identifier of who proposed it. */
export const lockThresholds = async (tx: Tx, id: string): Promise<(SiteThresholds & { proposedById: string }) | null> =>
  (
    await tx<
      (SiteThresholds & { proposedById: string })[]
    >`select ${shown(tx)}, proposed_by as "proposedById" from inspection.threshold_set where id = ${id} for update`
  )[0] ?? null

export const approveThresholds = async (tx: Tx, id: string, by: Person, at: string): Promise<void> => {
  await tx`update inspection.threshold_set set approved_by = ${by.personId}, approved_name = ${by.name}, approved_at = ${at} where id = ${id}`
}

export const withdrawThresholds = async (tx: Tx, id: string, at: string): Promise<void> => {
  await tx`update inspection.threshold_set set withdrawn_at = ${at} where id = ${id}`
}

/** Newest first. */
export const listThresholds = async (db: Reader, offices: readonly string[] | '*'): Promise<SiteThresholds[]> => [
  ...(await db<SiteThresholds[]>`select ${shown(db)} from inspection.threshold_set
    where ${offices === '*'} or office = any(${offices === '*' ? [] : [...offices]}::text[]) order by proposed_at desc, id desc limit 500`),
]

/** The lines in force at an office for an item under a model; null where the card's count. */
export const thresholdsInForce = async (
  db: Reader,
  office: string,
  item: Item,
  model: string,
): Promise<{ set: string; review: number; divert: number } | null> =>
  (
    await db<{ set: string; review: number; divert: number }[]>`select id as "set", review, divert from inspection.threshold_set
      where office = ${office} and item = ${item} and model = ${model} and approved_at is not null and withdrawn_at is null order by approved_at desc, id desc limit 1`
  )[0] ?? null
