/**
 * A form over one document. Fields name their place with a JSON pointer, which is also where issues point, so that every issue, of the
 * browser or of the server, finds its field by itself.
 *
 *   const form = useForm<Declaration>({ initial, validate })       // validate: (document) => Issue[], pure
 *   <Form form={form} onSubmit={(document) => lodge.run(document)} actions={<Button kind="primary" type="submit">…</Button>}>
 *     <TextField path="/lrn" label={t('lrn')} />
 *   </Form>
 *
 * A field shows its issues once one has left it; after a submit all show, with a list on top that jumps. Issues of a refused submit stay
 * at their fields until these change.
 */
import { createContext, useCallback, useContext, useEffect, useId, useMemo, useRef, useState, type ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { Issue } from '#kernel/issue.ts'
import type { Reply } from '../app/api.ts'
import { IssueList } from './IssueList.tsx'
import { isWithin, valueAt, withValueAt, type Pointer } from './pointer.ts'
import css from './form.module.css'

export type FormApi<T> = {
  value: T
  set: (path: Pointer, value: unknown) => void
  /** replaces the whole document, as after reading it again; what was touched is forgotten */
  reset: (value: T) => void
  dirty: boolean
  /** all issues there are, shown or not */
  issues: readonly Issue[]
  /** those that are to be shown now */
  shown: readonly Issue[]
  touch: (path: Pointer) => void
  /** shows everything; answers whether there is no error of our own */
  reveal: () => boolean
  /** issues from the server, each at its field until that changes */
  setServerIssues: (issues: readonly Issue[]) => void
  revealed: boolean
}

export type FormOptions<T> = { initial: T; validate?: (value: T) => readonly Issue[]; onChange?: (value: T) => void }

const none: readonly Issue[] = []

export const useForm = <T extends object>({ initial, validate, onChange }: FormOptions<T>): FormApi<T> => {
  const [value, setValue] = useState(initial)
  const [dirty, setDirty] = useState(false)
  const [touched, setTouched] = useState<ReadonlySet<Pointer>>(new Set())
  const [revealed, setRevealed] = useState(false)
  const [server, setServer] = useState<readonly Issue[]>(none)
  const latest = useRef({ value, onChange })
  latest.current = { value, onChange }
  const own = useMemo(() => validate?.(value) ?? none, [validate, value])
  const set = useCallback((path: Pointer, next: unknown): void => {
    const changed = withValueAt(latest.current.value, path, next)
    latest.current.value = changed
    setValue(changed)
    setDirty(true)
    setServer((issues) =>
      issues.length === 0 ? issues : issues.filter((issue) => issue.path === '' || !(isWithin(issue.path, path) || isWithin(path, issue.path))),
    )
    latest.current.onChange?.(changed)
  }, [])
  const reset = useCallback((next: T): void => {
    latest.current.value = next
    setValue(next)
    setDirty(false)
    setTouched(new Set())
    setRevealed(false)
    setServer(none)
  }, [])
  const touch = useCallback((path: Pointer) => setTouched((all) => (all.has(path) ? all : new Set(all).add(path))), [])
  const issues = useMemo(() => [...own, ...server], [own, server])
  const shown = revealed ? issues : issues.filter((issue) => server.includes(issue) || [...touched].some((path) => isWithin(issue.path, path)))
  const reveal = useCallback((): boolean => {
    setRevealed(true)
    return !(validate?.(latest.current.value) ?? none).some((issue) => issue.severity === 'error')
  }, [validate])
  return { value, set, reset, dirty, issues, shown, touch, reveal, setServerIssues: setServer, revealed }
}

type FormContextValue = {
  form: FormApi<object>
  idOf: (path: Pointer) => string
  name: (path: Pointer, label: string) => () => void
  /** leads to the field of an issue, wherever in the form it is */
  jump: (path: Pointer) => void
}
const FormContext = createContext<FormContextValue | null>(null)
export const useFormContext = (): FormContextValue | null => useContext(FormContext)

/** A short note of the labels that fields have told, for the list on top. */
const useLabels = (): { name: FormContextValue['name']; labelOf: (path: Pointer) => string | undefined } => {
  const labels = useRef(new Map<Pointer, string>())
  const name = useCallback((path: Pointer, label: string) => {
    labels.current.set(path, label)
    return () => void labels.current.delete(path)
  }, [])
  const labelOf = useCallback((path: Pointer): string | undefined => {
    for (let at = path; at !== ''; at = at.slice(0, at.lastIndexOf('/'))) {
      const label = labels.current.get(at)
      if (label) return label
    }
    return undefined
  }, [])
  return { name, labelOf }
}

export type FormProps<T extends object> = {
  form: FormApi<T>
  /** called when there is no error of our own; issues of its refusal go to the fields */
  onSubmit?: (value: T) => Promise<Reply<unknown> | undefined | void> | void
  actions?: ReactNode
  /** shows the part of the form (step, line) that holds the field of an issue; done once it is drawn */
  onJump?: (path: Pointer) => Promise<void>
  children: ReactNode
}

/** Leads to the field of an issue: its own, or the nearest that holds it. */
const useJump = (idOf: (path: Pointer) => string, touch: (path: Pointer) => void, onJump: FormProps<object>['onJump']): ((path: Pointer) => void) => {
  const fieldAt = (path: Pointer): HTMLElement | null => {
    for (let at = path; at !== ''; at = at.slice(0, at.lastIndexOf('/'))) {
      const found = document.getElementById(idOf(at))
      if (found) return found
    }
    return null
  }
  const jump = async (path: Pointer): Promise<void> => {
    // Never by a timer: somebody may have gone on typing elsewhere, and must not be pulled away.
    await onJump?.(path)
    const field = fieldAt(path)
    field?.closest('details')?.setAttribute('open', '')
    touch(path)
    field?.focus()
    field?.scrollIntoView({ block: 'center' })
  }
  return (path) => void jump(path)
}

type ErrorsProps = {
  id: string
  errors: readonly Issue[]
  attempts: number
  labelOf: (path: Pointer) => string | undefined
  onJump: (path: Pointer) => void
}

/** The list on top, which takes the focus at each attempt. */
const ErrorSummary = ({ id, errors, attempts, labelOf, onJump }: ErrorsProps) => {
  const { t } = useTranslation()
  const box = useRef<HTMLDivElement>(null)
  useEffect(() => box.current?.focus(), [attempts])
  return (
    <div ref={box} className={css.summary} tabIndex={-1} role="alert" aria-labelledby={`${id}-summary`}>
      <h2 id={`${id}-summary`}>{t('form.problems', { count: errors.length })}</h2>
      <IssueList issues={errors} labelOf={labelOf} onJump={onJump} />
    </div>
  )
}

export const Form = <T extends object>({ form, onSubmit, actions, onJump, children }: FormProps<T>) => {
  const id = useId()
  const [attempts, setAttempts] = useState(0)
  const { name, labelOf } = useLabels()
  const idOf = useCallback((path: Pointer) => `${id}${path.replaceAll('/', '-')}`, [id])
  const jump = useJump(idOf, form.touch, onJump)
  const latestJump = useRef(jump)
  latestJump.current = jump
  const context = useMemo(
    () => ({ form: form as unknown as FormApi<object>, idOf, name, jump: (path: Pointer) => latestJump.current(path) }),
    [form, idOf, name],
  )
  const errors = form.shown.filter((issue) => issue.severity === 'error')
  const submit = async (): Promise<void> => {
    if (!form.reveal()) return setAttempts((n) => n + 1)
    const reply = await onSubmit?.(form.value)
    if (!reply || reply.ok) return
    form.setServerIssues(reply.problem.issues)
    setAttempts((n) => n + 1)
  }
  return (
    <FormContext value={context}>
      <form
        className={css.form}
        noValidate
        onSubmit={(event) => {
          event.preventDefault()
          void submit()
        }}
      >
        {attempts > 0 && errors.length > 0 && <ErrorSummary id={id} errors={errors} attempts={attempts} labelOf={labelOf} onJump={jump} />}
        {children}
        {actions && <div className={css.actions}>{actions}</div>}
      </form>
    </FormContext>
  )
}

let isPressed = false
if (typeof window !== 'undefined') {
  window.addEventListener('pointerdown', () => (isPressed = true), true)
  for (const end of ['pointerup', 'pointercancel']) window.addEventListener(end, () => (isPressed = false), true)
}

/**
 * Leaving a field by pressing a button: what that changes on the page waits until the press is over, else the message that appears would
 * move the button from under the pointer and the press would miss it.
 */
export const afterPress = (act: () => void): void => {
  if (!isPressed) return act()
  const later = (): void => void setTimeout(act, 0)
  window.addEventListener('pointerup', later, { once: true })
}

export type FieldBinding<V> = { path?: Pointer; value?: V; onChange?: (value: V | undefined) => void; issues?: readonly Issue[] }
export type BoundField<V> = { id: string; value: V | undefined; change: (value: V | undefined) => void; leave: () => void; issues: readonly Issue[] }

/** A field of the form around it (by `path`), or one that its owner controls (`value`, `onChange`, `issues`). */
export const useField = <V,>({ path, value, onChange, issues }: FieldBinding<V>, label: string): BoundField<V> => {
  const own = useId()
  const around = useContext(FormContext)
  const name = around?.name
  useEffect(() => (name && path !== undefined ? name(path, label) : undefined), [name, path, label])
  if (!around || path === undefined) return { id: own, value, change: (next) => onChange?.(next), leave: () => undefined, issues: issues ?? none }
  const { form, idOf } = around
  return {
    id: idOf(path),
    value: (onChange ? value : valueAt(form.value, path)) as V | undefined,
    change: (next) => (onChange ? onChange(next) : form.set(path, next)),
    leave: () => afterPress(() => form.touch(path)),
    issues: issues ?? form.shown.filter((issue) => isWithin(issue.path, path)),
  }
}
