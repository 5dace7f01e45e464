/** Takes, gives or puts back several declarations at once, one command each; says how many went through, and undoes by the same road. */
import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { send } from '../../app/api.ts'
import { toast } from '../../ui/toast.tsx'
import type { Colleague } from './GiveDialog.tsx'

export type Target = 'me' | Pick<Colleague, 'personId' | 'name'> | null

const assign = (mrn: string, to: Target) =>
  send('POST', `/api/declarations/${mrn}/assignment`, { to: to === null || to === 'me' ? to : { personId: to.personId, name: to.name } })

export const useAssigning = (): { pending: boolean; assignAll: (mrns: readonly string[], to: Target) => Promise<void> } => {
  const { t } = useTranslation('work')
  const client = useQueryClient()
  const [pending, setPending] = useState(false)
  const refresh = (): Promise<unknown> =>
    Promise.all([client.invalidateQueries({ queryKey: ['work'] }), client.invalidateQueries({ queryKey: ['list', '/api/work'] })])
  const assignAll = async (mrns: readonly string[], to: Target): Promise<void> => {
    setPending(true)
    const replies = await Promise.all(mrns.map(async (mrn) => ({ mrn, reply: await assign(mrn, to) })))
    setPending(false)
    const done = replies.filter(({ reply }) => reply.ok).map(({ mrn }) => mrn)
    const refused = replies.length - done.length
    await refresh()
    if (done.length > 0) {
      const words =
        to === 'me'
          ? t('queue.taken', { count: done.length })
          : to
            ? t('queue.given', { count: done.length, name: to.name })
            : t('queue.returned', { count: done.length })
      // Taken by mistake: put back; only this way round is known what was before.
      toast(words, { tone: 'ok', ...(to === 'me' && { action: { label: t('queue.undo'), run: () => void assignAll(done, null) } }) })
    }
    if (refused > 0) toast(t('queue.refused', { count: refused }), { tone: 'warning' })
  }
  return { pending, assignAll }
}
