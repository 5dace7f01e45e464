/** What follows for belt and tag when a case has changed, in the same transaction. The command is sent after the commit. */
import type { Tx } from '#platform/database.ts'
import type { ImageCase } from '../../schema/case.ts'
import { newId } from '../../service/ids.ts'
import { lineOf, needsBench } from '../line.ts'
import { bindTag, closeTag, findTrayOf, insertCommand } from '../store/sorting.ts'

/** A bag that must come to the bench gets a tag; one that need not any more loses it. */
export const followCase = async (tx: Tx, c: ImageCase, by: string, at: string): Promise<{ commanded: boolean }> => {
  const line = lineOf(c)
  if (line === null) return { commanded: false }
  const tray = await findTrayOf(tx, c.subject)
  if (needsBench(c)) await bindTag(tx, c, tray?.owner ?? null, at)
  else await closeTag(tx, c.id, by, at)
  return { commanded: tray !== null && (await insertCommand(tx, { id: newId(at), office: tray.office, trayId: tray.id, line, caseId: c.id }, at)) }
}
