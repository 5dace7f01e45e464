/** SQL of images and their findings. */
import type { Reader, Tx } from '#platform/database.ts'
import { containing, type ListQuery, orderBy, windowOf } from '#platform/listing.ts'
import type { Finding, StoredFinding } from '../schema/finding.ts'
import type { Image, ImageRow } from '../schema/image.ts'

export const insertImage = async (tx: Tx, i: Image): Promise<void> => {
  await tx`insert into inspection.image (id, subject_kind, subject_id, item, scanner_id, office, taken_at, received_at, operator, origin, is_tip, modality, width_px, height_px, depth_bits, state)
    values (${i.id}, ${i.subject.kind}, ${i.subject.id}, ${i.item}, ${i.scannerId}, ${i.office}, ${i.takenAt}, ${i.receivedAt}, ${i.operator.name}, ${i.column}, ${i.isTip},
      ${i.modality}, ${i.widthPx}, ${i.heightPx}, ${i.depthBits}, ${tx.json(i as never)})`
}

export const findImage = async (db: Reader, id: string): Promise<Image | null> =>
  (await db<{ state: Image }[]>`select state from inspection.image where id = ${id}`)[0]?.state ?? null

/** The image and the other views that its scanner took of the subject at the same moment. */
export const viewsOf = async (db: Reader, id: string): Promise<Pick<Image, 'id' | 'widthPx' | 'heightPx' | 'slices'>[]> => [
  ...(await db<
    Pick<Image, 'id' | 'widthPx' | 'heightPx' | 'slices'>[]
  >`select v.id, v.width_px as "widthPx", v.height_px as "heightPx", (v.state ->> 'slices')::int as slices
    from inspection.image i join inspection.image v on v.id = i.id
      or (v.subject_kind = i.subject_kind and v.subject_id = i.subject_id and v.scanner_id = i.scanner_id and v.taken_at = i.taken_at and v.is_tip = i.is_tip)
    where i.id = ${id} limit 50`),
]

export const insertFinding = async (tx: Tx, id: string, imageId: string, f: Finding, at: string): Promise<void> => {
  await tx`insert into inspection.finding (id, image_id, at, model, verdict, score, ms, document)
    values (${id}, ${imageId}, ${at}, ${f.model}, ${f.decision}, ${f.score}, ${f.ms}, ${tx.json(f as never)})`
}

/** Newest first. */
export const listFindings = async (db: Reader, imageId: string): Promise<StoredFinding[]> =>
  (
    await db<{ id: string; at: string; document: Finding }[]>`select id, at, document from inspection.finding
      where image_id = ${imageId} order by at desc, id desc limit 100`
  ).map(({ id, at, document }) => ({ ...document, id, imageId, at }))

const sortable = {
  takenAt: 'i.taken_at',
  receivedAt: 'i.received_at',
  subjectId: 'i.subject_id',
  scannerId: 'i.scanner_id',
  score: 'f.score',
}
export const sortableImages = Object.keys(sortable)

export type ImageFilter = ListQuery & {
  q?: string
  subjectKind?: string
  subjectId?: string
  scannerId?: string
  column?: string
  verdict?: string
}

/** Who looks; only those who oversee may see what would spoil a blind reading or give a projected picture away. */
export type ImageScope = { offices: readonly string[] | '*'; overseer: boolean }

/** Images of these offices, each with its newest finding. */
export const listImages = async (db: Reader, { offices, overseer }: ImageScope, q: ImageFilter): Promise<{ rows: ImageRow[]; total: number }> => {
  const { limit, offset } = windowOf(q)
  const own = offices === '*' ? [] : [...offices]
  const equal = (column: string, value: string | undefined) => (value === undefined ? db`` : db`and ${db(column)} = ${value}`)
  const unread = db`exists (select from inspection.image_case c where c.image_id = i.id and c.status in ('awaiting-ai', 'first-reading', 'second-reading'))`
  const disclosed = overseer ? db`true` : db`not i.is_tip and not ${unread}`
  const origin = overseer ? db`i.origin` : db`case when i.origin = 'tip' then 'real' else i.origin end`
  const from = db`from inspection.image i
    left join lateral (select verdict, score from inspection.finding where image_id = i.id and ${disclosed} order by at desc, id desc limit 1) f on true
    where (${offices === '*'} or i.office = any(${own}::text[]))
    ${equal('i.subject_kind', q.subjectKind)} ${equal('i.subject_id', q.subjectId)} ${equal('i.scanner_id', q.scannerId)}
    ${q.column === undefined ? db`` : db`and ${origin} = ${q.column}`} ${equal('f.verdict', q.verdict)}
    and (${q.q ?? null}::text is null or lower(i.subject_id || ' ' || i.scanner_id || ' ' || i.operator) like ${containing(q.q ?? '')})`
  const rows = await db<
    ImageRow[]
  >`select i.id, i.subject_kind as "subjectKind", i.subject_id as "subjectId", i.item, i.scanner_id as "scannerId", i.office,
    i.taken_at as "takenAt", i.received_at as "receivedAt", i.operator, ${origin} as "column", i.modality, i.width_px as "widthPx", i.height_px as "heightPx",
    i.depth_bits as "depthBits", f.verdict, f.score
    ${from} ${orderBy(db, q.sort, sortable, '-receivedAt', 'i.id')} limit ${limit} offset ${offset}`
  const [count] = await db<{ total: number }[]>`select count(*)::int as total ${from}`
  return { rows: [...rows], total: count!.total }
}

/** Says that a decision rests on an image. The database refuses it for an image into which a threat was projected. */
export const insertEvidence = async (tx: Tx, imageId: string, isTip: boolean, decision: string, by: string, at: string): Promise<void> => {
  await tx`insert into inspection.evidence (image_id, is_tip, decision, bound_by, bound_at) values (${imageId}, ${isTip}, ${decision}, ${by}, ${at})
    on conflict (image_id, decision) do nothing`
}
