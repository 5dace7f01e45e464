/** SQL of rates and capacities. */
import type { Reader, Tx } from '#platform/database.ts'
import type { Setting, SettingRow } from '../schema/proposal.ts'

type Row = Omit<SettingRow, 'expectedRate'> & { red: number; yellow: number; blue: number }

/** All of them: of administrations (office '') and of single offices. */
export const readSettings = async (db: Reader): Promise<SettingRow[]> =>
  (
    await db<Row[]>`
      select administration, office, random_rate::float8 as "minimumRandomRate", exploration_share::float8 as "explorationShare", expected_red::float8 as red,
        expected_yellow::float8 as yellow, expected_blue::float8 as blue, capacity_minutes as "capacityMinutes", documentary_minutes as "documentaryMinutes",
        physical_minutes as "physicalMinutes", trusted_factor::float8 as "trustedFactor", version
      from risk.setting order by administration, office`
  ).map(({ red, yellow, blue, ...r }) => ({ ...r, expectedRate: { red, yellow, blue } }))

export const saveSetting = async (tx: Tx, s: Setting): Promise<void> => {
  await tx`
    insert into risk.setting (administration, office, random_rate, exploration_share, expected_red, expected_yellow, expected_blue, capacity_minutes,
      documentary_minutes, physical_minutes, trusted_factor)
    values (${s.administration}, ${s.office}, ${s.minimumRandomRate}, ${s.explorationShare}, ${s.expectedRate.red}, ${s.expectedRate.yellow},
      ${s.expectedRate.blue}, ${s.capacityMinutes}, ${s.documentaryMinutes}, ${s.physicalMinutes}, ${s.trustedFactor})
    on conflict (administration, office) do update set random_rate = excluded.random_rate, exploration_share = excluded.exploration_share,
      expected_red = excluded.expected_red, expected_yellow = excluded.expected_yellow, expected_blue = excluded.expected_blue,
      capacity_minutes = excluded.capacity_minutes, documentary_minutes = excluded.documentary_minutes, physical_minutes = excluded.physical_minutes,
      trusted_factor = excluded.trusted_factor, version = risk.setting.version + 1`
}

/** The key of the lots, and a name for it that tells nothing of it. */
export const readKey = async (db: Reader): Promise<{ secret: Buffer; id: string }> => {
  const [key] = await db<{ secret: Buffer; at: string }[]>`select secret, created_at as at from risk.draw_key order by created_at desc limit 1`
  if (!key) throw new Error('risk.draw_key is empty: without a key no lot can be drawn')
  return { secret: key.secret, id: key.at.slice(0, 16) }
}
