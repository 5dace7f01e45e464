/** SQL of declared goods, of matches, and of images by what they show. */
import type { Reader, Tx } from '#platform/database.ts'
import type { DeclaredGoods, Match, MatchVersion, StoredMatch } from '../../schema/declared.ts'
import type { EarlierImage } from '../../schema/earlier.ts'
import type { Image } from '../../schema/image.ts'
import type { Subject } from '../../schema/subject.ts'
import type { Kept } from '../compare.ts'
import { codesOf, consignorKey } from '../expected.ts'

/** What was noted of a subject last; null when nobody has. */
export const findNoted = async (db: Reader, { kind, id }: Subject): Promise<DeclaredGoods | null> =>
  (
    await db<{ document: DeclaredGoods }[]>`select document from inspection.declared_goods
      where subject_kind = ${kind} and subject_id = ${id} order by version desc limit 1`
  )[0]?.document ?? null

export const insertNoted = async (tx: Tx, { kind, id }: Subject, goods: DeclaredGoods, by: string, at: string): Promise<void> => {
  await tx`insert into inspection.declared_goods (subject_kind, subject_id, version, document, noted_by, noted_at)
    values (${kind}, ${id}, ${goods.version}, ${tx.json(goods as never)}, ${by}, ${at})`
}

/** Binds an image to codes and shipper of what it shows; a later version of the declaration binds it anew. */
export const bindGoods = async (tx: Tx, imageId: string, goods: DeclaredGoods, at: string): Promise<void> => {
  await tx`insert into inspection.image_goods (image_id, codes, consignor, document, noted_at)
    values (${imageId}, ${codesOf(goods)}, ${consignorKey(goods)}, ${tx.json(goods as never)}, ${at})
    on conflict (image_id) do update set codes = excluded.codes, consignor = excluded.consignor, document = excluded.document, noted_at = excluded.noted_at`
}

export const findGoods = async (db: Reader, imageId: string): Promise<DeclaredGoods | null> =>
  (await db<{ document: DeclaredGoods }[]>`select document from inspection.image_goods where image_id = ${imageId}`)[0]?.document ?? null

export const insertMatch = async (
  tx: Tx,
  id: string,
  imageId: string,
  match: Match & { ms: number },
  measured: Kept | null,
  at: string,
): Promise<void> => {
  const chapter = match.chapters.length === 1 ? match.chapters[0]!.chapter : null
  await tx`insert into inspection.match (id, image_id, at, level, chapter, measured, document)
    values (${id}, ${imageId}, ${at}, ${match.level}, ${chapter}, ${measured ? tx.json(measured) : null}, ${tx.json(match as never)})`
}

/** What the rules before `match-2` did not measure. */
const ofEarlierRules = { units: [], massBandKg: null, objects: [], fillShare: null } satisfies Partial<StoredMatch>

export const findMatch = async (db: Reader, imageId: string): Promise<StoredMatch | null> => {
  const [row] = await db<{ id: string; at: string; document: Omit<StoredMatch, 'id' | 'at'> }[]>`select id, at, document from inspection.match
    where image_id = ${imageId} order by at desc, id desc limit 1`
  return row ? { ...ofEarlierRules, ...row.document, id: row.id, at: row.at } : null
}

/** Values of one energy are not those of two; painted colours are held against what two energies measured. */
const learnedBasis = (modality: Image['modality']): Match['basis'] => (modality === 'grey' ? 'one-energy' : 'two-energies')

/**
 * What consignments of a chapter that people cleared, or opened and found to be what was declared, looked like: the newest of each image, taken of the same kind
 * of item, and of the same column, because measurements of a simulator say nothing of a scanner's.
 */
