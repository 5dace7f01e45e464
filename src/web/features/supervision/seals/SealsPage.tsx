/** The register of seals and vehicle units: where each is, in what state, how charged, whether its model is certified; and the stock by office. */
import { useQuery } from '@tanstack/react-query'
import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { deviceStates, type DeviceRow, type StockRow } from '#schema/supervision'
import { get } from '../../../app/api.ts'
import { formatCount, formatPercent } from '../../../i18n/format.ts'
import { StatusBadge, type Tone } from '../../../ui/Badge.tsx'
import { Button } from '../../../ui/Button.tsx'
import { Section } from '../../../ui/Layout.tsx'
import { Page } from '../../../ui/Page.tsx'
import { DataTable, type Column, type Filter, type View } from '../../../ui/table/DataTable.tsx'
import { Elide, Id, Instant } from '../../../ui/Values.tsx'
import { LockBadge } from '../words.tsx'
import css from './seals.module.css'

type DeviceStateName = (typeof deviceStates)[number]
const stateTone: Readonly<Record<DeviceStateName, Tone>> = {
  inStock: 'neutral',
  issued: 'info',
  armed: 'accent',
  recharging: 'neutral',
  lost: 'danger',
  stolen: 'danger',
  retired: 'neutral',
}
const isState = (state: string): state is DeviceStateName => (deviceStates as readonly string[]).includes(state)
const lowPct = 30

const StateBadge = ({ state }: { state: string }) => {
  const { t } = useTranslation('seals')
  return isState(state) ? <StatusBadge tone={stateTone[state]}>{t(`states.${state}`)}</StatusBadge> : <StatusBadge>{state}</StatusBadge>
}

const useColumns = (): Column<DeviceRow>[] => {
  const { t, i18n } = useTranslation('seals')
  return useMemo(
    () => [
      { id: 'id', header: t('number'), sortable: true, cell: (row) => <Id value={row.id} plain /> },
      { id: 'state', header: t('state'), sortable: true, cell: (row) => <StateBadge state={row.state} /> },
      { id: 'office', header: t('office'), sortable: true, cell: (row) => <Id value={row.office} plain /> },
      {
        id: 'vendor',
        header: t('model'),
        sortable: true,
        cell: (row) => (
          <Elide max="14rem">
            {row.vendor} {row.model}
          </Elide>
        ),
      },
      {
        id: 'certified',
        header: t('certified'),
        cell: (row) => <StatusBadge tone={row.certified ? 'ok' : 'warning'}>{t(row.certified ? 'certified' : 'notCertified')}</StatusBadge>,
      },
      {
        id: 'batteryPct',
        header: t('battery'),
        align: 'end',
        sortable: true,
        cell: (row) =>
          row.batteryPct === null ? null : (
            <span className={row.batteryPct < lowPct ? css.low : undefined}>{formatPercent(row.batteryPct / 100, i18n.language)}</span>
          ),
      },
      { id: 'locked', header: t('lock'), cell: (row) => <LockBadge seal={row} /> },
      { id: 'lastContactAt', header: t('last'), sortable: true, cell: (row) => <Instant at={row.lastContactAt} form="relative" /> },
      { id: 'liable', header: t('liable'), hidden: true, cell: (row) => <Elide max="12rem">{row.liable}</Elide> },
      { id: 'owner', header: t('owner'), hidden: true, cell: (row) => row.owner ?? t('ownOwner') },
      { id: 'firmware', header: t('firmware'), hidden: true, cell: (row) => <Id value={row.firmware} plain /> },
      { id: 'protocol', header: t('protocol'), hidden: true, cell: (row) => <Id value={row.protocol} plain /> },
    ],
    [t, i18n.language],
  )
}

/** How many seals of each state every office has. */
const Stock = () => {
  const { t, i18n } = useTranslation('seals')
  const { data } = useQuery({
    queryKey: ['supervision', 'stock'],
    queryFn: ({ signal }) => get<StockRow[]>('/api/supervision/stock', {}, { signal }),
  })
  if (!data || data.length === 0) return null
  const states = deviceStates.filter((state) => data.some((row) => (row.states[state] ?? 0) > 0))
  return (
    <Section title={t('stock')} collapsible flush>
      <div className={css.scroll} tabIndex={0} role="group" aria-label={t('stock')}>
        <table className={css.stock}>
          <thead>
            <tr>
              <th scope="col">{t('office')}</th>
              {states.map((state) => (
                <th key={state} scope="col">
                  {t(`states.${state}`)}
                </th>
              ))}
              <th scope="col">{t('total')}</th>
            </tr>
          </thead>
          <tbody>
            {data.map((row) => (
              <tr key={row.office}>
                <th scope="row">
                  <Id value={row.office} plain />
                </th>
                {states.map((state) => (
                  <td key={state}>{formatCount(row.states[state] ?? 0, i18n.language)}</td>
                ))}
                <td>
                  <strong>{formatCount(row.total, i18n.language)}</strong>
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </Section>
  )
}

const SealsPage = () => {
  const { t } = useTranslation('seals')
  const columns = useColumns()
  const filters = useMemo(
    (): Filter[] => [
      { id: 'q', kind: 'text', label: t('search') },
      { id: 'state', kind: 'choice', label: t('state'), options: deviceStates.map((value) => ({ value, label: t(`states.${value}`) })) },
      { id: 'office', kind: 'text', label: t('office') },
      { id: 'role', kind: 'choice', label: t('role'), options: (['seal', 'truck'] as const).map((value) => ({ value, label: t(`roles.${value}`) })) },
    ],
    [t],
  )
  const views = useMemo(
    (): View[] => [
      { id: 'all', label: t('all'), query: {} },
      ...(['inStock', 'issued', 'armed', 'recharging', 'lost'] as const).map((state) => ({
        id: state,
        label: t(`states.${state}`),
        query: { state },
      })),
    ],
    [t],
  )
  return (
    <Page
      title={t('title')}
      actions={
        <Button size="sm" to="/supervision/models">
          {t('models')}
        </Button>
      }
    >
      <Stock />
      <DataTable<DeviceRow>
        id="seals"
        caption={t('title')}
        path="/api/supervision/devices"
        topic="device"
        columns={columns}
        filters={filters}
        views={views}
        rowId={(row) => row.id}
        empty={{ title: t('none') }}
      />
    </Page>
  )
}
export default SealsPage
