/**
 * The bar at the foot where a case is decided: always in the same place, the safe action first.
 *
 *   <DecisionBar actions={[
 *     { id: 'conform', label: t('conform'), kind: 'safe', consequences: t('…'), grounds: 'required', run: (grounds) => record.run({ … }) },
 *     { id: 'seize', label: t('seize'), kind: 'danger', consequences: t('The goods are seized; the declarant is told today.'), grounds: 'required', run },
 *   ]} status={<LaneBadge …/>} />
 *
 * An action with consequences or grounds opens the bar, says what will happen and to whom, and asks; one without is done at once. `run`
 * answers a Reply: issues of a refusal stand in the bar, what was typed stays. `choices` offers reasons of a list; `extra` any other fields.
 * Keys: `1` … `9` choose an action, and the letter of its `keys` where it has one; Enter confirms outside text; Escape closes.
 */
import { useEffect, useId, useRef, useState, type KeyboardEvent, type ReactNode, type RefObject } from 'react'
import { useTranslation } from 'react-i18next'
import type { Problem, Reply } from '../app/api.ts'
import { Button } from './Button.tsx'
import { TextArea } from './fields.tsx'
import { ProblemNote } from './IssueList.tsx'
import { useKeys } from './keys.ts'
import css from './DecisionBar.module.css'

export type Decision = {
  id: string
  label: string
  kind?: 'safe' | 'primary' | 'danger'
  /** what will happen and to whom, as a sentence */
  consequences?: ReactNode
  grounds?: 'required' | 'optional'
  groundsLabel?: string
  groundsHint?: string
  /** more fields; as a function it gets what confirms, for choices that decide at once */
  extra?: ReactNode | ((confirm: () => void) => ReactNode)
  /** `extra` confirms: there is no button for it */
  isChosenInside?: boolean
  /** a letter that chooses it, beside its figure */
  keys?: string
  /** words on the button that does it; the label by default */
  confirm?: string
  /** why it cannot be done now */
  blocked?: string
  run: (grounds: string) => Promise<Reply<unknown> | void>
}

export type DecisionBarProps = { actions: readonly Decision[]; status?: ReactNode; onDone?: (id: string) => void }

/** Tells the page how high its foot is, so that what takes the focus is never scrolled behind it (WCAG 2.2, 2.4.11). */
const useFoot = (bar: RefObject<HTMLElement | null>, isThere: boolean): void => {
  useEffect(() => {
    const { current } = bar
    if (!current) return undefined
    const { style } = document.documentElement
    const observer = new ResizeObserver(() => style.setProperty('--foot', `${current.offsetHeight}px`))
    observer.observe(current)
    return () => {
      observer.disconnect()
      style.removeProperty('--foot')
    }
  }, [bar, isThere])
}

/** The safe action first, what cannot be undone last. */
const inOrder = (actions: readonly Decision[]): Decision[] => {
  const rank = ({ kind }: Decision): number => (kind === 'safe' ? 0 : kind === 'danger' ? 2 : 1)
  return [...actions].sort((a, b) => rank(a) - rank(b))
}

/** Which decision is open, which is on its way, and why the last was refused. */
const useDecisions = (actions: readonly Decision[], onDone: DecisionBarProps['onDone']) => {
  const [openId, setOpenId] = useState<string | null>(null)
  const [pending, setPending] = useState<string | null>(null)
  const [problem, setProblem] = useState<Problem | null>(null)
  const close = (): void => {
    setOpenId(null)
    setProblem(null)
  }
  const perform = async (action: Decision, grounds: string): Promise<void> => {
    setPending(action.id)
    setProblem(null)
    const reply = await action.run(grounds)
    setPending(null)
    if (reply && !reply.ok) return setProblem(reply.problem)
    close()
    onDone?.(action.id)
  }
  const choose = (action: Decision): void => {
    if (action.blocked) return
    setProblem(null)
    if (action.consequences || action.grounds || action.extra) setOpenId(action.id)
    else void perform(action, '')
  }
  return { open: actions.find((action) => action.id === openId), pending, problem, close, perform, choose }
}

