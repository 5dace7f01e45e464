/** Drafts: typed, saved, found again. Saving names the revision it was based on, so two windows cannot silently undo each other. */
import type { Reader, Tx } from '#platform/database.ts'
import type { Principal } from '#platform/permissions.ts'
import type { DeclarationDocument } from '../schema/document.ts'
import type { DraftRow, DraftView } from '../schema/views.ts'

type Row = {
  id: string
  title: string
  document: DeclarationDocument
  revision: number
  created_at: string
  updated_at: string
  lodged_mrn: string | null
}
const toView = (r: Row): DraftView => ({
  id: r.id,
  title: r.title,
  document: r.document,
  revision: r.revision,
  createdAt: r.created_at,
  updatedAt: r.updated_at,
  lodgedMrn: r.lodged_mrn,
})
const ownerOf = (p: Principal): string => p.organisationId ?? p.personId

export const titleOf = (d: DeclarationDocument): string =>
  [d.lrn, d.importer?.name ?? d.importer?.id ?? d.exporter?.name ?? d.exporter?.id, d.items[0]?.description].filter(Boolean).join(' · ').slice(0, 200)

export const findDraft = async (db: Reader, p: Principal, id: string): Promise<DraftView | null> => {
  const [row] = await db<Row[]>`select r.id, r.title, r.document, r.revision, r.created_at, r.updated_at, d.mrn as lodged_mrn
    from clearance.draft r left join clearance.declaration d on d.id = r.lodged_as where r.id = ${id} and coalesce(r.organisation, r.owner) = ${ownerOf(p)}`
  return row ? toView(row) : null
}

export const listDrafts = async (
  db: Reader,
  p: Principal,
  page: number,
  size: number,
): Promise<{ rows: DraftRow[]; total: number; page: number; size: number }> => {
  const rows = await db<
    DraftRow[]
  >`select id, title, document ->> 'lrn' as lrn, coalesce(document #>> '{importer,name}', document #>> '{importer,id}', document #>> '{exporter,name}') as trader,
      jsonb_array_length(document -> 'items') as items, revision, created_at as "createdAt", updated_at as "updatedAt"
    from clearance.draft where coalesce(organisation, owner) = ${ownerOf(p)} and lodged_as is null order by updated_at desc limit ${size} offset ${(page - 1) * size}`
  const [count] = await db<
    { n: number }[]
  >`select count(*)::int as n from clearance.draft where coalesce(organisation, owner) = ${ownerOf(p)} and lodged_as is null`
  return { rows: [...rows], total: count?.n ?? 0, page, size }
}

export const createDraft = async (tx: Tx, p: Principal, id: string, document: DeclarationDocument, at: string): Promise<void> => {
  await tx`insert into clearance.draft (id, owner, organisation, title, document, revision, created_at, updated_at)
    values (${id}, ${p.personId}, ${p.organisationId}, ${titleOf(document)}, ${JSON.stringify(document)}::text::jsonb, 1, ${at}, ${at}) on conflict (id) do nothing`
}

/** Returns the new revision, or null when somebody saved in between (or the draft is not there). */
export const saveDraft = async (
  tx: Tx,
  p: Principal,
  id: string,
  document: DeclarationDocument,
  basedOn: number,
  at: string,
): Promise<number | null> => {
  const [row] = await tx<
    { revision: number }[]
  >`update clearance.draft set document = ${JSON.stringify(document)}::text::jsonb, title = ${titleOf(document)}, revision = revision + 1, updated_at = ${at}
    where id = ${id} and coalesce(organisation, owner) = ${ownerOf(p)} and revision = ${basedOn} and lodged_as is null returning revision`
  return row?.revision ?? null
}

export const deleteDraft = async (tx: Tx, p: Principal, id: string): Promise<boolean> =>
  (await tx`delete from clearance.draft where id = ${id} and coalesce(organisation, owner) = ${ownerOf(p)} and lodged_as is null`).count > 0

export const markLodged = async (tx: Tx, id: string, declarationId: string): Promise<void> => {
  await tx`update clearance.draft set lodged_as = ${declarationId} where id = ${id}`
}
