/**
 * The port to a belt. Vendors differ; what inspection needs of any of them stands here.
 *
 * Whoever implements it sends until the belt has acknowledged or the time is over. A command may be sent any number of times: the belt knows
 * it by its id and obeys once. A belt that has heard nothing when a tray reaches the switch sends it to the bench, so `timed-out` means
 * "diverted" too.
 */
import type { Line } from '../schema/sorting.ts'

export type DivertCommand = { id: string; office: string; trayId: string; line: Line }
export type Answer = 'acknowledged' | 'timed-out'
export type Sorter = {
  divert: (command: DivertCommand) => Promise<Answer>
  close: () => Promise<void>
}

/** What lies in a tray: baggage of a traveller, or a parcel of the post. */
export type BeltItem = 'bag' | 'parcel'

/** What a belt tells. `bag` is the number of the bag or parcel. */
export type BeltNews =
  | { kind: 'announced'; office: string; trayId: string; item: BeltItem; bag: string; movement: string | null; owner: string | null; at: string }
  | { kind: 'passed'; office: string; trayId: string; line: Line; at: string }
  | { kind: 'restarted'; office: string; at: string }
  | { kind: 'gate-read'; office: string; gate: string; tag: string; at: string }
