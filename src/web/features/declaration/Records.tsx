// What was said and what was changed: messages, history of the data elements.
import { problemIn } from '../../app/api.ts'
import { useTranslation } from 'react-i18next'
import { useCan } from '../../app/session.ts'
import { Diff } from '../../ui/Diff.tsx'
import { ProblemNote } from '../../ui/IssueList.tsx'
import { Empty, Loading, Section } from '../../ui/Layout.tsx'
import { Instant } from '../../ui/Values.tsx'
import { inOneLine, useElementLabel } from './elements.ts'
import { Message } from './Message.tsx'
import { useHistory, useMessages } from './use-case.ts'
import css from './declaration.module.css'

export const Messages = ({ mrn }: { mrn: string }) => {
  const { t } = useTranslation('declaration')
  const can = useCan()
  const messages = useMessages(mrn)
  if (messages.error) return <ProblemNote problem={problemIn(messages.error)} onRetry={() => void messages.refetch()} />
  if (!messages.data) return <Loading />
  if (messages.data.length === 0) return <Empty title={t('noMessages')} />
  return (
    <Section title={t('message.list')} count={messages.data.length}>
      <ol>
        {messages.data.toReversed().map((entry) => (
          <Message key={entry.messageId} entry={entry} mayLoad={can('clearance:notification:read')} />
        ))}
      </ol>
    </Section>
  )
}

export const History = ({ mrn }: { mrn: string }) => {
  const { t } = useTranslation(['declaration', 'story'])
  const label = useElementLabel()
  const history = useHistory(mrn)
  if (history.error) return <ProblemNote problem={problemIn(history.error)} onRetry={() => void history.refetch()} />
  if (!history.data) return <Loading />
  if (history.data.length === 0) return <Empty title={t('unchanged')} />
  return (
    <Section title={t('tab.history')} count={history.data.length}>
      <div className={css.scroll} role="group" aria-label={t('tab.history')} tabIndex={0}>
        <Diff
          changes={history.data.map((change, at) => ({
            id: String(at),
            label: label(change.path),
            old: inOneLine(change.old),
            new: inOneLine(change.new),
            note: (
              <>
                {t('column.changed', { version: change.version, by: change.by || t('story:customs') })} · <Instant at={change.at} />
              </>
            ),
          }))}
        />
      </div>
    </Section>
  )
}
