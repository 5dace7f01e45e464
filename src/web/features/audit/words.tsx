/** What the pages of the audit share: the links between them, and the name of a kind of subject. */
import { useTranslation } from 'react-i18next'
import { NavLink } from 'react-router'
import { useCan } from '../../app/session.ts'
import css from './audit.module.css'

type LooseT = (key: string, options: Record<string, unknown>) => string

export const useKindName = (): ((kind: string) => string) => {
  const { t } = useTranslation('audit', { keyPrefix: 'kind' })
  return (kind) => (t as unknown as LooseT)(kind, { defaultValue: kind })
}

export const chainAddress = (kind: string, id: string): string => `/audit/subjects/${encodeURIComponent(kind)}/${encodeURIComponent(id)}`

export const AuditLinks = () => {
  const { t } = useTranslation('audit')
  const can = useCan()
  const links = [
    { to: '/audit', text: t('tabs.search') },
    ...(can('audit:journal:verify') ? [{ to: '/audit/proof', text: t('tabs.verify') }] : []),
    { to: '/audit/replay', text: t('tabs.replay') },
  ]
  return (
    <nav className={css.links} aria-label={t('tabs.label')}>
      {links.map(({ to, text }) => (
        <NavLink key={to} to={to} end className={css.link}>
          {text}
        </NavLink>
      ))}
    </nav>
  )
}
