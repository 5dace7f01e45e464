/** Readings that were made elsewhere of pictures of the library, and a file with more of them. */
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { ImportReadings, PastReadings as Past, ReadingsImported } from '#schema/inspection'
import { get } from '../../app/api.ts'
import { useCan } from '../../app/session.ts'
import { useCommand } from '../../app/use-command.ts'
import { formatCount } from '../../i18n/format.ts'
import { StatusBadge } from '../../ui/Badge.tsx'
import { Checkbox } from '../../ui/fields.tsx'
import { FileDrop } from '../../ui/FileDrop.tsx'
import { IssueList, ProblemNote } from '../../ui/IssueList.tsx'
import { Loading, Section, Stack } from '../../ui/Layout.tsx'
import { PlainTable } from '../../ui/PlainTable.tsx'
import { toast } from '../../ui/toast.tsx'
import { Instant } from '../../ui/Values.tsx'
import { figuresKey, libraryKey } from './centre-data.ts'

const path = '/api/inspection/past-readings'
const pastKey = [...libraryKey, 'past']
/** Below what the server takes, because JSON writes some characters longer. */
const mostBytes = 4 * 1024 * 1024

const Import = () => {
  const { t, i18n } = useTranslation('figures')
  const [isInvented, setIsInvented] = useState(false)
  const count = (n: number): string => formatCount(n, i18n.language)
  const command = useCommand<ImportReadings, ReadingsImported>({
    path,
    refresh: [libraryKey, figuresKey],
    onDone: ({ readings, known, ignored }) => {
      const told = t('past.taken', { readings: count(readings), known: count(known) })
      toast(ignored.length > 0 ? `${told} ${t('past.ignored', { columns: ignored.join(', ') })}` : told, { tone: 'ok' })
    },
  })
  const take = async ([file]: readonly File[]): Promise<void> => {
    if (file) await command.run({ source: file.name.slice(0, 200), invented: isInvented, content: await file.text() })
  }
  return (
    <Stack>
      <Checkbox
        label={t('past.areInvented')}
        hint={t('past.areInventedHint')}
        value={isInvented}
        onChange={(ticked) => setIsInvented(ticked ?? false)}
      />
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

export const PastReadings = () => {
  const { t, i18n } = useTranslation(['figures', 'centre'])
  const can = useCan()
  const { data, error } = useQuery({ queryKey: pastKey, queryFn: ({ signal }) => get<Past>(path, {}, { signal }) })
  const count = (n: number): string => formatCount(n, i18n.language)
  return (
    <Section title={t('past.title')}>
      <Stack>
        <p className="muted">{t('past.text')}</p>
        {!data && !error && <Loading />}
        {data && data.length > 0 && (
          <PlainTable
            caption={t('past.title')}
            head={[
              { text: t('past.source') },
              { text: t('past.by') },
              { text: t('past.readers'), end: true },
              { text: t('past.readings'), end: true },
              { text: t('past.from') },
              { text: t('past.to') },
            ]}
            rows={data.map((one) => [
              { text: <bdi>{one.source}</bdi> },
              { text: one.invented ? <StatusBadge tone="warning">{t('centre:boards.invented')}</StatusBadge> : t('centre:boards.whoseKind.people') },
              { text: count(one.readers), end: true },
              { text: count(one.readings), end: true },
              { text: <Instant at={one.from} /> },
              { text: <Instant at={one.to} /> },
            ])}
          />
        )}
        {can('inspection:reading:import') && <Import />}
      </Stack>
    </Section>
  )
}
