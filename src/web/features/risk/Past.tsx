/** What an older system examined, and a file with more of it: the first model need not wait for years. */
import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import type { ImportPast, PastImported, PastSummary } from '#schema/risk'
import { home } from '#schema/reference'
import { get } from '../../app/api.ts'
import { useCan } from '../../app/session.ts'
import { useCommand } from '../../app/use-command.ts'
import { formatCount, formatDate } from '../../i18n/format.ts'
import { FileDrop } from '../../ui/FileDrop.tsx'
import { IssueList, ProblemNote } from '../../ui/IssueList.tsx'
import { Loading, Section, Stack } from '../../ui/Layout.tsx'
import { PlainTable } from '../../ui/PlainTable.tsx'
import { toast } from '../../ui/toast.tsx'
import { Instant } from '../../ui/Values.tsx'

/** Below what the server takes, because JSON writes some characters longer. */
const mostBytes = 12 * 1024 * 1024

const Import = () => {
  const { t, i18n } = useTranslation('risk')
  const count = (n: number): string => formatCount(n, i18n.language)
  const command = useCommand<ImportPast, PastImported>({
    path: '/api/risk/past-examinations',
    refresh: [['risk', 'past']],
    onDone: ({ rows, withFinding, ignored }) => {
      const told = t('past.imported', { rows: count(rows), found: count(withFinding) })
      toast(ignored.length > 0 ? `${told} ${t('past.ignored', { columns: ignored.join(', ') })}` : told, { tone: 'ok' })
    },
  })
  const take = async (files: readonly File[]): Promise<void> => {
    const [file] = files
    if (file) await command.run({ administration: home, source: file.name.slice(0, 200), content: await file.text() })
  }
  return (
    <Stack>
      <FileDrop
        label={t('past.file')}
        hint={t('past.fileHint')}
        accept={['.csv']}
        maxBytes={mostBytes}
        pending={command.pending}
        onFiles={(files) => void take(files)}
      />
      {command.problem && (command.issues.length > 0 ? <IssueList issues={command.issues} /> : <ProblemNote problem={command.problem} />)}
    </Stack>
  )
}

export const Past = () => {
  const { t, i18n } = useTranslation('risk')
  const can = useCan()
  const { data } = useQuery({
    queryKey: ['risk', 'past'],
    queryFn: ({ signal }) => get<PastSummary>('/api/risk/past-examinations', {}, { signal }),
  })
  const count = (n: number): string => formatCount(n, i18n.language)
  const date = (d: string): string => formatDate(d, i18n.language)
  return (
    <Section title={t('past.title')}>
      <Stack>
        {!data && <Loading />}
        {data && (
          <p className="muted">
            {data.from && data.to
              ? t('past.summary', { rows: count(data.rows), found: count(data.withFinding), from: date(data.from), to: date(data.to) })
              : t('past.none')}
          </p>
        )}
        {data && data.sources.length > 0 && (
          <PlainTable
            caption={t('past.title')}
            head={[{ text: t('past.source') }, { text: t('rows'), end: true }, { text: t('past.importedBy') }, { text: t('past.importedAt') }]}
            rows={data.sources.map((s) => [
              { text: s.source },
              { text: count(s.rows), end: true },
              { text: s.importedBy },
              { text: <Instant at={s.importedAt} /> },
            ])}
          />
        )}
        {can('risk:model:train') && <Import />}
      </Stack>
    </Section>
  )
}
