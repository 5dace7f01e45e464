/** SQL of our own geography. */
import type { Reader, Tx } from '#platform/database.ts'
import type { MapArea } from '../schema/map.ts'

export const saveMapArea = async (tx: Tx, { id, kind, name, geometry }: MapArea): Promise<void> => {
  await tx`insert into supervision.map_area (id, kind, name, geometry) values (${id}, ${kind}, ${name}, ${tx.json(geometry as never)})
    on conflict (id) do update set kind = excluded.kind, name = excluded.name, geometry = excluded.geometry`
}

export const listMapAreas = async (db: Reader): Promise<MapArea[]> =>
  db<MapArea[]>`select id, kind, name, geometry from supervision.map_area order by id limit 1000`
