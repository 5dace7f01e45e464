// Named filters: those of the desk as links, one's own (kept in this browser) in a menu, where the present one can be saved.
import { Popover } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Button, IconButton } from '../Button.tsx'
import { TextField } from '../fields.tsx'
import { useDrop } from '../use-drop.ts'
import type { View } from './types.ts'
import { isView, type TableAddress } from './use-table-address.ts'
import css from './toolbar.module.css'

const nameOf = (id: string): string => `portcullis.views.${id}`

const readOwn = (id: string): readonly View[] => {
  try {
    return JSON.parse(localStorage.getItem(nameOf(id)) ?? '[]') as View[]
  } catch {
    return []
  }
}

export const Views = ({ id, views = [], address }: { id: string; views?: readonly View[] | undefined; address: TableAddress }) => {
  const { t } = useTranslation()
  const [own, setOwn] = useState(() => readOwn(id))
  const drop = useDrop()
  const [name, setName] = useState('')
  const keep = (all: readonly View[]): void => {
    localStorage.setItem(nameOf(id), JSON.stringify(all))
    setOwn(all)
  }
  const save = (): void => {
    if (name.trim() === '') return
    keep([...own.filter((view) => view.label !== name.trim()), { id: crypto.randomUUID(), label: name.trim(), query: address.asView }])
    setName('')
    drop.close()
  }
  return (
    <div className={css.views} role="group" aria-label={t('table.views')}>
      {[...views, ...own].map((view) => (
        <button key={view.id} type="button" className={css.view} aria-pressed={isView(view, address)} onClick={() => address.showView(view)}>
          {view.label}
        </button>
      ))}
      <Popover {...drop.props} position="bottom-start" trapFocus returnFocus>
        <Popover.Target>
          <IconButton ref={drop.button} size="sm" icon="star" label={t('table.ownViews')} onClick={drop.toggle} />
        </Popover.Target>
        <Popover.Dropdown className={css.drop}>
          <TextField label={t('table.viewName')} hint={t('table.viewHint')} value={name} onChange={(text) => setName(text ?? '')} maxLength={40} />
          <Button size="sm" kind="primary" disabled={name.trim() === ''} onClick={save}>
            {t('table.saveView')}
          </Button>
          {own.map((view) => (
            <div key={view.id} className={css.ownView}>
              <span>{view.label}</span>
              <IconButton
                size="sm"
                icon="trash"
                label={t('table.removeView', { name: view.label })}
                onClick={() => keep(own.filter((one) => one.id !== view.id))}
              />
            </div>
          ))}
        </Popover.Dropdown>
      </Popover>
    </div>
  )
}
