/** Operators by name or number: those for whom one may act come first. */
import { useCallback } from 'react'
import type { OrganisationFound } from '#schema/identity'
import { get } from '../../app/api.ts'
import { useSession } from '../../app/session.ts'
import { matching, type CodeOption } from '../../ui/CodeField.tsx'

export const useOperators = (): ((text: string, signal: AbortSignal) => Promise<readonly CodeOption[]>) => {
  const { represents } = useSession()
  return useCallback(
    async (text, signal) => {
      const own = matching(
        represents.map(({ registration, name }) => ({ code: registration, name })),
        text,
      )
      if (text.trim().length < 2) return own
      const others = await get<OrganisationFound[]>('/api/organisations/search', { q: text.trim() }, { signal })
      const known = new Set(own.map((one) => one.code))
      return [
        ...own,
        ...others
          .filter((one) => !known.has(one.registration))
          .map((one) => ({ code: one.registration, name: one.name, hint: [one.city, one.country].filter(Boolean).join(', ') })),
      ]
    },
    [represents],
  )
}
