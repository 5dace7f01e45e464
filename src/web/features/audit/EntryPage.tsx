/** One entry: what was asked, on which facts it was decided, what came out, and its place in chain and anchor. */
import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { useParams } from 'react-router'
import type { EntryView } from '#schema/audit'
import { get, problemOf } from '../../app/api.ts'
import { Button } from '../../ui/Button.tsx'
import { ProblemNote } from '../../ui/IssueList.tsx'
import { KeyValue, Loading, Section, Stack } from '../../ui/Layout.tsx'
import { Page } from '../../ui/Page.tsx'
import { Id, Instant } from '../../ui/Values.tsx'
import { chainAddress, useKindName } from './words.tsx'
import css from './audit.module.css'

const Json = ({ value, label }: { value: unknown; label: string }) => (
  <pre className={css.json} dir="ltr" tabIndex={0} role="region" aria-label={label}>
    {JSON.stringify(value, null, 2)}
  </pre>
)

const EntryPage = () => {
  const { seq = '' } = useParams()
  const { t } = useTranslation('audit')
  const found = useQuery({ queryKey: ['audit', 'entry', seq], queryFn: ({ signal }) => get<EntryView>(`/api/audit/entries/${seq}`, {}, { signal }) })
  const problem = problemOf(found.error)
  return (
    <Page title={t('entry.title', { seq })} crumbs={[{ label: t('title'), to: '/audit' }]}>
      {found.isPending && <Loading />}
      {problem && <ProblemNote problem={problem} />}
      {found.data && <Entry entry={found.data} />}
    </Page>
  )
}
export default EntryPage

const Entry = ({ entry }: { entry: EntryView }) => {
  const { t } = useTranslation('audit')
  const kindName = useKindName()
  return (
    <Stack>
      <Section
        title={entry.command}
        actions={
          <Button size="sm" to={chainAddress(entry.subjectKind, entry.subjectId)}>
            {t('entry.chain')}
          </Button>
        }
      >
        <KeyValue
          columns={3}
          items={[
            { label: t('column.at'), value: <Instant at={entry.at} /> },
            { label: t('column.person'), value: entry.person },
            { label: t('entry.roles'), value: entry.roles.join(', ') || '–' },
            {
              label: t('column.subject'),
              value: (
                <>
                  {kindName(entry.subjectKind)} <Id value={entry.subjectId} />
                </>
              ),
            },
            { label: t('column.version'), value: entry.version },
            { label: t('column.office'), value: <Id value={entry.office} plain /> },
            { label: t('column.channel'), value: entry.channel },
            { label: t('column.reason'), value: entry.reason ?? '–', wide: true },
            { label: t('entry.hash'), value: <Id value={entry.hash} />, wide: true },
            { label: t('entry.previous'), value: <Id value={entry.previousHash} />, wide: true },
            { label: t('entry.anchor'), value: entry.anchor ?? t('entry.notAnchored') },
          ]}
        />
      </Section>
      <Section title={t('entry.events')}>
        <Json label={t('entry.events')} value={entry.body.events} />
      </Section>
      <Section title={t('entry.asked')} collapsible>
        <Json label={t('entry.asked')} value={entry.body.payload} />
      </Section>
      <Section title={t('entry.facts')} collapsible initiallyClosed>
        <Json label={t('entry.facts')} value={entry.body.facts} />
      </Section>
      <Section title={t('entry.reply')} collapsible initiallyClosed>
        <Json label={t('entry.reply')} value={entry.reply} />
      </Section>
    </Stack>
  )
}
