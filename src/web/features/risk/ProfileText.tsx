/**
 * The text of a profile, written or read: line numbers, what is wrong underlined at its place, suggestions while typing. What is wrong is
 * also a list in words beneath, each entry of which leads to its place: an underline alone tells nothing to who cannot see it.
 */
import { useId, useRef, useState, type KeyboardEvent, type RefObject } from 'react'
import { useTranslation } from 'react-i18next'
import type { CheckAnswer, Vocabulary } from '#schema/risk'
import { useIssueText } from '../../i18n/issue-text.ts'
import { complete, completionAt, marksOf, type Completion } from './completion.ts'
import css from './risk.module.css'

const nothing: Completion = { from: 0, suggestions: [] }

/** The same letters beneath the field, of which only the underlines show. */
const Underlines = ({ text, places }: { text: string; places: readonly (number | null)[] }) => {
  const marks = marksOf(text, places)
  let at = 0
  const parts = marks.flatMap(({ from, to }) => {
    const before = text.slice(at, from)
    at = to
    return [
      before,
      <mark key={from}>
        <span>{text.slice(from, to) || ' '}</span>
      </mark>,
    ]
  })
  return (
    <pre className={css.under} aria-hidden="true">
      {parts}
      {text.slice(at)}
      {'\n'}
    </pre>
  )
}

export const Numbered = ({ text }: { text: string }) => (
  <pre className={css.numbered} tabIndex={0}>
    {text.split('\n').map((line, i) => (
      <code key={i}>{line || ' '}</code>
    ))}
  </pre>
)

type SuggestionsProps = { id: string; completion: Completion; chosen: number; onTake: (index: number) => void }

const Suggestions = ({ id, completion, chosen, onTake }: SuggestionsProps) => {
  const { t } = useTranslation('risk')
  return (
    <div id={id} className={css.suggestions} role="listbox" aria-label={t('suggestions')}>
      {completion.suggestions.map((s, i) => (
        <div
          key={s.insert}
          id={`${id}-${i}`}
          role="option"
          tabIndex={-1}
          aria-selected={i === chosen}
          // The field keeps the focus: whoever clicks goes on typing.
          onMouseDown={(event) => {
            event.preventDefault()
            onTake(i)
          }}
        >
          <code>{s.label}</code> <span className="muted">{s.kind}</span>
          <span className={css.about}>{s.about}</span>
        </div>
      ))}
    </div>
  )
}

const useCompletion = (vocabulary: Vocabulary | undefined, onChange: (text: string) => void, field: RefObject<HTMLTextAreaElement | null>) => {
  const [completion, setCompletion] = useState(nothing)
  const [chosen, setChosen] = useState(0)
  const look = (text: string, caret: number, asked = false): void => {
    setCompletion(vocabulary ? completionAt(vocabulary, text, caret, asked) : nothing)
    setChosen(0)
  }
  const close = (): void => setCompletion(nothing)
  const take = (index: number): void => {
    const area = field.current
    const suggestion = completion.suggestions[index]
    if (!area || !suggestion) return
    const done = complete(area.value, area.selectionStart, completion.from, suggestion)
    // Typed by the browser itself, so that its undo knows of it.
    area.setSelectionRange(completion.from, area.selectionStart)
    if (!document.execCommand('insertText', false, suggestion.insert)) onChange(done.text)
    close()
  }
  const onKeyDown = (event: KeyboardEvent<HTMLTextAreaElement>): void => {
    const { suggestions } = completion
    if (event.key === ' ' && event.ctrlKey) {
      event.preventDefault()
      look(event.currentTarget.value, event.currentTarget.selectionStart, true)
    }
    if (suggestions.length === 0) return
    const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0
    if (step !== 0) setChosen((chosen + step + suggestions.length) % suggestions.length)
    else if (event.key === 'Enter' || event.key === 'Tab') take(chosen)
    else if (event.key === 'Escape') close()
    else return
    event.preventDefault()
    event.stopPropagation()
  }
  return { completion, chosen, look, close, take, onKeyDown }
}

const Faults = ({ check, onJump }: { check: CheckAnswer; onJump: (at: number) => void }) => {
  const { t } = useTranslation('risk')
  const say = useIssueText()
  if (check.issues.length === 0) return <p className={css.sound}>{t('sound')}</p>
  return (
    <>
      <p>{t('faults', { count: check.issues.length })}</p>
      <ul className={css.faults}>
        {check.issues.map((issue, i) => {
          const { text, fix } = say({ ...issue, params: issue.params ?? {} })
          return (
            <li key={`${issue.code}${i}`} data-severity={issue.severity}>
              {issue.at === null ? (
                text
              ) : (
                <button type="button" onClick={() => onJump(issue.at!)}>
                  {text}
                </button>
              )}{' '}
              {fix} <code>{issue.code}</code>
            </li>
          )
        })}
      </ul>
    </>
  )
}

export type ProfileTextProps = {
  value: string
  onChange: (text: string) => void
  check: CheckAnswer | undefined
  vocabulary: Vocabulary | undefined
  checking: boolean
}

export const ProfileText = ({ value, onChange, check, vocabulary, checking }: ProfileTextProps) => {
  const { t } = useTranslation('risk')
  const id = useId()
  const field = useRef<HTMLTextAreaElement>(null)
  const { completion, chosen, look, close, take, onKeyDown } = useCompletion(vocabulary, onChange, field)
  const isOpen = completion.suggestions.length > 0
  const jump = (at: number): void => {
    field.current?.focus()
    field.current?.setSelectionRange(at, at)
  }
  return (
    <div className={css.editor}>
      <label htmlFor={id}>{t('text')}</label>
      <div className={css.sheet}>
        <Underlines text={value} places={check?.issues.map((i) => i.at) ?? []} />
        <textarea
          ref={field}
          id={id}
          className={css.area}
          rows={Math.max(8, value.split('\n').length + 1)}
          value={value}
          spellCheck={false}
          autoCapitalize="off"
          maxLength={20_000}
          aria-describedby={`${id}-hint ${id}-faults`}
          aria-invalid={check ? !check.valid : undefined}
          aria-autocomplete="list"
          aria-controls={isOpen ? `${id}-list` : undefined}
          aria-activedescendant={isOpen ? `${id}-list-${chosen}` : undefined}
          onChange={(event) => {
            onChange(event.target.value)
            look(event.target.value, event.target.selectionStart)
          }}
          onKeyDown={onKeyDown}
          onBlur={close}
        />
      </div>
      {isOpen && <Suggestions id={`${id}-list`} completion={completion} chosen={chosen} onTake={take} />}
      <p id={`${id}-hint`} className="muted">
        {t('textHint')}
      </p>
      <div id={`${id}-faults`} role="status" aria-busy={checking}>
        {check ? <Faults check={check} onJump={jump} /> : checking && <p className="muted">{t('checking')}</p>}
      </div>
    </div>
  )
}
