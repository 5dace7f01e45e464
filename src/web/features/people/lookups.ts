/** What the forms of administration look up: offices, roles, organisations. */
import { useQuery } from '@tanstack/react-query'
import { useMemo } from 'react'
import type { OrganisationFound } from '#schema/identity'
import { get } from '../../app/api.ts'
import type { CodeOption } from '../../ui/CodeField.tsx'

type Office = { code: string; name: string }
export type RoleView = { role: string; scope: 'organisation' | 'office' | 'country'; permissions: string[]; excludes: string[] }

const noOffices: readonly Office[] = []
const noRoles: readonly RoleView[] = []

export const useOffices = (): readonly CodeOption[] => {
  const found =
    useQuery({
      queryKey: ['reference', 'offices'],
      queryFn: ({ signal }) => get<{ rows: Office[] }>('/api/reference/offices', {}, { signal }),
      staleTime: 600_000,
    }).data?.rows ?? noOffices
  return useMemo(() => found.map(({ code, name }) => ({ code, name })), [found])
}

export const useRoles = (): readonly RoleView[] =>
  useQuery({ queryKey: ['roles'], queryFn: ({ signal }) => get<RoleView[]>('/api/roles', {}, { signal }), staleTime: Infinity }).data ?? noRoles

/** Search by name or number; the code of an option is the organisation's id. */
export const searchOrganisations = async (text: string, signal: AbortSignal): Promise<readonly CodeOption[]> => {
  if (text.trim() === '') return []
  const found = await get<OrganisationFound[]>('/api/organisations/search', { q: text.trim(), limit: 20 }, { signal })
  return found.map(({ registration, name, city }) => ({ code: registration, name, hint: city }))
}

/** The id behind a registration number; null when there is none. */
export const organisationId = async (registration: string): Promise<string | null> => {
  const found = await get<OrganisationFound[]>('/api/organisations/search', { q: registration, limit: 20 })
  return found.find((one) => one.registration === registration)?.id ?? null
}
