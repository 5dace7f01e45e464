/** Search everything: `/` or Ctrl-K. MRN, LRN, container, plate, firm, HS code, officer. Enter opens the first when none is chosen. */
import { Combobox, useCombobox } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useDebouncedValue } from '@mantine/hooks'
import { useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useNavigate } from 'react-router'
import { Icon } from '../../ui/Icon.tsx'
import { useKeys } from '../../ui/keys.ts'
import { get } from '../api.ts'
import css from './shell.module.css'

export type Hit = { kind: string; id: string; title: string; subtitle: string; href: string }

const fewest = 2

export const Search = () => {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const input = useRef<HTMLInputElement>(null)
  const [text, setText] = useState('')
  const [wanted] = useDebouncedValue(text.trim(), 150)
  const combobox = useCombobox({ onDropdownClose: () => combobox.resetSelectedOption() })
  const { data, isFetching, error } = useQuery({
    queryKey: ['search', wanted],
    queryFn: ({ signal }) => get<Hit[]>('/api/search', { q: wanted }, { signal }),
    enabled: wanted.length >= fewest,
    staleTime: 15_000,
    placeholderData: (before) => before,
  })
  const hits = wanted.length >= fewest ? (data ?? []) : []
  const focus = (): void => {
    input.current?.focus()
    input.current?.select()
  }
  useKeys(
    [
      { keys: '/', label: t('search.key'), run: focus },
      { keys: 'Ctrl+K', label: t('search.key'), run: focus },
    ],
    { group: t('shell.everywhere') },
  )
  const open = (href: string): void => {
    setText('')
    combobox.closeDropdown()
    input.current?.blur()
    void navigate(href)
  }
  const isWaiting = isFetching || wanted !== text.trim()
  return (
    <div className={css.search} role="search">
      <Combobox store={combobox} onOptionSubmit={open} position="bottom-end" width="min(34rem, 92vw)">
        <Combobox.Target withExpandedAttribute>
          <input
            ref={input}
            className={css.searchInput}
            aria-label={t('search.label')}
            type="search"
            autoComplete="off"
            spellCheck={false}
            placeholder={t('search.placeholder')}
            value={text}
            onChange={(event) => {
              setText(event.target.value)
              combobox.openDropdown()
              combobox.resetSelectedOption()
            }}
            onFocus={() => text && combobox.openDropdown()}
            onBlur={() => combobox.closeDropdown()}
            onKeyDown={(event) => {
              if (event.key === 'Enter' && combobox.getSelectedOptionIndex() < 0 && hits[0] && !isWaiting) open(hits[0].href)
              if (event.key === 'Escape' && !combobox.dropdownOpened) input.current?.blur()
            }}
          />
        </Combobox.Target>
        <span className={css.searchIcon}>
          <Icon name="search" size={14} />
        </span>
        <kbd className={css.searchKey} aria-hidden="true">
          /
        </kbd>
        <Combobox.Dropdown hidden={text.trim().length < fewest}>
          <Combobox.Options aria-label={t('search.label')} className={css.hits}>
            {hits.map((hit) => (
              <Combobox.Option key={hit.kind + hit.id} value={hit.href} className={css.hit}>
                <span className={css.hitTitle}>{hit.title}</span>
                <span className={css.hitKind}>{t(`search.kind.${hit.kind}` as 'search.kind.declaration', { defaultValue: hit.kind })}</span>
                <span className={css.hitSub}>{hit.subtitle}</span>
              </Combobox.Option>
            ))}
            {hits.length === 0 && <Combobox.Empty>{error ? t('search.failed') : isWaiting ? t('loading') : t('search.nothing')}</Combobox.Empty>}
          </Combobox.Options>
        </Combobox.Dropdown>
      </Combobox>
    </div>
  )
}
