/** Opens sorting for app.ts: a broker of its own unless one is named, the connection to the belts, and the work between. */
import type { Deps } from '#platform/module.ts'
import type { BeltNews } from '../port.ts'
import { type Belt, serveBelt } from './belt.ts'
import { startBroker } from './broker.ts'
import { connectBelts } from './mqtt.ts'

export type Sorting = { url: string; belt: Belt; close: () => Promise<void> }

/** `url`: the broker's address; without it one is started in this process. */
export const openSorting = async (deps: Deps, { url, withinMs }: { url?: string; withinMs?: number } = {}): Promise<Sorting> => {
  const broker = url === undefined ? await startBroker() : null
  const at = url ?? broker!.url
  // The belt needs the sorter and the sorter tells the belt: what comes before both stand waits a moment.
  let belt: Belt | null = null
  const early: BeltNews[] = []
  const hear = async (news: BeltNews): Promise<void> => (belt ? belt.hear(news) : void early.push(news))
  const sorter = await connectBelts({ url: at, ...(withinMs !== undefined && { withinMs }) }, hear, deps.log)
  belt = serveBelt(deps, sorter)
  for (const news of early) await belt.hear(news)
  await belt.sweep()
  return {
    url: at,
    belt,
    close: async () => {
      await belt?.close()
      await sorter.close()
      await broker?.close()
    },
  }
}