const ActionButton = ({ action, pending, onChoose }: { action: Decision; pending: boolean; onChoose: () => void }) => (
  <span className={css.action}>
    {action.blocked && <span className={css.blocked}>{action.blocked}</span>}
    <Button
      kind={action.kind === 'danger' || action.kind === 'primary' ? action.kind : 'secondary'}
      disabled={action.blocked !== undefined}
      pending={pending}
      onClick={onChoose}
    >
      {action.label}
    </Button>
  </span>
)

export const DecisionBar = ({ actions, status, onDone }: DecisionBarProps) => {
  const { t } = useTranslation()
  const { open, pending, problem, close, perform, choose } = useDecisions(actions, onDone)
  const sorted = inOrder(actions)
  useKeys(
    sorted.slice(0, 9).flatMap((action, at) => {
      const binding = { label: action.label, run: () => choose(action) }
      return [{ ...binding, keys: String(at + 1), hidden: action.keys !== undefined }, ...(action.keys ? [{ ...binding, keys: action.keys }] : [])]
    }),
    { group: t('decision.title'), enabled: !open },
  )
  const bar = useRef<HTMLElement>(null)
  useFoot(bar, actions.length > 0)
  if (actions.length === 0) return null
  return (
    <section ref={bar} className={css.bar} aria-label={t('decision.title')}>
      {open ? (
        <OpenDecision
          key={open.id}
          action={open}
          pending={pending !== null}
          problem={problem}
          onCancel={close}
          onConfirm={(grounds) => void perform(open, grounds)}
        />
      ) : (
        <>
          {problem && <ProblemNote problem={problem} />}
          <div className={css.line}>
            <div className={css.status}>{status}</div>
            {sorted.map((action) => (
              <ActionButton key={action.id} action={action} pending={pending === action.id} onChoose={() => choose(action)} />
            ))}
          </div>
        </>
      )}
    </section>
  )
}

type OpenProps = { action: Decision; pending: boolean; problem: Problem | null; onCancel: () => void; onConfirm: (grounds: string) => void }

const OpenDecision = ({ action, pending, problem, onCancel, onConfirm }: OpenProps) => {
  const { t } = useTranslation()
  const id = useId()
  const [grounds, setGrounds] = useState('')
  const [asked, setAsked] = useState(false)
  const box = useRef<HTMLDivElement>(null)
  useEffect(() => {
    const first = box.current?.querySelector<HTMLElement>('textarea, input, select') ?? box.current
    first?.focus()
  }, [])
  const isMissing = action.grounds === 'required' && grounds.trim() === ''
  const confirm = (): void => {
    setAsked(true)
    if (isMissing) box.current?.querySelector<HTMLElement>('textarea')?.focus()
    else onConfirm(grounds.trim())
  }
  const onKey = (event: KeyboardEvent<HTMLElement>): void => {
    if (event.key === 'Escape') onCancel()
    // Where nothing is typed and no button has the focus, Enter means the decision.
    if (event.key !== 'Enter' || event.target !== box.current || action.isChosenInside) return
    event.preventDefault()
    confirm()
  }
  return (
    <div ref={box} className={css.open} role="group" aria-labelledby={id} tabIndex={-1} onKeyDown={onKey}>
      <h2 id={id}>{action.label}</h2>
      {action.consequences && <p className={css.consequences}>{action.consequences}</p>}
      {typeof action.extra === 'function' ? action.extra(confirm) : action.extra}
      {action.grounds && (
        <TextArea
          label={action.groundsLabel ?? t('decision.grounds')}
          hint={action.groundsHint}
          optional={action.grounds === 'optional'}
          rows={2}
          maxLength={2000}
          value={grounds}
          onChange={(text) => setGrounds(text ?? '')}
          issues={asked && isMissing ? [{ code: 'form.required', severity: 'error', path: '' }] : []}
        />
      )}
      {problem && <ProblemNote problem={problem} />}
      <div className={css.line}>
        <Button onClick={onCancel}>{t('cancel')}</Button>
        {!action.isChosenInside && (
          <Button kind={action.kind === 'danger' ? 'danger' : 'primary'} pending={pending} onClick={confirm}>
            {action.confirm ?? action.label}
          </Button>
        )}
      </div>
    </div>
  )
}
