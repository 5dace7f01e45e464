// Office at which one works; who one is, with language, colours, proof of identity, and the way out.
import { Menu, useMantineColorScheme } from '@mantine/core'
import { useQueryClient } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { formatRelative } from '../../i18n/format.ts'
import { languageNames, languages, setLanguage, type Language } from '../../i18n/index.ts'
import { Icon } from '../../ui/Icon.tsx'
import { toast } from '../../ui/toast.tsx'
import { useDrop } from '../../ui/use-drop.ts'
import { prompts, send } from '../api.ts'
import { sessionQuery, useSession, useSignOut, type Session } from '../session.ts'
import css from './shell.module.css'

export const OfficeMenu = () => {
  const { t } = useTranslation()
  const session = useSession()
  const client = useQueryClient()
  const drop = useDrop()
  const { office, offices, organisation } = session
  if (!office) {
    const place = offices === '*' ? t('shell.wholeCountry') : (organisation?.name ?? null)
    return place === null ? null : (
      <span className={css.place} title={place}>
        {place}
      </span>
    )
  }
  const choose = async (code: string): Promise<void> => {
    const reply = await send<Session>('PUT', '/api/session/office', { office: code })
    if (!reply.ok) return void toast(t('shell.officeFailed'), { tone: 'danger' })
    client.setQueryData(sessionQuery.queryKey, reply.value)
    await client.invalidateQueries()
  }
  if (offices === '*' || offices.length < 2)
    return (
      <span className={css.place} title={office.code}>
        {office.name}
      </span>
    )
  return (
    <Menu position="bottom-end" {...drop.props}>
      <Menu.Target>
        <button ref={drop.button} type="button" className={css.barButton} aria-label={t('shell.officeNow', { office: office.name })}>
          <Icon name="office" />
          <span className={css.barText}>{office.name}</span>
          <Icon name="chevron-down" size={12} />
        </button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>{t('shell.office')}</Menu.Label>
        {offices.map((one) => (
          <Menu.Item
            key={one.code}
            leftSection={one.code === office.code ? <Icon name="check" /> : <span className={css.blank} />}
            rightSection={<span className="mono muted">{one.code}</span>}
            onClick={() => void choose(one.code)}
          >
            {one.name}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  )
}

const schemes = [
  ['light', 'sun'],
  ['dark', 'moon'],
  ['auto', 'system'],
] as const

/** `onChosen` keeps the choice where it belongs beyond this browser: with the account. */
export const LanguageItems = ({ onChosen }: { onChosen?: (language: Language) => void }) => {
  const { t, i18n } = useTranslation()
  const choose = (language: Language): void => {
    void setLanguage(language)
    onChosen?.(language)
  }
  return (
    <>
      <Menu.Label>{t('shell.language')}</Menu.Label>
      {languages.map((language) => (
        <Menu.Item
          key={language}
          lang={language}
          leftSection={language === i18n.language ? <Icon name="check" /> : <span className={css.blank} />}
          onClick={() => choose(language)}
        >
          {languageNames[language]}
        </Menu.Item>
      ))}
    </>
  )
}

export const SchemeItems = () => {
  const { t } = useTranslation()
  const { colorScheme, setColorScheme } = useMantineColorScheme()
  return (
    <>
      <Menu.Label>{t('shell.colours')}</Menu.Label>
      {schemes.map(([scheme, icon]) => (
        <Menu.Item
          key={scheme}
          leftSection={<Icon name={icon} />}
          rightSection={scheme === colorScheme ? <Icon name="check" label={t('chosen')} /> : undefined}
          onClick={() => setColorScheme(scheme)}
        >
          {t(`scheme.${scheme}`)}
        </Menu.Item>
      ))}
    </>
  )
}

const initialsOf = (name: string): string => {
  const parts = name.split(/\s+/)
  return [parts[0], parts.length > 1 ? parts.at(-1) : undefined].map((part) => [...(part ?? '')][0] ?? '').join('')
}

export const PersonMenu = () => {
  const { t, i18n } = useTranslation()
  const session = useSession()
  const signOut = useSignOut()
  const drop = useDrop()
  const { person, roles, organisation, steppedUpUntil } = session
  const proven = steppedUpUntil !== null && Date.parse(steppedUpUntil) > Date.now()
  return (
    <Menu position="bottom-end" width="16rem" {...drop.props}>
      <Menu.Target>
        <button ref={drop.button} type="button" className={css.barButton} aria-label={t('shell.personMenu', { name: person.name })}>
          <span className={css.initials} data-initials={initialsOf(person.name)} aria-hidden="true" />
          <span className={css.barText}>{person.name}</span>
          <Icon name="chevron-down" size={12} />
        </button>
      </Menu.Target>
      <Menu.Dropdown>
        <div className={css.person}>
          <strong>{person.name}</strong>
          <span className="muted">{roles.map((role) => t(`role.${role}`)).join(', ')}</span>
          {organisation && <span className="muted">{organisation.name}</span>}
        </div>
        <Menu.Divider />
        <Menu.Item leftSection={<Icon name={proven ? 'shield' : 'lock'} />} onClick={() => void prompts.stepUp()}>
          {proven ? t('shell.provenUntil', { time: formatRelative(steppedUpUntil, Date.now(), i18n.language) }) : t('shell.prove')}
        </Menu.Item>
        <Menu.Divider />
        <LanguageItems onChosen={(language) => void send('PUT', '/api/account/preferences', { language })} />
        <Menu.Divider />
        <SchemeItems />
        <Menu.Divider />
        <Menu.Item leftSection={<Icon name="link" />} component={Link} to="/developer">
          {t('shell.developer')}
        </Menu.Item>
        <Menu.Item leftSection={<Icon name="sign-out" />} onClick={() => void signOut()}>
          {t('shell.signOut')}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  )
}