export const clearedMeasures = async (
  db: Reader,
  chapter: string,
  { id, item, column, modality }: Pick<Image, 'id' | 'item' | 'column' | 'modality'>,
): Promise<Kept[]> =>
  (
    await db<{ measured: Kept }[]>`select m.measured from (
        select distinct on (image_id) image_id, chapter, measured, level, document, at from inspection.match
        where image_id in (select image_id from inspection.match where chapter = ${chapter} and measured is not null) and image_id <> ${id}
        order by image_id, at desc, id desc
      ) m join inspection.image_case c on c.image_id = m.image_id and not c.is_tip
      where m.chapter = ${chapter} and m.measured is not null and m.document ->> 'basis' = ${learnedBasis(modality)} and c.item = ${item} and c.origin = ${column} and c.status = 'closed' and c.state -> 'decision' ->> 'by' <> 'ai'
        and (case when c.opened then c.state -> 'opening' -> 'found' = '[]'::jsonb
            and coalesce((c.state -> 'opening' ->> 'asDeclared')::boolean, m.level <> 'red')
          else c.outcome = 'clear' end)
      order by m.at desc limit 40`
  ).map(({ measured }) => measured)

/** What is shared with an image, and what became of each: newest first. Projected pictures are nobody's history. */
export const findEarlier = async (db: Reader, image: Image, offices: readonly string[] | '*'): Promise<EarlierImage[]> => {
  const own = offices === '*' ? [] : [...offices]
  const { kind, id } = image.subject
  return [
    ...(await db<EarlierImage[]>`
      with here as (select codes, consignor from inspection.image_goods where image_id = ${image.id}),
      alike as (
        select i.id from inspection.image i where i.subject_kind = ${kind} and i.subject_id = ${id}
        union select g.image_id from inspection.image_goods g, here where g.codes && here.codes
        union select g.image_id from inspection.image_goods g, here where g.consignor = here.consignor)
      select i.id, jsonb_build_object('kind', i.subject_kind, 'id', i.subject_id) as subject, i.scanner_id as "scannerId", i.taken_at as "takenAt", i.origin as "column",
        i.subject_kind = ${kind} and i.subject_id = ${id} as "sameSubject",
        coalesce((select array_agg(code order by code) from unnest(g.codes) code where code = any(here.codes)), '{}') as codes,
        coalesce(g.consignor = here.consignor, false) as "sameConsignor",
        case when c.status in ('auto-cleared', 'decided', 'opened', 'closed') then c.outcome end as outcome,
        case when c.opened then c.state -> 'opening' -> 'found' <> '[]'::jsonb end as found
      from alike join inspection.image i on i.id = alike.id and not i.is_tip
        left join here on true left join inspection.image_goods g on g.image_id = i.id left join inspection.image_case c on c.image_id = i.id and not c.is_tip
      where i.id <> ${image.id} and i.taken_at <= ${image.takenAt} and (i.taken_at < ${image.takenAt} or i.scanner_id <> ${image.scannerId})
        and (${offices === '*'} or i.office = any(${own}::text[]))
      order by i.taken_at desc, i.id desc limit 50`),
  ]
}

type LateImage = { imageId: string; subject: Subject }

/**
 * Images since then of subjects of which something may be declared: those of cases that are not over, oldest first, and of those that are over as many, which
 * take turns from minute to minute.
 */
export const lateImages = async (db: Reader, since: string, now: string): Promise<LateImage[]> => {
  const some = (isOver: boolean) => db<LateImage[]>`
    select image_id as "imageId", jsonb_build_object('kind', subject_kind, 'id', subject_id) as subject
    from inspection.image_case where status <> 'awaiting-ai' and (status in ('opened', 'closed')) = ${isOver} and not is_tip
      and subject_kind in ('declaration', 'container', 'parcel') and created_at > ${since}
    order by ${isOver ? db`md5(image_id::text || ${now.slice(0, 16)})` : db`created_at`} limit 500`
  return [...(await some(false)), ...(await some(true))]
}

/** All matches of an image, newest first. */
export const listMatches = async (db: Reader, imageId: string): Promise<MatchVersion[]> => [
  ...(await db<MatchVersion[]>`select id, at, level, document -> 'declared' ->> 'reference' as reference,
      (document -> 'declared' ->> 'version')::int as version, document ->> 'rules' as rules
    from inspection.match where image_id = ${imageId} order by at desc, id desc limit 50`),
]

export const imagesOfSubject = async (db: Reader, { kind, id }: Subject): Promise<string[]> =>
  (
    await db<{ id: string }[]>`select id from inspection.image
      where subject_kind = ${kind} and subject_id = ${id} and not is_tip order by taken_at desc limit 50`
  ).map((row) => row.id)
