/**
 * The alarm desk. What is open stands first and whole: no filter reaches it, and a new one is there at once, not behind "1 new". Its order,
 * gravest first and then by when it was learnt, moves nobody's row far. What has ended is below, by filter.
 */
import { useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { AlarmRow } from '#schema/supervision'
import { useCan } from '../../app/session.ts'
import { StatusBadge } from '../../ui/Badge.tsx'
import { Button } from '../../ui/Button.tsx'
import { Section, Stack } from '../../ui/Layout.tsx'
import { Page } from '../../ui/Page.tsx'
import { DataTable, type Column, type Filter, type View } from '../../ui/table/DataTable.tsx'
import { Id, Instant } from '../../ui/Values.tsx'
import { AlarmDialog, type Asked } from './AlarmDialog.tsx'
import { alarmsPath, useFresh } from './facts.ts'
import { Acknowledged, SeverityBadge, useKindName } from './words.tsx'

const rowId = (row: AlarmRow): string => row.id
const rowHref = (row: AlarmRow): string => `/supervision/trips/${row.tripId}`
const open = { status: 'open' }
const ended = { status: 'closed' }

/** How somebody is told of it: at once, late because it was learnt late, or with others. */
const Notified = ({ alarm }: { alarm: AlarmRow }) => {
  const { t } = useTranslation('supervision')
  return <StatusBadge tone={alarm.notify === 'page' ? 'warning' : 'neutral'}>{t(`notify.${alarm.notify}`)}</StatusBadge>
}

type Ask = (asked: Asked) => void

const useColumns = (ask: Ask | null): { now: Column<AlarmRow>[]; past: Column<AlarmRow>[] } => {
  const { t } = useTranslation('supervision')
  const kindName = useKindName()
  return useMemo(() => {
    const head: Column<AlarmRow>[] = [
      { id: 'kind', header: t('alarm.kind'), sortable: true, cell: (row) => kindName(row.kind) },
      { id: 'severity', header: t('alarm.severity'), sortable: true, cell: (row) => <SeverityBadge severity={row.severity} /> },
      { id: 'reference', header: t('trip'), cell: (row) => <Id value={row.reference} plain /> },
      { id: 'openedAt', header: t('alarm.since'), sortable: true, cell: (row) => <Instant at={row.openedAt} /> },
    ]
    const learnt: Column<AlarmRow> = {
      id: 'learntAt',
      header: t('alarm.learnt'),
      sortable: true,
      hidden: true,
      cell: (row) => <Instant at={row.learntAt} form="relative" />,
    }
    const subject: Column<AlarmRow> = { id: 'subject', header: t('alarm.subject'), hidden: true, cell: (row) => <Id value={row.subject} plain /> }
    const answer: Column<AlarmRow> = {
      id: 'answer',
      header: t('alarm.answer'),
      cell: (row) => {
        if (row.acknowledgedBy) return <Acknowledged alarm={row} />
        if (!ask) return <span className="muted">{t('alarm.unanswered')}</span>
        return (
          <Button size="sm" onClick={() => ask({ alarm: row, act: 'acknowledge' })}>
            {t('acknowledge.confirm')}
          </Button>
        )
      },
    }
    const closed: Column<AlarmRow> = { id: 'closedAt', header: t('alarm.closed'), cell: (row) => <Instant at={row.closedAt} form="relative" /> }
    const notify: Column<AlarmRow> = { id: 'notify', header: t('alarm.notify'), cell: (row) => <Notified alarm={row} /> }
    return { now: [...head, notify, answer, learnt, subject], past: [...head, closed, answer, learnt, subject] }
  }, [t, kindName, ask])
}

const kinds = [
  'ROPE_CUT',
  'TAMPER',
  'UNAUTHORISED_OPEN',
  'SOS',
  'ROUTE_DEVIATION',
  'GEOFENCE',
  'UNAUTHORISED_STOP',
  'NO_SIGNAL',
  'LATE',
  'LOW_BATTERY',
] as const

const useEnded = (): { filters: Filter[]; views: View[] } => {
  const { t } = useTranslation('supervision')
  const kindName = useKindName()
  return useMemo(() => {
    const states = (['closed', 'retracted', 'superseded'] as const).map((value) => ({ value, label: t(`episode.${value}`) }))
    return {
      filters: [
        { id: 'status', kind: 'choice', label: t('alarm.ended'), options: states.slice(1) },
        { id: 'kind', kind: 'choice', label: t('alarm.kind'), options: kinds.map((value) => ({ value, label: kindName(value) })) },
      ],
      views: states.map(({ value, label }) => ({ id: value, label, query: { status: value === 'closed' ? undefined : value } })),
    }
  }, [t, kindName])
}

const AlarmsPage = () => {
  const { t } = useTranslation('supervision')
  const can = useCan()
  const [asked, setAsked] = useState<Asked | null>(null)
  const columns = useColumns(can('supervision:alarm:acknowledge') ? setAsked : null)
  const { filters, views } = useEnded()
  useFresh(['list', alarmsPath])
  const shared = { path: alarmsPath, rowId, rowHref }
  return (
    <Page title={t('alarms')}>
      <Stack>
        <Section title={t('desk.open')} flush>
          <DataTable<AlarmRow>
            {...shared}
            id="alarms-open"
            prefix="open-"
            caption={t('desk.openList')}
            columns={columns.now}
            fixed={open}
            sort="severity"
            empty={{ title: t('desk.none'), text: t('desk.noneText') }}
          />
        </Section>
        <Section title={t('desk.ended')} flush collapsible>
          <DataTable<AlarmRow>
            {...shared}
            id="alarms-ended"
            caption={t('desk.endedList')}
            columns={columns.past}
            fixed={ended}
            filters={filters}
            views={views}
            size={25}
            empty={{ title: t('desk.noneEnded') }}
          />
        </Section>
      </Stack>
      {asked && <AlarmDialog asked={asked} onClose={() => setAsked(null)} />}
    </Page>
  )
}
export default AlarmsPage
