/** SQL of what carriers see. */
import type { Reader } from '#platform/database.ts'
import type { Corridor } from '../schema/corridor.ts'
import type { Trip } from '../schema/trip.ts'

const most = 200

/** Trips of some firms with their corridors: those that have not ended first, then the latest. */
export const listTripsOfCarriers = async (db: Reader, registrations: readonly string[]): Promise<{ trip: Trip; corridor: Corridor }[]> =>
  db<{ trip: Trip; corridor: Corridor }[]>`select t.state as trip, c.document as corridor
    from supervision.trip t join supervision.corridor c on c.id = t.corridor_id
    where t.carrier = any(${[...registrations]}::text[])
    order by (t.status in ('discharged', 'cancelled', 'seized')), t.updated_at desc limit ${most}`
