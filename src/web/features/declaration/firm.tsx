/** A firm by its number, with the name beside it: known from the session, else asked for once. */
import { useQuery } from '@tanstack/react-query'
import type { OrganisationFound } from '#schema/identity'
import { get } from '../../app/api.ts'
import { Id } from '../../ui/Values.tsx'
import { useOffices } from './codes.ts'
import { useClientName } from './words.tsx'

const longMs = 3_600_000

const useFirmName = (registration: string): string | undefined => {
  const known = useClientName()(registration)
  const found = useQuery({
    queryKey: ['firm', registration],
    queryFn: async ({ signal }) => {
      const firms = await get<OrganisationFound[]>('/api/organisations/search', { q: registration }, { signal })
      return firms.find((one) => one.registration === registration)?.name ?? null
    },
    enabled: known === undefined && registration !== '',
    staleTime: longMs,
  })
  return known ?? found.data ?? undefined
}

export const Firm = ({
  registration,
  label,
}: {
  registration: string
  /** of the button that copies the number; none: a plain number */ label?: string
}) => {
  const name = useFirmName(registration)
  return (
    <>
      {name && <>{name} </>}
      {label ? <Id value={registration} label={label} /> : <Id value={registration} plain />}
    </>
  )
}

export const OfficeName = ({ code }: { code: string }) => {
  const name = useOffices().find((office) => office.code === code)?.name
  return (
    <>
      {name && <>{name} </>}
      <Id value={code} plain />
    </>
  )
}
