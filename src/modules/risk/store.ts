import { createHmac, hash } from 'node:crypto'
import type { Reader, Tx } from '#platform/database.ts'
import type { Features, Profile, SelectionFacts } from './schema.ts'
import { candidates } from './selection.ts'

export type RiskSnapshot = { version: number; profiles: Profile[]; randomRate: Record<string, number>; secret: Buffer }

/** All living profiles, the random share per administration, and the key of the draws. */
export const loadSnapshot = async (db: Reader): Promise<RiskSnapshot> => {
  const rows = await db<{ body: Profile; version: number }[]>`select body, version from risk.profile order by code`
  const settings = await db<
    { administration: string; random_rate: number }[]
  >`select administration, random_rate::float8 as random_rate from risk.setting where office = ''`
  const [key] = await db<{ secret: Buffer }[]>`select secret from risk.draw_key order by created_at desc limit 1`
  if (!key) throw new Error('risk.draw_key is empty: without a key no lot can be drawn')
  return {
    version: rows.reduce((m, r) => Math.max(m, r.version), 0),
    profiles: rows.map((r) => r.body),
    randomRate: Object.fromEntries(settings.map((s) => [s.administration, s.random_rate])),
    secret: key.secret,
  }
}

/**
 * Lots of one consignment, scaled to [0,1): repeatable inside, unpredictable outside. The keyed hash (HMAC-SHA256) is taken once of the
 * consignment; each criterion's lot is a hash of that and its name.
 */
const lots = (secret: Buffer, consignment: string): ((criterion: string) => number) => {
  const seed = createHmac('sha256', secret).update(consignment).digest('hex')
  return (criterion) => hash('sha256', `${seed}\u0000${criterion}`, 'buffer').readUInt32BE(0) / 2 ** 32
}

/** The facts of one selection: the profiles that hit, and one ticket for each of them and for chance. `consignment` stays the same when goods are lodged again. */
export const selectionFacts = (snapshot: RiskSnapshot, features: Features, consignment: string, date: string): SelectionFacts => {
  const profiles = candidates(snapshot.profiles, features, date)
  const draw = lots(snapshot.secret, consignment)
  const draws: Record<string, number> = { random: draw('random') }
  for (const p of profiles) draws[p.code] = draw(`${p.code}@${snapshot.version}`)
  return { version: snapshot.version, profiles, draws, randomRate: snapshot.randomRate[features.administration] ?? 0 }
}

export const saveProfiles = async (tx: Tx, profiles: readonly Profile[]): Promise<void> => {
  for (const p of profiles) {
    await tx`insert into risk.profile (code, body) values (${p.code}, ${JSON.stringify(p)}::text::jsonb)
      on conflict (code) do update set body = excluded.body, version = risk.profile.version + 1`
  }
}
