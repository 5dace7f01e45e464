/**
 * The form around a declaration: steps at the side, fields in the middle, and beside them what is still needed and what it will cost, asked of
 * the server a moment after each change. Filing and amending share it; `last` is what its last step shows, `actions` what ends it.
 */
import { useMemo, useState, type ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { useNavigate, useSearchParams } from 'react-router'
import type { Issue } from '#kernel/issue.ts'
import type { DeclarationDocument } from '#schema/clearance'
import type { Reply } from '../../../app/api.ts'
import { Count } from '../../../ui/Badge.tsx'
import { Button } from '../../../ui/Button.tsx'
import { Form, useFormContext, type FormApi } from '../../../ui/form.tsx'
import { Icon } from '../../../ui/Icon.tsx'
import { Section } from '../../../ui/Layout.tsx'
import { Money } from '../../../ui/Values.tsx'
import { segmentsOf } from '../../../ui/pointer.ts'
import { useIssueText } from '../../../i18n/issue-text.ts'
import { useElementLabel } from '../../declaration/elements.ts'
import { useCodeName } from '../../declaration/codes.ts'
import { stepOf, steps, type Step } from './document.ts'
import { GoodsStep } from './GoodsStep.tsx'
import type { Checked } from './server.ts'
import { DocumentsStep } from './Papers.tsx'
import { DeclarationStep, DutyStep, PartiesStep, TransportStep } from './Steps.tsx'
import css from './filing.module.css'

export type FilingFormProps = {
  form: FormApi<DeclarationDocument>
  checked: Checked
  amending: boolean
  last: ReactNode
  /** the button that ends it, in the last step */
  finish: ReactNode
  onSubmit: (document: DeclarationDocument) => Promise<Reply<unknown> | undefined | void>
}

const isStep = (text: string | null): text is Step => steps.some((step) => step === text)

/** Step and open line stand in the address, so that a reload comes back to them. */
const usePlace = () => {
  const [search] = useSearchParams()
  const navigate = useNavigate()
  const asked = search.get('step')
  const step: Step = isStep(asked) ? asked : 'declaration'
  const lineText = search.get('line')
  const line = lineText === null ? null : Number(lineText) - 1
  /** done once the step is drawn */
  const go = async (to: Step, at?: number | null): Promise<void> => {
    const next = new URLSearchParams(search)
    next.set('step', to)
    next.delete('paste')
    if (at === undefined || at === null) next.delete('line')
    else next.set('line', String(at + 1))
    await navigate({ search: next.toString() }, { replace: true, preventScrollReset: true, flushSync: true })
  }
  return { step, line, go, pasteFirst: search.get('paste') === '1' }
}
type Place = ReturnType<typeof usePlace>

const Rail = ({ place, issues, amending, answered }: { place: Place; issues: readonly Issue[]; amending: boolean; answered: boolean }) => {
  const { t } = useTranslation('filing')
  const errors = useMemo(() => {
    const all = new Map<Step, number>()
    for (const issue of issues) if (issue.severity === 'error') all.set(stepOf(issue.path), (all.get(stepOf(issue.path)) ?? 0) + 1)
    return all
  }, [issues])
  return (
    <nav className={css.rail} aria-label={t('steps')}>
      <ol>
        {steps.map((step, at) => {
          const open = step === 'lodge' ? 0 : (errors.get(step) ?? 0)
          return (
            <li key={step}>
              <button
                type="button"
                className={css.railStep}
                aria-current={place.step === step ? 'step' : undefined}
                onClick={() => void place.go(step)}
              >
                <span className={css.railNumber}>{at + 1}</span>
                <span>{t(`step.${step === 'lodge' && amending ? 'amend' : step}`)}</span>
                {open > 0 && (
                  <>
                    <Count value={open} />
                    <span className="visually-hidden">{t('open', { count: open })}</span>
                  </>
                )}
                {answered && open === 0 && step !== 'lodge' && <Icon name="check" size={13} label={t('complete')} />}
              </button>
            </li>
          )
        })}
      </ol>
    </nav>
  )
}

const shownIssues = 10

/** One line a point: what to do stands at the field. */
const Points = ({ issues, onJump }: { issues: readonly Issue[]; onJump: (path: string) => void }) => {
  const label = useElementLabel()
  const say = useIssueText()
  return (
    <ul className={css.points}>
      {issues.map((issue, at) => (
        <li key={`${issue.code}${issue.path}${at}`}>
          <button type="button" className={css.point} onClick={() => onJump(issue.path)}>
            {issue.path && <strong>{label(issue.path)}</strong>} <span>{say(issue).text}</span>
          </button>
          <code className={css.pointCode}>{issue.code}</code>
        </li>
      ))}
    </ul>
  )
}

const Needed = ({ checked, issues }: { checked: Checked; issues: readonly Issue[] }) => {
  const { t } = useTranslation('filing')
  const form = useFormContext()
  const jump = (path: string): void => form?.jump(path)
  const [all, setAll] = useState(false)
  const errors = issues.filter((issue) => issue.severity === 'error')
  const rest = issues.filter((issue) => issue.severity !== 'error')
  const more = errors.length - shownIssues
  return (
    <>
      <Section
        title={t('check.title')}
        count={checked.answered ? errors.length : undefined}
        actions={
          <span className="muted" role="status">
            {checked.state === 'checking' ? t('check.checking') : checked.state === 'failed' ? t('check.failed') : ''}
          </span>
        }
      >
        {errors.length === 0 && checked.state === 'idle' && (
          <p>
            <strong>{t('check.none')}</strong> <span className="muted">{t('check.noneText')}</span>
          </p>
        )}
        {errors.length > 0 && <Points issues={all ? errors : errors.slice(0, shownIssues)} onJump={jump} />}
        {more > 0 && (
          <Button size="sm" kind="quiet" onClick={() => setAll(!all)}>
            {all ? t('check.less') : t('check.more', { count: more })}
          </Button>
        )}
      </Section>
      {rest.length > 0 && (
        <Section title={t('check.warnings')} count={rest.length} collapsible initiallyClosed>
          <Points issues={rest} onJump={jump} />
        </Section>
      )}
    </>
  )
}

const Estimate = ({ checked }: { checked: Checked }) => {
  const { t } = useTranslation('filing')
  const tax = useCodeName('tax-type')
  const totals = checked.assessment?.totals
  return (
    <Section title={t('estimate.title')}>
      {!totals && checked.answered && <p className="muted">{t('estimate.none')}</p>}
      {totals && (
        <dl>
          <div className={css.estimate}>
            <dt>{t('estimate.toPay')}</dt>
            <dd className={css.estimateBig}>
              <Money value={totals.payable} />
            </dd>
          </div>
          {totals.byType.map((one) => (
            <div key={one.type} className={css.estimate}>
              <dt className="muted">{tax(one.type) ?? one.type}</dt>
              <dd>
                <Money value={one.payable} />
              </dd>
            </div>
          ))}
          <div className={css.estimate}>
            <dt className="muted">{t('estimate.value')}</dt>
            <dd>
              <Money value={totals.customsValue} />
            </dd>
          </div>
        </dl>
      )}
    </Section>
  )
}

const Middle = ({ form, checked, amending, last, place }: Pick<FilingFormProps, 'form' | 'checked' | 'amending' | 'last'> & { place: Place }) => {
  const props = { document: form.value, amending }
  switch (place.step) {
    case 'declaration':
      return <DeclarationStep {...props} />
    case 'parties':
      return <PartiesStep {...props} />
    case 'transport':
      return <TransportStep {...props} />
    case 'goods':
      return <GoodsStep form={form} line={place.line} onLine={(at) => void place.go('goods', at)} pasteFirst={place.pasteFirst} />
    case 'documents':
      return <DocumentsStep {...props} />
    case 'duty':
      return <DutyStep {...props} assessment={checked.assessment} />
    case 'lodge':
      return last
  }
}

export const FilingForm = ({ form, checked, amending, last, finish, onSubmit }: FilingFormProps) => {
  const { t } = useTranslation('filing')
  const place = usePlace()
  const at = steps.indexOf(place.step)
  const previous = steps[at - 1]
  const next = steps[at + 1]
  const show = (path: string): Promise<void> => {
    const [head, line] = segmentsOf(path)
    return place.go(stepOf(path), head === 'items' && stepOf(path) === 'goods' ? Number(line) : null)
  }
  return (
    <Form form={form} onSubmit={onSubmit} onJump={show}>
      <div className={css.frame} data-wide={place.step === 'goods' || place.step === 'duty' || undefined}>
        <Rail place={place} issues={form.issues} amending={amending} answered={checked.answered} />
        <div className={css.main}>
          <Middle form={form} checked={checked} amending={amending} last={last} place={place} />
          <div className={css.foot}>
            <span>{previous && <Button onClick={() => void place.go(previous)}>{t('back')}</Button>}</span>
            {next ? (
              <Button kind="primary" onClick={() => void place.go(next)}>
                {t('next', { step: t(`step.${next === 'lodge' && amending ? 'amend' : next}`) })}
              </Button>
            ) : (
              finish
            )}
          </div>
        </div>
        <div className={css.aside}>
          <Needed checked={checked} issues={form.issues} />
          <Estimate checked={checked} />
        </div>
      </div>
    </Form>
  )
}
