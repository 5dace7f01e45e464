// The role's work: seven entries at most, the rest behind "more"; a rail of icons where there is less room, a sheet on small screens.
import { Drawer, Menu, Tooltip, useDirection } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { NavLink, useLocation, useNavigate } from 'react-router'
import { formatCount } from '../../i18n/format.ts'
import { IconButton } from '../../ui/Button.tsx'
import { Icon } from '../../ui/Icon.tsx'
import type { NavigationEntry } from '../feature.ts'
import { useSession } from '../session.ts'
import { useCounts, useNavigation } from './use-navigation.ts'
import css from './navigation.module.css'

const most = 7

const Entry = ({ entry, count }: { entry: NavigationEntry; count: number | undefined }) => {
  const { t, i18n } = useTranslation(['common', 'navigation'])
  const label = t(`navigation:${entry.label}`)
  return (
    <li>
      <Tooltip label={label} position="right" classNames={{ tooltip: css.railHint }}>
        <NavLink to={entry.to} className={css.entry}>
          <Icon name={entry.icon} />
          <span className={css.entryLabel}>{label}</span>
          {count !== undefined && count > 0 && (
            <span className={css.entryCount}>
              {formatCount(count, i18n.language)}
              <span className="visually-hidden"> {t('common:shell.waiting')}</span>
            </span>
          )}
        </NavLink>
      </Tooltip>
    </li>
  )
}

const More = ({ entries }: { entries: readonly NavigationEntry[] }) => {
  const { t } = useTranslation(['common', 'navigation'])
  const navigate = useNavigate()
  const { pathname } = useLocation()
  const isHere = ({ to }: NavigationEntry): boolean => pathname === to || pathname.startsWith(`${to}/`)
  return (
    <li>
      <Menu position="right-start">
        <Menu.Target>
          <button type="button" className={css.entry} aria-current={entries.some(isHere) ? 'true' : undefined}>
            <Icon name="more" />
            <span className={css.entryLabel}>{t('common:shell.more')}</span>
          </button>
        </Menu.Target>
        <Menu.Dropdown>
          {entries.map((entry) => (
            <Menu.Item
              key={entry.to}
              aria-current={isHere(entry) ? 'page' : undefined}
              leftSection={<Icon name={entry.icon} />}
              onClick={() => void navigate(entry.to)}
            >
              {t(`navigation:${entry.label}`)}
            </Menu.Item>
          ))}
        </Menu.Dropdown>
      </Menu>
    </li>
  )
}

const Entries = () => {
  const { t } = useTranslation()
  const entries = useNavigation()
  const counts = useCounts(entries)
  const { demo } = useSession()
  const shown = entries.length > most ? entries.slice(0, most - 1) : entries
  return (
    <>
      <ul className={css.entries}>
        {shown.map((entry) => (
          <Entry key={entry.to} entry={entry} count={counts.get(entry.to)} />
        ))}
        {shown.length < entries.length && <More entries={entries.slice(most - 1)} />}
      </ul>
      {demo && <p className={css.demoMark}>{t('shell.demo')}</p>}
    </>
  )
}

export const Navigation = ({ open, onClose }: { open: boolean; onClose: () => void }) => {
  const { t } = useTranslation()
  const { dir } = useDirection()
  return (
    <>
      <nav className={css.navigation} aria-label={t('shell.navigation')}>
        <Entries />
      </nav>
      <Drawer.Root opened={open} onClose={onClose} position={dir === 'rtl' ? 'right' : 'left'} size="15rem" classNames={{ content: css.sheet }}>
        <Drawer.Overlay backgroundOpacity={0.45} />
        <Drawer.Content>
          <div className={css.sheetHead}>
            <Drawer.Title>{t('shell.navigation')}</Drawer.Title>
            <IconButton icon="close" label={t('close')} onClick={onClose} />
          </div>
          <Drawer.Body className={css.sheetBody}>
            <nav aria-label={t('shell.navigation')}>
              <Entries />
            </nav>
          </Drawer.Body>
        </Drawer.Content>
      </Drawer.Root>
    </>
  )
}
