/** Columns of lists of declarations as officers read them. */
import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import type { DeclarationRow, Status } from '#schema/clearance'
import { LaneBadge, StatusBadge, type Tone } from '../../ui/Badge.tsx'
import { AgeBar } from '../../ui/Progress.tsx'
import type { Column } from '../../ui/table/types.ts'
import { Elide, Id, Instant, Money } from '../../ui/Values.tsx'

export const statusTone: Record<Status, Tone> = {
  lodged: 'info',
  rejected: 'danger',
  accepted: 'info',
  'under-control': 'warning',
  'payment-due': 'warning',
  released: 'ok',
  cleared: 'ok',
  exited: 'neutral',
  invalidated: 'neutral',
  seized: 'danger',
}

export type ColumnName =
  | 'lane'
  | 'mrn'
  | 'trader'
  | 'status'
  | 'turn'
  | 'age'
  | 'regime'
  | 'items'
  | 'value'
  | 'due'
  | 'assigned'
  | 'office'
  | 'lodged'
  | 'released'

/** The named columns, in this order. `hidden` ones are there for who wants them. */
export const useColumns = (names: readonly ColumnName[], hidden: readonly ColumnName[] = []): readonly Column<DeclarationRow>[] => {
  const { t } = useTranslation('work')
  const all = names.join()
  const without = hidden.join()
  return useMemo(() => {
    const column: Record<ColumnName, Omit<Column<DeclarationRow>, 'header'>> = {
      lane: {
        id: 'lane',
        sortable: true,
        width: '5.5rem',
        cell: (row) => (row.lane ? <LaneBadge lane={row.lane} /> : <span className="muted">–</span>),
      },
      mrn: { id: 'mrn', sortable: true, cell: (row) => <Id value={row.mrn} label="MRN" plain /> },
      trader: { id: 'trader', sortable: true, cell: (row) => <Elide max="16rem">{row.trader}</Elide> },
      regime: { id: 'regime', sortable: true, cell: (row) => t(`regime.${row.regime}`) },
      status: { id: 'status', sortable: true, cell: (row) => <StatusBadge tone={statusTone[row.status]}>{t(`status.${row.status}`)}</StatusBadge> },
      turn: { id: 'waitsFor', cell: (row) => t(`turn.${row.waitsFor}`) },
      age: { id: 'waitsSince', sortable: true, width: '9rem', cell: (row) => <AgeBar since={row.waitsSince} dueAt={row.dueAt} stacked /> },
      items: { id: 'items', sortable: true, align: 'end', cell: (row) => row.items },
      value: { id: 'value', sortable: true, align: 'end', cell: (row) => <Money value={row.value} /> },
      due: { id: 'due', sortable: true, align: 'end', cell: (row) => <Money value={row.due} /> },
      assigned: {
        id: 'assigned',
        cell: (row) => (row.assignedName ? <Elide max="9rem">{row.assignedName}</Elide> : <span className="muted">–</span>),
      },
      office: { id: 'office', sortable: true, cell: (row) => <Id value={row.office} plain /> },
      lodged: { id: 'lodgedAt', sortable: true, cell: (row) => <Instant at={row.lodgedAt} form="relative" /> },
      released: { id: 'releasedAt', sortable: true, cell: (row) => <Instant at={row.releasedAt} form="relative" /> },
    }
    const later = new Set(without.split(','))
    return (all.split(',') as ColumnName[]).map((name) => ({
      ...column[name],
      header: t(`column.${name}`),
      ...(later.has(name) && { hidden: true }),
    }))
  }, [t, all, without])
}
