/** The desk of a workstation: what is shown and how, with the marks kept in this browser until the reading takes them. */
import { useCallback, useEffect, useState } from 'react'
import { forgetCopy, keepCopy, readCopy } from '../ui/local-copy.ts'
import type { Mark } from './marks.ts'
import type { MaterialBasis } from './pixels/pixels.ts'
import { openingDesk, type Desk } from './tools.ts'

export type ChangeDesk = (change: (desk: Desk) => Desk) => void

const copyOf = (stationId: string): string => `marks.${stationId}`

/** They are with the reading now. */
export const forgetMarks = (stationId: string): void => forgetCopy(copyOf(stationId))

export const useDesk = (stationId: string, basis: MaterialBasis, isColoured: boolean): [Desk, ChangeDesk] => {
  const [desk, setDesk] = useState(() => openingDesk(basis, isColoured, readCopy<Mark[]>(copyOf(stationId))?.value ?? []))
  const { marks } = desk
  useEffect(() => keepCopy(copyOf(stationId), marks), [stationId, marks])
  return [desk, useCallback((change) => setDesk(change), [])]
}
