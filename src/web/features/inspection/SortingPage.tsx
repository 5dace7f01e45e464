/** Sorting: alarms of exits first, then what each line of the belt has taken, then every tray. */
import { useQuery } from '@tanstack/react-query'
import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { lines, type Line, type TrayRow } from '#schema/inspection'
import { get } from '../../app/api.ts'
import { useCan } from '../../app/session.ts'
import { StatusBadge } from '../../ui/Badge.tsx'
import { Section, Stack } from '../../ui/Layout.tsx'
import { Page } from '../../ui/Page.tsx'
import { DataTable, type Column, type Filter } from '../../ui/table/DataTable.tsx'
import { useDarkRoom } from '../../ui/use-dark-room.ts'
import { Id, Instant } from '../../ui/Values.tsx'
import { traysPath, useFreshRoom } from './centre-data.ts'
import { CaseBadge, LineBadge } from './centre-words.tsx'
import { GateAlarms } from './GateAlarms.tsx'
import css from './centre.module.css'

const shownTrays = 60
const perLane = 8
const beltKey = ['trays', 'belt'] as const

const Subject = ({ row }: { row: TrayRow }) => {
  const can = useCan()
  return row.caseId && can('inspection:case:read') ? (
    <Link to={`/inspection/cases/${row.caseId}`}>{row.subject.id}</Link>
  ) : (
    <bdi className="mono">{row.subject.id}</bdi>
  )
}

const Tray = ({ row }: { row: TrayRow }) => {
  const { t } = useTranslation('centre')
  return (
    <li className={css.tray}>
      <bdi className="mono">{row.id}</bdi>
      <Subject row={row} />
      {row.movement && <bdi className="muted">{row.movement}</bdi>}
      {row.tag && (
        <StatusBadge tone={row.tag.open ? 'danger' : 'neutral'}>{`${row.tag.number} ${t(row.tag.open ? 'tagOpen' : 'tagClosed')}`}</StatusBadge>
      )}
      {row.line === null && row.command === null && <span className="muted">{t('sort.unsent')}</span>}
      {row.command && row.line === null && <LineBadge line={row.command.line} />}
      {row.command?.state === 'timed-out' && <StatusBadge tone="warning">{t('sort.commandState.timed-out')}</StatusBadge>}
    </li>
  )
}

const Lane = ({ line, rows }: { line: Line | null; rows: readonly TrayRow[] }) => {
  const { t } = useTranslation('centre')
  return (
    <section className={css.lane} aria-label={line ? t(`sort.line.${line}`) : t('sort.onBelt')}>
      <div className={css.laneHead}>
        {line ? <LineBadge line={line} /> : <strong>{t('sort.onBelt')}</strong>}
        <span className="number">{rows.length}</span>
      </div>
      <ul className={css.trays}>
        {rows.slice(0, perLane).map((row) => (
          <Tray key={row.office + row.id} row={row} />
        ))}
      </ul>
    </section>
  )
}

/** The belt as it stands: what is on it, and the newest trays of each line. */
const Belt = () => {
  const { t } = useTranslation('centre')
  const found = useQuery({
    queryKey: beltKey,
    queryFn: ({ signal }) => get<{ rows: TrayRow[] }>(traysPath, { size: shownTrays, sort: '-announcedAt' }, { signal }),
    refetchInterval: 15_000,
  })
  useFreshRoom(beltKey)
  const rows = found.data?.rows ?? []
  const on = (line: Line | null): TrayRow[] =>
    rows.filter((row) => row.line === line).toSorted((a, b) => ((b.passedAt ?? b.announcedAt) < (a.passedAt ?? a.announcedAt) ? -1 : 1))
  return (
    <Section title={t('sort.flow', { n: rows.length })}>
      {rows.length === 0 && <p className="muted">{t('sort.noneText')}</p>}
      {rows.length > 0 && (
        <div className={css.lines}>
          {[null, ...lines].map((line) => (
            <Lane key={line ?? 'belt'} line={line} rows={on(line)} />
          ))}
        </div>
      )}
    </Section>
  )
}

const useColumns = (): Column<TrayRow>[] => {
  const { t } = useTranslation('centre')
  return useMemo(
    () => [
      { id: 'id', header: t('sort.tray'), sortable: true, cell: (row) => <Id value={row.id} plain /> },
      { id: 'subject', header: t('subject'), cell: (row) => <Subject row={row} /> },
      { id: 'movement', header: t('movement'), sortable: true, cell: (row) => <bdi>{row.movement ?? '–'}</bdi> },
      { id: 'announcedAt', header: t('sort.announced'), sortable: true, cell: (row) => <Instant at={row.announcedAt} form="relative" /> },
      { id: 'status', header: t('state'), cell: (row) => (row.status ? <CaseBadge status={row.status} /> : '–') },
      {
        id: 'command',
        header: t('sort.command'),
        cell: (row) =>
          row.command ? (
            <span className={css.risk}>
              <LineBadge line={row.command.line} />
              <span className="muted">{t(`sort.commandState.${row.command.state}`)}</span>
            </span>
          ) : (
            <span className="muted">{t('sort.unsent')}</span>
          ),
      },
      {
        id: 'line',
        header: t('sort.went'),
        sortable: true,
        cell: (row) => (row.line ? <LineBadge line={row.line} /> : <span className="muted">{t('sort.onBelt')}</span>),
      },
      { id: 'tag', header: t('tag'), cell: (row) => (row.tag ? `${row.tag.number} (${t(row.tag.open ? 'tagOpen' : 'tagClosed')})` : '–') },
    ],
    [t],
  )
}

const SortingPage = () => {
  const { t } = useTranslation('centre')
  const columns = useColumns()
  useDarkRoom()
  const filters = useMemo(
    (): Filter[] => [
      { id: 'q', kind: 'text', label: t('search') },
      { id: 'line', kind: 'choice', label: t('sort.went'), options: lines.map((value) => ({ value, label: t(`sort.line.${value}`) })) },
    ],
    [t],
  )
  return (
    <Page title={t('sorting')}>
      <Stack>
        <GateAlarms />
        <Belt />
        <Section title={t('sort.all')} flush>
          <DataTable<TrayRow>
            id="trays"
            caption={t('sort.trays')}
            path={traysPath}
            topic="inspection"
            columns={columns}
            filters={filters}
            size={25}
            rowId={(row) => row.office + row.id}
            empty={{ title: t('sort.none'), text: t('sort.noneText') }}
          />
        </Section>
      </Stack>
    </Page>
  )
}
export default SortingPage
