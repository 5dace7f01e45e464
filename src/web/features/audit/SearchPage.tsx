/** The journal: who did what, when, on which subject, on which grounds. */
import { useQuery } from '@tanstack/react-query'
import { useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useNavigate } from 'react-router'
import { get } from '../../app/api.ts'
import { Button } from '../../ui/Button.tsx'
import { TextField } from '../../ui/fields.tsx'
import { Page } from '../../ui/Page.tsx'
import { DataTable } from '../../ui/table/DataTable.tsx'
import type { Column, Filter } from '../../ui/table/types.ts'
import { toast } from '../../ui/toast.tsx'
import { Elide, Id, Instant } from '../../ui/Values.tsx'
import type { EntryRow } from '#schema/audit'
import { AuditLinks, chainAddress, useKindName } from './words.tsx'
import css from './audit.module.css'

const rowId = (row: EntryRow): string => String(row.seq)
const rowHref = (row: EntryRow): string => `/audit/entries/${row.seq}`
const kinds = ['declaration', 'person', 'organisation', 'mandate', 'verification'] as const
const none: readonly string[] = []

const useColumns = (): readonly Column<EntryRow>[] => {
  const { t } = useTranslation('audit')
  const kindName = useKindName()
  return useMemo(
    () => [
      { id: 'seq', header: t('column.seq'), align: 'end', sortable: true, cell: (row) => row.seq },
      { id: 'at', header: t('column.at'), sortable: true, cell: (row) => <Instant at={row.at} form="full" /> },
      { id: 'command', header: t('column.command'), cell: (row) => <span className="mono">{row.command}</span> },
      { id: 'subject', header: t('column.subject'), cell: (row) => <Elide max="14rem">{`${kindName(row.subjectKind)} · ${row.subjectId}`}</Elide> },
      { id: 'version', header: t('column.version'), align: 'end', cell: (row) => row.version },
      { id: 'person', header: t('column.person'), cell: (row) => <Elide max="12rem">{row.person}</Elide> },
      { id: 'reason', header: t('column.reason'), cell: (row) => <Elide max="16rem">{row.reason ?? ''}</Elide> },
      { id: 'office', header: t('column.office'), hidden: true, cell: (row) => <Id value={row.office} plain /> },
      { id: 'channel', header: t('column.channel'), hidden: true, cell: (row) => row.channel },
      { id: 'events', header: t('column.events'), hidden: true, cell: (row) => row.events.join(', ') },
    ],
    [t, kindName],
  )
}

const useFilters = (): readonly Filter[] => {
  const { t } = useTranslation('audit')
  const kindName = useKindName()
  const commands =
    useQuery({ queryKey: ['audit', 'commands'], queryFn: ({ signal }) => get<string[]>('/api/audit/commands', {}, { signal }), staleTime: 300_000 })
      .data ?? none
  return useMemo(
    () => [
      { id: 'person', label: t('filter.person'), kind: 'text' },
      { id: 'command', label: t('filter.command'), kind: 'choice', options: commands.map((value) => ({ value, label: value })) },
      { id: 'subjectKind', label: t('filter.subjectKind'), kind: 'choice', options: kinds.map((value) => ({ value, label: kindName(value) })) },
      { id: 'from', label: t('filter.from'), kind: 'date' },
      { id: 'to', label: t('filter.to'), kind: 'date' },
    ],
    [t, commands, kindName],
  )
}

const SearchPage = () => {
  const { t } = useTranslation('audit')
  const columns = useColumns()
  const filters = useFilters()
  return (
    <Page title={t('title')} lead={<AuditLinks />} actions={<FindSubject />} fill>
      <DataTable<EntryRow>
        id="journal"
        caption={t('title')}
        path="/api/audit/entries"
        columns={columns}
        rowId={rowId}
        rowHref={rowHref}
        filters={filters}
        empty={{ title: t('empty'), text: t('emptyText') }}
        fill
      />
    </Page>
  )
}
export default SearchPage

/** By the name that people use, such as an MRN, straight to the chain. */
const FindSubject = () => {
  const { t } = useTranslation('audit')
  const navigate = useNavigate()
  const [name, setName] = useState('')
  const find = async (): Promise<void> => {
    const found = await get<{ kind: string; id: string }>('/api/audit/find', { name: name.trim() }).catch(() => null)
    if (found) await navigate(chainAddress(found.kind, found.id))
    else toast(t('notFound'), { tone: 'warning' })
  }
  return (
    <form
      className={css.find}
      onSubmit={(event) => {
        event.preventDefault()
        if (name.trim()) void find()
      }}
    >
      <TextField label={t('filter.subject')} mono value={name} onChange={(text) => setName(text ?? '')} />
      <Button type="submit">{t('open')}</Button>
    </form>
  )
}
