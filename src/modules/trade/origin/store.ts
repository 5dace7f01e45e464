/** SQL of origin schemes. */
import type { Reader, Tx } from '#platform/database.ts'
import type { LegalDate } from '#kernel/time.ts'
import type { OriginScheme } from './schema.ts'

export const findSchemes = async (db: Reader, administration: string, date: LegalDate): Promise<OriginScheme[]> =>
  (
    await db<{ body: OriginScheme }[]>`
    select body from trade.origin_scheme where administration = ${administration} and valid_from <= ${date} and (valid_to is null or valid_to > ${date}) order by id`
  ).map((r) => r.body)

export const saveScheme = async (tx: Tx, s: OriginScheme): Promise<void> => {
  await tx`
    insert into trade.origin_scheme (administration, id, body, valid_from, valid_to)
    values (${s.administration}, ${s.id}, ${JSON.stringify(s)}::text::jsonb, ${s.validFrom}, ${s.validTo ?? null}) on conflict do nothing`
}
