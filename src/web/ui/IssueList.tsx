/**
 * `<IssueList issues={problem.issues} labelOf={path => …} onJump={path => …} />`: what is wrong and what to do, errors first, the code small
 * beside it. With `onJump` each line leads to its field. `<ProblemNote problem={…} onRetry={…} />` is the same for a failed request.
 */
import { useTranslation } from 'react-i18next'
import type { Issue } from '#kernel/issue.ts'
import type { Problem } from '../app/api.ts'
import { useIssueText } from '../i18n/issue-text.ts'
import { Button } from './Button.tsx'
import { Icon } from './Icon.tsx'
import css from './IssueList.module.css'

const weight: Record<Issue['severity'], number> = { error: 0, warning: 1, info: 2 }
const icon = { error: 'warning', warning: 'warning', info: 'info' } as const

export type IssueListProps = { issues: readonly Issue[]; labelOf?: (path: string) => string | undefined; onJump?: (path: string) => void }

export const IssueList = ({ issues, labelOf, onJump }: IssueListProps) => {
  const { t } = useTranslation()
  const say = useIssueText()
  const sorted = [...issues].sort((a, b) => weight[a.severity] - weight[b.severity])
  return (
    <ul className={css.list}>
      {sorted.map((issue, at) => {
        const { text, fix } = say(issue)
        const label = labelOf?.(issue.path)
        return (
          <li key={`${issue.code}${issue.path}${at}`} className={css.issue} data-severity={issue.severity}>
            <Icon name={icon[issue.severity]} size={14} label={t(`severity.${issue.severity}`)} />
            <span>
              {onJump && issue.path ? (
                <button type="button" className={css.jump} onClick={() => onJump(issue.path)}>
                  {label ? `${label}: ${text}` : text}
                </button>
              ) : (
                text
              )}{' '}
              {fix && <span className={css.fix}>{fix}</span>} <code className={css.code}>{issue.code}</code>
            </span>
          </li>
        )
      })}
    </ul>
  )
}

export type ProblemNoteProps = { problem: Problem; onRetry?: () => void }

export const ProblemNote = ({ problem, onRetry }: ProblemNoteProps) => {
  const { t } = useTranslation()
  return (
    <div className={css.note} role="alert">
      <IssueList issues={problem.issues} />
      {(problem.status >= 500 || onRetry) && (
        <p className={css.after}>
          {problem.correlationId && problem.status >= 500 && (
            <span className="muted">
              {t('problem.number')} <code className="mono">{problem.correlationId}</code>
            </span>
          )}
          {onRetry && (
            <Button size="sm" icon="refresh" onClick={onRetry}>
              {t('retry')}
            </Button>
          )}
        </p>
      )}
    </div>
  )
}
