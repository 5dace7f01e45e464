import { useTranslation } from 'react-i18next'
import { NavLink } from 'react-router'
import css from './cash.module.css'

export const CashLinks = () => {
  const { t } = useTranslation('cash')
  return (
    <nav className={css.links} aria-label={t('title')}>
      {[
        { to: '/cash', text: t('title') },
        { to: '/cash/day', text: t('closeDay') },
      ].map(({ to, text }) => (
        <NavLink key={to} to={to} end className={css.link}>
          {text}
        </NavLink>
      ))}
    </nav>
  )
}
