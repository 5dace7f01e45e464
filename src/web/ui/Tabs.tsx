/**
 * `<Tabs param="view" tabs={[{ id: 'items', label: 'Items', count: 12, content: <Items /> }]} />`: which one is open stands in the address
 * under `param` (the first is open by default and leaves no trace there). Arrow keys move between them.
 */
import { Tabs as Base } from '@mantine/core'
import type { ReactNode } from 'react'
import { useSearchParams } from 'react-router'
import { Count } from './Badge.tsx'
import css from './Tabs.module.css'

export type Tab = { id: string; label: string; count?: number; content: ReactNode }
export type TabsProps = { tabs: readonly Tab[]; param?: string; label: string }

export const Tabs = ({ tabs, param = 'tab', label }: TabsProps) => {
  const [search, setSearch] = useSearchParams()
  const first = tabs[0]?.id ?? ''
  const wanted = search.get(param) ?? first
  const open = tabs.some((tab) => tab.id === wanted) ? wanted : first
  const change = (id: string | null): void =>
    setSearch(
      (now) => {
        if (!id || id === first) now.delete(param)
        else now.set(param, id)
        return now
      },
      { replace: true, preventScrollReset: true },
    )
  return (
    <Base value={open} onChange={change} keepMounted={false} classNames={{ list: css.list, tab: css.tab, panel: css.panel }}>
      <Base.List aria-label={label}>
        {tabs.map((tab) => (
          <Base.Tab key={tab.id} value={tab.id} rightSection={tab.count === undefined ? undefined : <Count value={tab.count} />}>
            {tab.label}
          </Base.Tab>
        ))}
      </Base.List>
      {tabs.map((tab) => (
        <Base.Panel key={tab.id} value={tab.id}>
          {tab.content}
        </Base.Panel>
      ))}
    </Base>
  )
}
