/**
 * A code with its name: search by either, never learn a list by heart.
 * `<CodeField path="/items/0/origin" label={t('origin')} source={countries} />` with `source` an array of `{ code, name }`, or a function
 * `(text, signal) => Promise<CodeOption[]>` for long lists. The code is the value; its name stands beneath. What is typed and is no code
 * stays as it is, for the rules to judge. `nameOf` tells the name of a value that no search has shown yet.
 */
import { Combobox, useCombobox } from '@mantine/core'
import { useEffect, useMemo, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { matching, plain, type CodeOption } from './code-search.ts'
import { describedBy, FieldFrame, isInvalid, type FieldProps } from './Field.tsx'
import { useField } from './form.tsx'
import css from './form.module.css'

export { matching, type CodeOption } from './code-search.ts'
export type CodeSource = readonly CodeOption[] | ((text: string, signal: AbortSignal) => Promise<readonly CodeOption[]>)
export type CodeFieldProps = FieldProps<string> & {
  source: CodeSource
  nameOf?: (code: string) => string | undefined
  placeholder?: string
  maxLength?: number
  /** one of the list was chosen, which typing is not */ onTake?: (code: string) => void
}

const waitMs = 150

/** What to offer for a text; `searching` while a server is asked. */
const useOptions = (source: CodeSource, text: string, open: boolean): { options: readonly CodeOption[]; searching: boolean } => {
  const isList = typeof source !== 'function'
  const local = useMemo(() => (isList && open ? matching(source, text) : []), [isList, source, text, open])
  const [remote, setRemote] = useState<{ options: readonly CodeOption[]; searching: boolean }>({ options: [], searching: false })
  const search = useRef(source)
  search.current = source
  useEffect(() => {
    if (isList || !open) return undefined
    const control = new AbortController()
    setRemote((now) => ({ ...now, searching: true }))
    const timer = setTimeout(() => {
      const ask = search.current
      if (typeof ask !== 'function') return
      ask(text, control.signal).then(
        (options) => !control.signal.aborted && setRemote({ options, searching: false }),
        () => !control.signal.aborted && setRemote({ options: [], searching: false }),
      )
    }, waitMs)
    return () => {
      clearTimeout(timer)
      control.abort()
    }
  }, [isList, open, text])
  return isList ? { options: local, searching: false } : remote
}

type Code = { value: string | undefined; change: (value: string | undefined) => void; leave: () => void }

/** What is typed, what is offered for it, and what it comes to. */
const useCode = ({ value, change, leave }: Code, source: CodeSource, nameOf: CodeFieldProps['nameOf']) => {
  const [typed, setTyped] = useState<string | null>(null)
  const known = useRef(new Map<string, string>())
  const combobox = useCombobox({ onDropdownClose: () => combobox.resetSelectedOption() })
  const { options, searching } = useOptions(source, typed ?? '', combobox.dropdownOpened)
  for (const option of options) known.current.set(option.code, option.name)
  const listed = typeof source === 'function' ? undefined : source.find((option) => option.code === value)?.name
  const name = value ? (nameOf?.(value) ?? listed ?? known.current.get(value)) : undefined
  const { selectFirstOption } = combobox
  useEffect(() => {
    // Enter then takes the best of what is offered, rather than sending the form with half a word.
    if (typed && options.length > 0) selectFirstOption()
  }, [typed, options, selectFirstOption])
  const finish = (): void => {
    setTyped(null)
    combobox.closeDropdown()
  }
  return {
    combobox,
    options,
    searching,
    name,
    text: typed ?? value ?? '',
    type: (text: string): void => {
      setTyped(text)
      change(text.toUpperCase().trim() || undefined)
      combobox.openDropdown()
    },
    take: (code: string): void => {
      change(code || undefined)
      finish()
    },
    close: (): void => {
      // A whole name, or the only one that fits, counts as its code; anything else was already taken as it was typed.
      const wanted = plain(typed?.trim() ?? '')
      const isCode = options.some((option) => plain(option.code) === wanted)
      const found =
        isCode || wanted === ''
          ? undefined
          : (options.find((option) => plain(option.name) === wanted) ?? (options.length === 1 ? options[0] : undefined))
      if (found) change(found.code)
      finish()
      leave()
    },
  }
}

const Options = ({
  label,
  options,
  searching,
  value,
}: {
  label: string
  options: readonly CodeOption[]
  searching: boolean
  value: string | undefined
}) => {
  const { t } = useTranslation()
  return (
    <Combobox.Options className={css.options} aria-label={label}>
      {options.map((option) => (
        <Combobox.Option key={option.code} value={option.code} active={option.code === value} className={css.option}>
          <span className="mono">{option.code}</span>
          <span>
            {option.name}
            {option.hint && <span className={css.hint}>{option.hint}</span>}
          </span>
        </Combobox.Option>
      ))}
      {options.length === 0 && <Combobox.Empty>{searching ? t('loading') : t('code.nothing')}</Combobox.Empty>}
    </Combobox.Options>
  )
}

export const CodeField = (props: CodeFieldProps) => {
  const { label, hint, source, nameOf, onTake, placeholder, maxLength, readOnly, disabled } = props
  const { t } = useTranslation()
  const field = useField(props, label)
  const { id, value, issues } = field
  const code = useCode(field, source, nameOf)
  const take = (taken: string): void => {
    code.take(taken)
    onTake?.(taken)
  }
  return (
    <FieldFrame {...props} id={id} issues={issues}>
      <Combobox store={code.combobox} onOptionSubmit={take} width="max-content" position="bottom-start">
        <Combobox.Target withExpandedAttribute>
          <input
            id={id}
            className={css.input}
            data-mono
            aria-describedby={describedBy(id, hint, issues)}
            aria-invalid={isInvalid(issues) || undefined}
            autoComplete="off"
            spellCheck={false}
            value={code.text}
            placeholder={placeholder ?? t('code.search')}
            maxLength={maxLength}
            readOnly={readOnly}
            disabled={disabled}
            onChange={(event) => code.type(event.target.value)}
            onClick={() => !readOnly && code.combobox.openDropdown()}
            onBlur={code.close}
          />
        </Combobox.Target>
        <Combobox.Dropdown hidden={readOnly}>
          <Options label={label} options={code.options} searching={code.searching} value={value} />
        </Combobox.Dropdown>
      </Combobox>
      {code.name && <span className={css.codeName}>{code.name}</span>}
    </FieldFrame>
  )
}
