/** The programme of practice images (TIP): the library, how often a category is shown, and what the machine may do alone. */
import { useQuery } from '@tanstack/react-query'
import { useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import type { CentreSetting, TipItemRow, TipLibrary, TipRateBody } from '#schema/inspection'
import { get } from '../../app/api.ts'
import { useCan } from '../../app/session.ts'
import { useCommand } from '../../app/use-command.ts'
import { formatCount, formatDecimal } from '../../i18n/format.ts'
import { StatusBadge } from '../../ui/Badge.tsx'
import { Button } from '../../ui/Button.tsx'
import { DecimalField } from '../../ui/fields.tsx'
import { ProblemNote } from '../../ui/IssueList.tsx'
import { Loading, Section, Stack } from '../../ui/Layout.tsx'
import { Page } from '../../ui/Page.tsx'
import { DataTable, type Column } from '../../ui/table/DataTable.tsx'
import { toast } from '../../ui/toast.tsx'
import { Instant } from '../../ui/Values.tsx'
import { libraryKey, tipPath, useFreshRoom, useLibrary } from './centre-data.ts'
import { useCategory } from './centre-words.tsx'
import { PastReadings } from './PastReadings.tsx'
import css from './centre.module.css'

const Library = ({ items }: { items: readonly TipItemRow[] }) => {
  const { t, i18n } = useTranslation('centre')
  const name = useCategory()
  const columns = useMemo<Column<TipItemRow>[]>(
    () => [
      { id: 'category', header: t('library.category'), cell: (row) => <Link to={`/inspection/images/${row.imageId}`}>{name(row.category)}</Link> },
      {
        id: 'threat',
        header: t('library.threat'),
        cell: (row) => <StatusBadge tone={row.threat ? 'danger' : 'ok'}>{t(row.threat ? 'library.threat' : 'library.benign')}</StatusBadge>,
      },
      { id: 'column', header: t('library.origin'), cell: (row) => t(`column.short.${row.column}`) },
      { id: 'difficulty', header: t('library.difficulty'), align: 'end', cell: (row) => formatCount(row.difficulty, i18n.language) },
      { id: 'angle', header: t('library.angle'), align: 'end', cell: (row) => t('library.angleValue', { angle: row.angleDeg }) },
      { id: 'shown', header: t('library.shown'), align: 'end', cell: (row) => formatCount(row.shown, i18n.language) },
      { id: 'detected', header: t('library.detected'), align: 'end', cell: (row) => t('boards.of', { count: row.detected, n: row.answered }) },
    ],
    [t, i18n.language, name],
  )
  const load = useMemo(
    () => async (query: Readonly<Record<string, unknown>>) => {
      const [page, size] = [Number(query['page'] ?? 1), Number(query['size'] ?? 25)]
      return { rows: items.slice((page - 1) * size, page * size), total: items.length, page, size }
    },
    [items],
  )
  return (
    <DataTable<TipItemRow>
      id="tip-items"
      caption={t('practice')}
      path={tipPath}
      load={load}
      columns={columns}
      rowId={(row) => row.id}
      size={25}
      empty={{ title: t('library.none'), text: t('library.noneText') }}
    />
  )
}

const shifts = ['early', 'late', 'night'] as const

const RateField = ({ category, shift, now }: { category: string; shift: TipRateBody['shift']; now: number }) => {
  const { t } = useTranslation('centre')
  const [value, setValue] = useState(String(now))
  const command = useCommand<TipRateBody>({
    path: `${tipPath}/rates`,
    refresh: [libraryKey],
    onDone: () => toast(t('library.saved'), { tone: 'ok' }),
  })
  const wanted = Number(value)
  const isChanged = value !== '' && wanted !== now && wanted >= 0 && wanted <= 50
  return (
    <div>
      <DecimalField label={t(`library.shift.${shift}`)} value={value} onChange={(text) => setValue(text ?? '')} />
      {isChanged && (
        <Button size="sm" pending={command.pending} onClick={() => void command.run({ category, shift, perHundred: wanted })}>
          {t('library.save')}
        </Button>
      )}
      {command.problem && <ProblemNote problem={command.problem} />}
    </div>
  )
}

const Rates = ({ library: { items, rates } }: { library: TipLibrary }) => {
  const { t } = useTranslation('centre')
  const name = useCategory()
  const categories = [...new Set([...items.map((item) => item.category), ...rates.map((rate) => rate.category)])].toSorted()
  return (
    <Section title={t('library.rates')}>
      <Stack>
        <p className="muted">{t('library.ratesText')}</p>
        {categories.map((category) => (
          <fieldset key={category} className={css.group}>
            <legend>{name(category)}</legend>
            <div className={css.rates}>
              {shifts.map((shift) => {
                const now = rates.find((rate) => rate.category === category && rate.shift === shift)?.perHundred ?? 0
                return <RateField key={`${shift}${now}`} category={category} shift={shift} now={now} />
              })}
            </div>
          </fieldset>
        ))}
      </Stack>
    </Section>
  )
}

type OfficeSetting = { office: string; setting: CentreSetting; heardAt: string | null }

const Machine = ({ office, setting, heardAt }: OfficeSetting) => {
  const { t, i18n } = useTranslation('centre')
  const can = useCan()
  const stop = useCommand({
    path: `/api/inspection/settings/${office}/stop-auto-clear`,
    refresh: [['centre-settings']],
    onDone: () => toast(t('settings.stopped'), { tone: 'ok' }),
  })
  return (
    <div className={css.take}>
      <bdi className="mono">{office}</bdi>
      <StatusBadge tone={setting.autoClear ? 'warning' : 'ok'}>
        {setting.autoClear ? t('settings.on', { below: formatDecimal(String(setting.autoClearBelow), i18n.language) }) : t('settings.off')}
      </StatusBadge>
      <span className="muted">
        {t('settings.heard')} <Instant at={heardAt} form="relative" />
      </span>
      {setting.autoClear && can('inspection:setting:manage') && (
        <Button kind="danger" pending={stop.pending} title={t('settings.stopText')} onClick={() => void stop.run()}>
          {t('settings.stop')}
        </Button>
      )}
      {stop.problem && <ProblemNote problem={stop.problem} />}
    </div>
  )
}

const PracticePage = () => {
  const { t } = useTranslation('centre')
  const library = useLibrary()
  const settings = useQuery({
    queryKey: ['centre-settings'],
    queryFn: ({ signal }) => get<OfficeSetting[]>('/api/inspection/settings', {}, { signal }),
  })
  useFreshRoom(libraryKey)
  return (
    <Page title={t('practice')}>
      <Stack>
        <Section title={t('settings.title')}>
          <Stack>
            {settings.data?.map((one) => (
              <Machine key={one.office} {...one} />
            ))}
          </Stack>
        </Section>
        {library.isPending && <Loading />}
        {library.data && (
          <>
            <Rates library={library.data} />
            <Section title={t('library.title')} count={library.data.items.length} flush>
              <Library key={library.dataUpdatedAt} items={library.data.items} />
            </Section>
            <PastReadings />
          </>
        )}
      </Stack>
    </Page>
  )
}
export default PracticePage
