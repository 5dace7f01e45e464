/**
 * `<Finder text={text} onText={setText} onTake={(code) => …} />`: what the good is called in, ranked headings out, with reason, the lines to
 * declare and their duty, and the questions that tell the headings apart. Without `onTake` the codes are to read only.
 */
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { DividingQuestion, FinderCandidate, FinderReply } from '#schema/trade'
import { problemOf } from '../../../app/api.ts'
import { Button } from '../../../ui/Button.tsx'
import { TextArea } from '../../../ui/fields.tsx'
import { ProblemNote } from '../../../ui/IssueList.tsx'
import { Empty, Loading, Note } from '../../../ui/Layout.tsx'
import { useFinder } from './use-finder.ts'
import css from './finder.module.css'

type Take = (code: string) => void
type Chosen = Readonly<Record<string, string>>

/** English within a sentence of another direction keeps its own (Unicode FSI … PDI). */
const isolated = (text: string): string => `\u2068${text}\u2069`

/** 8528 72 00: easier to read out and to compare. */
const spaced = (code: string): string => [code.slice(0, 4), ...(code.slice(4).match(/.{1,2}/g) ?? [])].join(' ')

const Line = ({ line, onTake }: { line: FinderCandidate['commodities'][number]; onTake: Take | undefined }) => {
  const { t } = useTranslation('finder')
  return (
    <li className={css.line}>
      <span className="mono" dir="ltr">
        {spaced(line.code)}
      </span>
      <span className={css.lineName}>{line.name}</span>
      <span className={css.duty}>{line.duty ? <bdi>{line.duty}</bdi> : t('noDuty')}</span>
      {onTake && (
        <Button size="sm" onClick={() => onTake(line.code)} aria-label={t('takeCode', { code: line.code })}>
          {t('take')}
        </Button>
      )}
    </li>
  )
}

const Reason = ({ reason }: { reason: FinderCandidate['reasons'][number] }) => {
  const { t } = useTranslation('finder')
  return (
    <p className={css.reason}>
      {t(`reason.${reason.in}`, { words: isolated(reason.words.join(', ')), text: isolated(reason.text) })}{' '}
      <span className="mono" dir="ltr">
        {spaced(reason.of)}
      </span>
    </p>
  )
}

const Candidate = ({ found, onTake }: { found: FinderCandidate; onTake: Take | undefined }) => {
  const { t } = useTranslation('finder')
  return (
    <li className={css.candidate}>
      <h2 className={css.candidateHead}>
        <span className="mono" dir="ltr">
          {spaced(found.guessed ? found.heading : found.code)}
        </span>{' '}
        <bdi lang="en">{found.description}</bdi>
      </h2>
      {found.reasons.map((reason) => (
        <Reason key={`${reason.of}${reason.text}`} reason={reason} />
      ))}
      {found.guessed && <p className={css.reason}>{t('guessed')}</p>}
      <ul className={css.lines}>
        {found.commodities.map((line) => (
          <Line key={line.code} line={line} onTake={onTake} />
        ))}
      </ul>
    </li>
  )
}

const Question = ({ question, chosen, onChoose }: { question: DividingQuestion; chosen: string | undefined; onChoose: (answer: string) => void }) => {
  const { t } = useTranslation('finder')
  // Codes come from the server; one that has no words yet shows as it is.
  const say = (key: string, or: string): string => (t as (key: string, options: { defaultValue: string }) => string)(key, { defaultValue: or })
  const title = say(`question.${question.code}`, question.code)
  return (
    <fieldset className={css.question}>
      <legend>{title}</legend>
      {question.answers.map((answer) => (
        <Button key={answer.code} size="sm" aria-pressed={chosen === answer.code} onClick={() => onChoose(answer.code)}>
          {say(`answer.${answer.code}`, answer.code)}
        </Button>
      ))}
    </fieldset>
  )
}

/** Headings of other answers fall away; those that no answer names stay. */
const isLeft = (found: FinderCandidate, questions: readonly DividingQuestion[], chosen: Chosen): boolean =>
  questions.every(
    ({ code, answers }) =>
      chosen[code] === undefined || answers.every((answer) => answer.code === chosen[code] || !answer.headings.includes(found.heading)),
  )

const Answer = ({ reply, onTake }: { reply: FinderReply; onTake: Take | undefined }) => {
  const { t } = useTranslation('finder')
  const [chosen, setChosen] = useState<Chosen>({})
  if (reply.asks) return <Note tone="warning">{t(`asks.${reply.asks.code}`, { words: reply.asks.words.join(', ') })}</Note>
  const left = reply.results.filter((found) => isLeft(found, reply.questions, chosen))
  return (
    <>
      {reply.questions.map((question) => (
        <Question
          key={question.code}
          question={question}
          chosen={chosen[question.code]}
          onChoose={(answer) =>
            setChosen(({ [question.code]: before, ...others }) => (before === answer ? others : { ...others, [question.code]: answer }))
          }
        />
      ))}
      <p className="visually-hidden" role="status">
        {t('count', { count: left.length })}
      </p>
      <ol className={css.candidates}>
        {left.map((found) => (
          <Candidate key={found.heading} found={found} onTake={onTake} />
        ))}
      </ol>
      {reply.unknown.length > 0 && <p className="muted">{t('unknown', { words: reply.unknown.join(', ') })}</p>}
    </>
  )
}

export type FinderProps = { text: string; onText: (text: string) => void; onTake?: Take }

export const Finder = ({ text, onText, onTake }: FinderProps) => {
  const { t } = useTranslation('finder')
  const { data, error, isFetching, refetch } = useFinder(text)
  const problem = problemOf(error)
  const asked = text.trim().length > 1
  return (
    <div className={css.finder} role="search" aria-label={t('title')} aria-busy={isFetching || undefined}>
      <TextArea label={t('text')} hint={t('hint')} rows={2} maxLength={2000} value={text} onChange={(next) => onText(next ?? '')} autoFocus />
      {problem && <ProblemNote problem={problem} onRetry={() => void refetch()} />}
      {asked && !data && !problem && <Loading label={t('searching')} />}
      {asked && data && <Answer key={text} reply={data} onTake={onTake} />}
      {!asked && <Empty title={t('emptyTitle')} text={t('emptyText')} />}
    </div>
  )
}
