/** SQL of the registry of models. */
import type { Reader } from '#platform/database.ts'

/** Hashes of the models that score now. */
export const placedModels = async (db: Reader): Promise<{ champion?: string; challenger?: string }> =>
  Object.fromEntries(
    (await db<{ status: string; hash: string }[]>`select status, hash from risk.model where status in ('champion', 'challenger')`).map((r) => [
      r.status,
      r.hash,
    ]),
  )
