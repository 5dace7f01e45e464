/** How the law knows an operator: its authorisations that count now, each by name. */
import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import type { AuthorisationRow } from '#schema/compliance'
import { get } from '../../app/api.ts'
import { useCan } from '../../app/session.ts'
import { StatusBadge } from '../../ui/Badge.tsx'

export const Standing = ({ holder }: { holder: string }) => {
  const { t } = useTranslation('compliance')
  const can = useCan()
  const { data } = useQuery({
    queryKey: ['compliance', 'authorisations', holder],
    queryFn: ({ signal }) => get<AuthorisationRow[]>('/api/compliance/authorisations', { holder }, { signal }),
    enabled: can('compliance:authorisation:read'),
  })
  if (!data) return <>–</>
  const held = data.filter((a) => a.status === 'granted' || a.status === 'suspended')
  if (held.length === 0) return <Link to="/compliance/authorisations">{t('notHeld')}</Link>
  return (
    <>
      {held.map((a) => (
        <Link key={a.id} to="/compliance/authorisations">
          <StatusBadge tone={a.status === 'granted' ? 'ok' : 'danger'}>
            {a.kind} {t(`status.${a.status}`)}
          </StatusBadge>
        </Link>
      ))}
    </>
  )
}
