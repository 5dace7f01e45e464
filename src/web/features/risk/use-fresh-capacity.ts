/** Keeps the board of capacity fresh: by news of declarations and proposals, once for what comes close together. */
import { useQueryClient } from '@tanstack/react-query'
import { useEffect, useRef } from 'react'
import { useLive } from '../../app/live.ts'

/** A day's figures need no more than that. */
const gatherMs = 3_000

export const useFreshCapacity = (): void => {
  const client = useQueryClient()
  const timer = useRef<ReturnType<typeof setTimeout> | null>(null)
  const soon = (): void => {
    timer.current ??= setTimeout(() => {
      timer.current = null
      void client.invalidateQueries({ queryKey: ['risk', 'capacity'] })
    }, gatherMs)
  }
  useLive('declaration', soon)
  useLive('risk-proposal', soon)
  useEffect(
    () => () => {
      if (timer.current) clearTimeout(timer.current)
      timer.current = null
    },
    [],
  )
}
