/** The pre-check board: detector and teams over the same images, how far they agree, and whether the detector drifts. One column at a time. */
import { problemIn } from '../../app/api.ts'
import { useTranslation } from 'react-i18next'
import { useSearchParams } from 'react-router'
import { useCan } from '../../app/session.ts'
import type { Board } from '#schema/inspection'
import { formatCount, formatDecimal } from '../../i18n/format.ts'
import { StatusBadge } from '../../ui/Badge.tsx'
import { Choice } from '../../ui/fields.tsx'
import { ProblemNote } from '../../ui/IssueList.tsx'
import { Empty, Loading, Note, Section, Stack } from '../../ui/Layout.tsx'
import { Page } from '../../ui/Page.tsx'
import { PlainTable } from '../../ui/PlainTable.tsx'
import { Agreement } from './Agreement.tsx'
import { figuresKey, useBoard, useFreshRoom } from './centre-data.ts'
import { ColumnChoice, RateCell, useCategory, useColumn } from './centre-words.tsx'
import { Drift } from './Drift.tsx'
import css from './centre.module.css'

type Row = Board['rows'][number]
const kinds = ['people', 'invented'] as const

const Who = ({ row, board: { column, readers } }: { row: Row; board: Board }) => {
  const { t } = useTranslation('centre')
  return (
    <span className={css.who}>
      {t(`boards.${row.team}`)}
      <small>{row.team === 'ai' ? row.names.join(', ') : t('boards.people', { count: row.readers })}</small>
      <StatusBadge tone="info">{t(`column.short.${column}`)}</StatusBadge>
      {row.team !== 'ai' && readers === 'invented' && <StatusBadge tone="warning">{t('boards.invented')}</StatusBadge>}
      {row.imported > 0 && readers === 'people' && <StatusBadge tone="neutral">{t('boards.imported', { count: row.imported })}</StatusBadge>}
    </span>
  )
}

const decimals = (value: number | null, digits: number, language: string): string =>
  value === null ? '–' : formatDecimal(value.toFixed(digits), language)

/** Why a team has no figures. */
const Nothing = ({ row, board: { fewest, items } }: { row: Row; board: Board }) => {
  const { t } = useTranslation('centre')
  if (row.withheld === 'readers') return t('boards.withheldReaders', { count: row.readers, fewest: fewest.readers })
  if (row.withheld === 'items') return t('boards.withheldItems', { count: items, fewest: fewest.items })
  return t('boards.nobody')
}

const BoardRow = ({ row, board }: { row: Row; board: Board }) => {
  const { t, i18n } = useTranslation('centre')
  const f = row.figures
  return (
    <tr>
      <th scope="row">
        <Who row={row} board={board} />
      </th>
      {f ? (
        <>
          <td>
            <RateCell rate={f.accuracy} />
          </td>
          <td>
            <RateCell rate={f.detection} />
          </td>
          <td>
            <RateCell rate={f.falseAlarm} />
          </td>
          <td className={css.seconds}>{t('boards.secondsValue', { seconds: decimals(f.medianMs / 1000, 1, i18n.language) })}</td>
          <td className="number">{decimals(f.auc, 3, i18n.language)}</td>
          <td className="number">{decimals(f.dPrime, 2, i18n.language)}</td>
          <td className="number">{decimals(f.criterion, 2, i18n.language)}</td>
        </>
      ) : (
        <td colSpan={7} className="muted">
          <Nothing row={row} board={board} />
        </td>
      )}
    </tr>
  )
}

const heads = ['accuracy', 'detection', 'falseAlarm', 'seconds', 'auc', 'dPrime', 'criterion'] as const

/** Found threats by kind: what a detector was never shown explains more than one figure over all. */
const ByKind = ({ board: { kinds: found } }: { board: Board }) => {
  const { t, i18n } = useTranslation('centre')
  const name = useCategory()
  const cell = (value: number | null, n: number) => ({ text: value === null ? '–' : t('boards.of', { count: value, n }), end: true })
  if (found.length === 0) return null
  return (
    <div>
      <h3>{t('boards.byKind')}</h3>
      <PlainTable
        caption={t('boards.byKind')}
        head={[
          { text: t('boards.kind') },
          { text: t('boards.threats'), end: true },
          ...(['ai', 'senior', 'intermediate'] as const).map((team) => ({ text: t(`boards.${team}`), end: true })),
        ]}
        rows={found.map((kind) => [
          { text: name(kind.category) },
          { text: formatCount(kind.threats, i18n.language), end: true },
          cell(kind.found.ai, kind.threats),
          cell(kind.found.senior, kind.threats),
          cell(kind.found.intermediate, kind.threats),
        ])}
      />
    </div>
  )
}

const Headline = ({ board }: { board: Board }) => {
  const { t } = useTranslation('centre')
  if (board.items === 0) return <Empty title={t('boards.empty')} text={t('boards.emptyText')} />
  return (
    <Stack>
      <div className={css.sheet} tabIndex={0} role="region" aria-label={t('board')}>
        <table className={css.table}>
          <caption>{t('boards.question')}</caption>
          <thead>
            <tr>
              <th scope="col">{t('boards.who')}</th>
              {heads.map((head) => (
                <th key={head} scope="col">
                  {t(`boards.${head}`)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {board.rows.map((row) => (
              <BoardRow key={row.team} row={row} board={board} />
            ))}
          </tbody>
        </table>
      </div>
      <ByKind board={board} />
      <p className="muted">{t('boards.basis', { count: board.items, threats: board.threats })}</p>
      <p className="muted">{t('boards.timeBasis')}</p>
    </Stack>
  )
}

/** Whose readings the teams' rows count: asked for in the address, otherwise as the server chooses. */
const useReadersChoice = (): [Board['readers'] | null, (readers: Board['readers']) => void] => {
  const [search, setSearch] = useSearchParams()
  return [
    kinds.find((kind) => kind === search.get('readers')) ?? null,
    (readers) =>
      setSearch(
        (now) => {
          now.set('readers', readers)
          return now
        },
        { replace: true },
      ),
  ]
}

const WhoseReadings = ({ board, onChange }: { board: Board; onChange: (readers: Board['readers']) => void }) => {
  const { t } = useTranslation('centre')
  return (
    <>
      {board.hasOther && (
        <Choice
          inline
          label={t('boards.whose')}
          options={kinds.map((value) => ({ value, label: t(`boards.whoseKind.${value}`) }))}
          value={board.readers}
          onChange={(value) => onChange(kinds.find((kind) => kind === value) ?? board.readers)}
        />
      )}
      {board.readers === 'invented' && <Note tone="warning">{t('boards.inventedText')}</Note>}
    </>
  )
}

const BoardPage = () => {
  const { t } = useTranslation('centre')
  const can = useCan()
  const [column, setColumn] = useColumn()
  const [readers, setReaders] = useReadersChoice()
  const board = useBoard(column, readers)
  useFreshRoom(figuresKey)
  return (
    <Page title={t('board')}>
      <Stack>
        <ColumnChoice column={column} onChange={setColumn} />
        <Section title={t(`column.${column}`)}>
          {board.error && <ProblemNote problem={problemIn(board.error)} onRetry={() => void board.refetch()} />}
          {board.isPending && <Loading />}
          {board.data && (
            <Stack>
              <WhoseReadings board={board.data} onChange={setReaders} />
              <Headline board={board.data} />
            </Stack>
          )}
        </Section>
        {can('inspection:figures:read') && (
          <>
            <Agreement column={column} />
            <Drift column={column} />
          </>
        )}
      </Stack>
    </Page>
  )
}
export default BoardPage
