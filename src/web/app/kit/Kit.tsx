/** `/kit`: every part of the kit in its states, alive. For those who build screens, and for the tests of accessibility. Demo only. */
import { Menu } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useEffect } from 'react'
import { useTranslation } from 'react-i18next'
import { Button } from '../../ui/Button.tsx'
import { Empty, Loading, Stack } from '../../ui/Layout.tsx'
import { usePageState } from '../../ui/page-store.ts'
import { useDrop } from '../../ui/use-drop.ts'
import { demoQuery } from '../session.ts'
import { LanguageItems, SchemeItems } from '../shell/menus.tsx'
import { Panel } from '../shell/Panel.tsx'
import { ChartParts } from './ChartParts.tsx'
import { FormParts } from './FormParts.tsx'
import { CaseParts } from './CaseParts.tsx'
import { SmallParts } from './SmallParts.tsx'
import { TableParts } from './TableParts.tsx'
import css from './kit.module.css'

export const Kit = () => {
  const { t } = useTranslation(['kit', 'common'])
  const { data: demo, isPending } = useQuery(demoQuery)
  const { panel, panelOpen } = usePageState()
  const drop = useDrop()
  useEffect(() => {
    document.title = `${t('title')} · Portcullis`
  }, [t])
  if (isPending) return <Loading />
  if (!demo?.length)
    return (
      <main>
        <Empty title={t('common:notFound.title')} text={t('onlyDemo')} />
      </main>
    )
  return (
    <div className={css.kit}>
      <main className={css.main}>
        <header className={css.head}>
          <h1>{t('title')}</h1>
          <p className="muted">{t('lead')}</p>
          <Menu position="bottom-end" {...drop.props}>
            <Menu.Target>
              <Button ref={drop.button} size="sm" icon="globe">
                {t('common:signIn.settings')}
              </Button>
            </Menu.Target>
            <Menu.Dropdown>
              <LanguageItems />
              <SchemeItems />
            </Menu.Dropdown>
          </Menu>
        </header>
        <Stack>
          <SmallParts />
          <TableParts />
          <ChartParts />
          <FormParts />
          <CaseParts />
        </Stack>
      </main>
      {panel !== null && panelOpen && <Panel title={panel} />}
    </div>
  )
}
