/** Search everything: `/` or Ctrl-K. MRN, LRN, container, plate, firm, HS code, officer. Enter opens the first when none is chosen, as soon as it is known. */
import { Combobox, useCombobox } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useDebouncedValue } from '@mantine/hooks'
import { useEffect, useEffectEvent, useRef, useState, type KeyboardEvent, type RefObject } from 'react'
import { useTranslation } from 'react-i18next'
import { useNavigate } from 'react-router'
import { Icon } from '../../ui/Icon.tsx'
import { useKeys } from '../../ui/keys.ts'
import { get } from '../api.ts'
import css from './search.module.css'

export type Hit = { kind: string; id: string; title: string; subtitle: string; href: string }

const fewest = 2

const useHits = (text: string) => {
  const [wanted] = useDebouncedValue(text.trim(), 150)
  const isEnough = wanted.length >= fewest
  const { data, isFetching, error } = useQuery({
    queryKey: ['search', wanted],
    queryFn: ({ signal }) => get<Hit[]>('/api/search', { q: wanted }, { signal }),
    enabled: isEnough,
    staleTime: 15_000,
    placeholderData: (before) => before,
  })
  return { hits: isEnough ? (data ?? []) : [], isWaiting: isFetching || wanted !== text.trim(), hasFailed: error !== null }
}

const Hits = ({ hits, isWaiting, hasFailed }: ReturnType<typeof useHits>) => {
  const { t } = useTranslation()
  const nothing = hasFailed ? t('search.failed') : isWaiting ? t('loading') : t('search.nothing')
  return (
    <Combobox.Options aria-label={t('search.label')} className={css.hits}>
      {hits.map((hit) => (
        <Combobox.Option key={hit.kind + hit.id} value={hit.href} className={css.hit}>
          <span className={css.hitTitle}>{hit.title}</span>
          <span className={css.hitKind}>{t(`search.kind.${hit.kind}` as 'search.kind.declaration', { defaultValue: hit.kind })}</span>
          <span className={css.hitSub}>{hit.subtitle}</span>
        </Combobox.Option>
      ))}
      {hits.length === 0 && <Combobox.Empty>{nothing}</Combobox.Empty>}
    </Combobox.Options>
  )
}

/** The keys that lead here from anywhere. */
const useSearchKeys = (input: RefObject<HTMLInputElement | null>): void => {
  const { t } = useTranslation()
  const focus = (): void => {
    input.current?.focus()
    input.current?.select()
  }
  const label = t('search.key')
  useKeys(
    [
      { keys: '/', label, run: focus },
      { keys: 'Ctrl+K', label, run: focus },
    ],
    { group: t('shell.everywhere') },
  )
}

export const Search = () => {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const input = useRef<HTMLInputElement>(null)
  const [text, setText] = useState('')
  // Enter pressed before the answer to what was typed is there: it counts once it is.
  const [isEager, setEager] = useState(false)
  const combobox = useCombobox({ onDropdownClose: () => combobox.resetSelectedOption() })
  const found = useHits(text)
  useSearchKeys(input)
  const open = (href: string): void => {
    setText('')
    setEager(false)
    combobox.closeDropdown()
    input.current?.blur()
    void navigate(href)
  }
  const type = (next: string): void => {
    setText(next)
    setEager(false)
    combobox.openDropdown()
    combobox.resetSelectedOption()
  }
  const answered = isEager && !found.isWaiting ? (found.hits[0]?.href ?? null) : undefined
  const take = useEffectEvent((href: string | null) => (href === null ? setEager(false) : open(href)))
  useEffect(() => {
    if (answered !== undefined) take(answered)
  }, [answered])
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key === 'Enter' && combobox.getSelectedOptionIndex() < 0 && text.trim().length >= fewest) setEager(true)
    if (event.key === 'Escape' && !combobox.dropdownOpened) input.current?.blur()
  }
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
            onChange={(event) => type(event.target.value)}
            onFocus={() => text && combobox.openDropdown()}
            onBlur={() => {
              setEager(false)
              combobox.closeDropdown()
            }}
            onKeyDown={onKeyDown}
          />
        </Combobox.Target>
        <span className={css.searchIcon}>
          <Icon name="search" size={14} />
        </span>
        <kbd className={css.searchKey} aria-hidden="true">
          /
        </kbd>
        <Combobox.Dropdown hidden={text.trim().length < fewest}>
          <Hits {...found} />
        </Combobox.Dropdown>
      </Combobox>
    </div>
  )
}
