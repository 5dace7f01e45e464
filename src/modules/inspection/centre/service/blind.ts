/** What is kept from readers outside the case itself: findings on images that are to be read, and which images are practice. */
import type { Reader } from '#platform/database.ts'
import type { Principal } from '#platform/permissions.ts'
import type { Image } from '../../schema/image.ts'
import { isAssisted } from '../case.ts'
import { unreadCases } from '../store/cases.ts'
import { isBlind } from '../view.ts'
import { viewerOf } from './cases.ts'
import { readSettings } from './settings.ts'

export const oversees = (p: Principal): boolean => viewerOf(p).overseer

/** Are the findings on this image kept from this person? As long as one of its cases is to be read, unless he has read it or is assisted. */
export const isWithheld = async (db: Reader, p: Principal, imageId: string): Promise<boolean> => {
  const [open, settings] = [await unreadCases(db, imageId), await readSettings(db)]
  return open.some((c) => isBlind(c, viewerOf(p)) && !isAssisted(c, settings.of(c.office)))
}

/** The image as one who may be shown it in practice sees it. */
export const undisclosed = (image: Image): Image => ({ ...image, isTip: false, column: image.column === 'tip' ? 'real' : image.column })
