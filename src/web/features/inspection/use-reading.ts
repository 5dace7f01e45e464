/** Reading one image: how long it is looked at, the lease that is kept meanwhile, and the decision. */
import { useQueryClient } from '@tanstack/react-query'
import { useCallback, useEffect, useRef } from 'react'
import type { CaseView, Mark, ThreatClass } from '#schema/inspection'
import { send, type Reply } from '../../app/api.ts'
import { useCommand } from '../../app/use-command.ts'
import { caseKey, casesPath } from './centre-data.ts'

const beatMs = 30_000

/** Milliseconds of looking: from the first complete picture, without the time in which the page was hidden. */
const useLooking = (): { begin: () => void; elapsed: () => number } => {
  const since = useRef<number | null>(null)
  const before = useRef(0)
  const stop = useCallback(() => {
    if (since.current !== null) before.current += performance.now() - since.current
    since.current = null
  }, [])
  const begun = useRef(false)
  useEffect(() => {
    const turn = (): void => {
      if (document.hidden) stop()
      else if (begun.current) since.current ??= performance.now()
    }
    document.addEventListener('visibilitychange', turn)
    return () => document.removeEventListener('visibilitychange', turn)
  }, [stop])
  return {
    begin: useCallback(() => {
      begun.current = true
      since.current ??= performance.now()
    }, []),
    elapsed: () => Math.round(before.current + (since.current === null ? 0 : performance.now() - since.current)),
  }
}

/** While the case is held and open here, the server hears so: the lease goes on, and so does the time until a rest. */
const useBeat = (id: string, isHeld: boolean): void => {
  const client = useQueryClient()
  useEffect(() => {
    if (!isHeld) return undefined
    const clock = setInterval(() => {
      if (document.hidden) return
      void send('POST', `${casesPath}/${id}/viewing`).then((reply) => (reply.ok ? undefined : client.invalidateQueries({ queryKey: caseKey(id) })))
    }, beatMs)
    return () => clearInterval(clock)
  }, [client, id, isHeld])
}

type Said = { decision: 'clear' | 'suspect'; classes: ThreatClass[]; confidence: number; remarks: string; ms: number; marks: Mark[] }
export type GiveReading = (
  decision: Said['decision'],
  seen: ThreatClass | null,
  remarks: string,
  confidence: number,
  marks: readonly Mark[],
) => Promise<Reply<CaseView>>

export const useReading = (c: CaseView, onRead: (after: CaseView) => void): { begin: () => void; give: GiveReading } => {
  const { begin, elapsed } = useLooking()
  useBeat(c.id, c.claim?.mine === true)
  const command = useCommand<Said, CaseView>({
    path: `${casesPath}/${c.id}/${c.status === 'adjudication' ? 'adjudicate' : 'read'}`,
    refresh: [['list', casesPath]],
    onDone: onRead,
  })
  const give: GiveReading = (decision, seen, remarks, confidence, marks) =>
    command.run({ decision, classes: seen ? [seen] : [], confidence, remarks, ms: elapsed(), marks: [...marks] })
  return { begin, give }
}
