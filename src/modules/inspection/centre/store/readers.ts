/** SQL of readers: team, training, viewing time; and of offices' settings with the key of the lots. */
import type { Reader as Db, Tx } from '#platform/database.ts'
import type { CentreSetting } from '../../schema/case.ts'
import type { ReaderProfile, Team } from '../../schema/figures.ts'
import type { Item } from '../../schema/subject.ts'
import type { Viewing } from '../queue.ts'

type Row = {
  person_id: string
  name: string
  team: Team
  items: Item[]
  simulated: boolean
  viewing_since: string | null
  viewed_at: string | null
  rest_until: string | null
}
export type KeptReader = ReaderProfile & { viewing: Viewing }

const readerOf = (r: Row): KeptReader => ({
  personId: r.person_id,
  name: r.name,
  team: r.team,
  items: r.items,
  simulated: r.simulated,
  viewing: { since: r.viewing_since, lastAt: r.viewed_at, restUntil: r.rest_until },
})

export const saveReader = async (tx: Tx, r: ReaderProfile, at: string): Promise<void> => {
  await tx`insert into inspection.reader (person_id, name, team, items, simulated, updated_at) values (${r.personId}, ${r.name}, ${r.team}, ${r.items}, ${r.simulated}, ${at})
    on conflict (person_id) do update set name = excluded.name, team = excluded.team, items = excluded.items, updated_at = excluded.updated_at`
}

export const saveViewing = async (tx: Tx, personId: string, v: Viewing): Promise<void> => {
  await tx`update inspection.reader set viewing_since = ${v.since}, viewed_at = ${v.lastAt}, rest_until = ${v.restUntil} where person_id = ${personId}`
}

export const lockReader = async (tx: Tx, personId: string): Promise<KeptReader | null> => {
  const [row] = await tx<Row[]>`select * from inspection.reader where person_id = ${personId} for update`
  return row ? readerOf(row) : null
}

export const listReaders = async (db: Db): Promise<KeptReader[]> =>
  (await db<Row[]>`select * from inspection.reader order by name, person_id limit 2000`).map(readerOf)

export type KeptSetting = { office: string; setting: CentreSetting; heardAt: string | null }

export const findSettings = async (db: Db): Promise<KeptSetting[]> =>
  (
    await db<
      { office: string; document: CentreSetting; heard_at: string | null }[]
    >`select office, document, heard_at from inspection.setting order by office`
  ).map((r) => ({ office: r.office, setting: r.document, heardAt: r.heard_at }))

export const saveSetting = async (tx: Tx, office: string, setting: CentreSetting, at: string): Promise<void> => {
  await tx`insert into inspection.setting (office, document, updated_at) values (${office}, ${tx.json(setting)}, ${at})
    on conflict (office) do update set document = excluded.document, updated_at = excluded.updated_at`
}

/** The office was heard of: a picture, a tray, a beat. */
export const heardOf = async (db: Db, office: string, at: string): Promise<void> => {
  await db`update inspection.setting set heard_at = ${at} where office = ${office} and (heard_at is null or heard_at < ${at})`
}

export const findDrawKey = async (db: Db): Promise<Buffer> => {
  const [row] = await db<{ secret: Buffer }[]>`select secret from inspection.draw_key order by created_at desc limit 1`
  if (!row) throw new Error('inspection.draw_key is empty: without a key no lot can be drawn')
  return row.secret
}
