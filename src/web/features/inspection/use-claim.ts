/** Taking images to read: the next one, a certain one, and the rest that must be kept between. */
import { useState } from 'react'
import { useNavigate } from 'react-router'
import type { Claimed } from '#schema/inspection'
import type { Problem } from '../../app/api.ts'
import { useCommand } from '../../app/use-command.ts'
import { caseKey, casesPath } from './centre-data.ts'

export type Claiming = {
  takeNext: () => void
  take: (id: string) => void
  pending: boolean
  problem: Problem | null
  /** until when one must rest */
  restUntil: string | null
  /** one asked, and nothing was there */
  isEmpty: boolean
}

export const useClaim = (): Claiming => {
  const navigate = useNavigate()
  const [answer, setAnswer] = useState<Claimed | null>(null)
  const command = useCommand<string | null, Claimed>({
    path: (id) => (id === null ? `${casesPath}/claim` : `${casesPath}/${id}/claim`),
    body: () => undefined,
    refresh: [['list', casesPath], ['image-case']],
    onDone: (claimed) => {
      setAnswer(claimed)
      if (claimed.case) void navigate(`/inspection/cases/${claimed.case.id}`)
    },
  })
  return {
    takeNext: () => void command.run(null),
    take: (id) => void command.run(id),
    pending: command.pending,
    problem: command.problem,
    restUntil: answer?.restUntil ?? null,
    isEmpty: answer !== null && answer.case === null && answer.restUntil === null,
  }
}

export const refreshOfCase = (id: string) => [caseKey(id), ['list', casesPath]]
