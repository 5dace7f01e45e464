/** A subject's chain: every entry in order, with the data elements that each changed. */
import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { Link, useParams } from 'react-router'
import type { HistoryEntry } from '#schema/audit'
import { download, get, problemOf } from '../../app/api.ts'
import { Button } from '../../ui/Button.tsx'
import { Diff } from '../../ui/Diff.tsx'
import { ProblemNote } from '../../ui/IssueList.tsx'
import { Loading, Row, Section } from '../../ui/Layout.tsx'
import { Page } from '../../ui/Page.tsx'
import { Timeline } from '../../ui/Timeline.tsx'
import { Id } from '../../ui/Values.tsx'
import { useKindName } from './words.tsx'

const longest = 300
const shown = (value: unknown): string | null => {
  if (value === undefined || value === null) return null
  const text = typeof value === 'string' ? value : JSON.stringify(value)
  return text.length > longest ? `${text.slice(0, longest)} …` : text
}

/** A declaration's MRN stands in what the first entry put there. */
const mrnOf = (entries: readonly HistoryEntry[]): string | null => {
  const found =
    entries[0]?.changes.find((change) => change.path === '/mrn')?.new ??
    (entries[0]?.changes.find((change) => change.path === '')?.new as { mrn?: unknown } | undefined)?.mrn
  return typeof found === 'string' ? found : null
}

const ChainPage = () => {
  const { kind = '', id = '' } = useParams()
  const { t } = useTranslation('audit')
  const kindName = useKindName()
  const path = `/api/audit/subjects/${encodeURIComponent(kind)}/${encodeURIComponent(id)}`
  const found = useQuery({ queryKey: ['audit', 'chain', kind, id], queryFn: ({ signal }) => get<HistoryEntry[]>(path, {}, { signal }) })
  const problem = problemOf(found.error)
  const mrn = kind === 'declaration' ? mrnOf(found.data ?? []) : null
  return (
    <Page
      title={t('chain.what', { kind: kindName(kind), id: mrn ?? id })}
      crumbs={[{ label: t('title'), to: '/audit' }]}
      lead={<Id value={mrn ?? id} />}
      actions={
        <Row>
          {mrn && (
            <Button size="sm" to={`/declarations/${mrn}`}>
              {t('chain.case')}
            </Button>
          )}
          {mrn && (
            <Button size="sm" to={`/audit/replay?mrn=${mrn}`}>
              {t('chain.replay')}
            </Button>
          )}
          <Button size="sm" icon="download" onClick={() => void download(path, { format: 'csv' }, 'history.csv')}>
            {t('chain.csv')}
          </Button>
        </Row>
      }
    >
      {found.isPending && <Loading />}
      {problem && <ProblemNote problem={problem} />}
      {found.data && (
        <Section title={t('chain.title')} count={found.data.length}>
          <Timeline
            oldestFirst
            entries={found.data.map((entry) => ({
              id: String(entry.seq),
              at: entry.at,
              title: <Link to={`/audit/entries/${entry.seq}`}>{entry.command}</Link>,
              by: t('chain.by', { person: entry.person, through: [entry.roles.join(', '), entry.office, entry.channel].filter(Boolean).join(' · ') }),
              detail: entry.reason,
              facts:
                entry.changes.length > 0 ? (
                  <Diff
                    changes={entry.changes.map((change) => ({
                      id: change.path,
                      label: change.path || '/',
                      old: shown(change.old),
                      new: shown(change.new),
                    }))}
                  />
                ) : undefined,
            }))}
          />
        </Section>
      )}
    </Page>
  )
}
export default ChainPage
