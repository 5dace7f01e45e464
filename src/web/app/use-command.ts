/**
 * One command of a screen, with the state that a button and a form need.
 *   const release = useCommand<{ reason: string }, CommandReply>({ method: 'POST', path: `/api/declarations/${mrn}/release-proposal`, refresh: [['declaration', mrn]] })
 *   const reply = await release.run({ reason })
 * The Idempotency-Key belongs to the attempt: pressed again after a lost connection or a fault with the same content, it stays the same and
 * the server acts once. After success, a definite refusal, or another content, the next press is a new attempt.
 */
import { useQueryClient, type QueryKey } from '@tanstack/react-query'
import { useCallback, useRef, useState } from 'react'
import type { Issue } from '#kernel/issue.ts'
import { send, type Problem, type Reply } from './api.ts'
import { attemptKeeper } from './attempt.ts'

export type CommandOptions<I, O> = {
  method?: 'POST' | 'PUT' | 'PATCH' | 'DELETE'
  path: string | ((input: I) => string)
  /** what goes into the body; the input itself by default, nothing when the input is undefined */
  body?: (input: I) => unknown
  /** queries to read again after success */
  refresh?: readonly QueryKey[]
  onDone?: (value: O, input: I) => void
}

export type Command<I, O> = {
  run: (input: I) => Promise<Reply<O>>
  pending: boolean
  problem: Problem | null
  issues: readonly Issue[]
  /** forgets the last refusal */
  reset: () => void
}

const none: readonly Issue[] = []

export const useCommand = <I = void, O = unknown>(options: CommandOptions<I, O>): Command<I, O> => {
  const client = useQueryClient()
  const [state, setState] = useState<{ pending: boolean; problem: Problem | null }>({ pending: false, problem: null })
  const attempts = useRef(attemptKeeper())
  const latest = useRef(options)
  latest.current = options
  const run = useCallback(
    async (input: I): Promise<Reply<O>> => {
      const { method = 'POST', path, body, refresh = [], onDone } = latest.current
      const address = typeof path === 'function' ? path(input) : path
      const content = body ? body(input) : input
      setState({ pending: true, problem: null })
      const reply = await send<O>(method, address, content, { key: attempts.current.keyFor(method, address, content) })
      attempts.current.settle(reply.ok ? 200 : reply.problem.status)
      setState({ pending: false, problem: reply.ok ? null : reply.problem })
      if (!reply.ok) return reply
      await Promise.all(refresh.map((queryKey) => client.invalidateQueries({ queryKey })))
      onDone?.(reply.value, input)
      return reply
    },
    [client],
  )
  const reset = useCallback(() => setState({ pending: false, problem: null }), [])
  return { run, ...state, issues: state.problem?.issues ?? none, reset }
}
