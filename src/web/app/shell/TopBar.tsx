// Where am I, search everything, office, keys, who am I.
import { Fragment, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { IconButton } from '../../ui/Button.tsx'
import { Icon } from '../../ui/Icon.tsx'
import { useKeys } from '../../ui/keys.ts'
import { setPage, usePageState } from '../../ui/page-store.ts'
import { KeyHelp } from './KeyHelp.tsx'
import { OfficeMenu, PersonMenu } from './menus.tsx'
import { Search } from './Search.tsx'
import css from './shell.module.css'

export const TopBar = ({ onMenu }: { onMenu: () => void }) => {
  const { t } = useTranslation()
  const { title, crumbs, panel, panelOpen } = usePageState()
  const [help, setHelp] = useState(false)
  useKeys([{ keys: '?', label: t('shell.keyHelp'), run: () => setHelp(true) }], { group: t('shell.everywhere') })
  return (
    <header className={css.bar}>
      <div className={css.brand}>
        <span className={css.menuButton}>
          <IconButton icon="menu" label={t('shell.navigation')} onFrame onClick={onMenu} />
        </span>
        <Link to="/" className={css.name} aria-label={t('shell.home')}>
          <img src="/icon.svg" alt="" width="20" height="20" />
          <span>Portcullis</span>
        </Link>
      </div>
      <nav className={css.where} aria-label={t('shell.whereAmI')}>
        {crumbs.map((crumb) => (
          <Fragment key={crumb.to}>
            <Link to={crumb.to} className={css.crumb}>
              {crumb.label}
            </Link>
            <Icon name="chevron-end" size={12} />
          </Fragment>
        ))}
        <h1 className={css.title} title={title}>
          {title}
        </h1>
      </nav>
      <Search />
      <div className={css.who}>
        {panel !== null && (
          <IconButton icon="panel" label={panel} shortcut="\" pressed={panelOpen} onFrame onClick={() => setPage({ panelOpen: !panelOpen })} />
        )}
        <OfficeMenu />
        <span className={css.helpButton}>
          <IconButton icon="help" label={t('shell.keyHelp')} shortcut="?" onFrame onClick={() => setHelp(true)} />
        </span>
        <PersonMenu />
      </div>
      <KeyHelp open={help} onClose={() => setHelp(false)} />
    </header>
  )
}
