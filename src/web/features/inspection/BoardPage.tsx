/** The pre-check board: detector and teams over the same images, how far they agree, and whether the detector drifts. One column at a time. */
import { problemIn } from '../../app/api.ts'
import { useTranslation } from 'react-i18next'
import { useCan } from '../../app/session.ts'
import type { Board } from '#schema/inspection'
import { formatDecimal } from '../../i18n/format.ts'
import { StatusBadge } from '../../ui/Badge.tsx'
import { ProblemNote } from '../../ui/IssueList.tsx'
import { Empty, Loading, Note, Section, Stack } from '../../ui/Layout.tsx'
import { Page } from '../../ui/Page.tsx'
import { Agreement } from './Agreement.tsx'
import { figuresKey, useBoard, useFreshRoom, type ColumnName } from './centre-data.ts'
import { ColumnChoice, RateCell, useColumn } from './centre-words.tsx'
import { Drift } from './Drift.tsx'
import css from './centre.module.css'

type Row = Board['rows'][number]

const Who = ({ row, column }: { row: Row; column: ColumnName }) => {
  const { t } = useTranslation('centre')
  return (
    <span className={css.who}>
      {t(`boards.${row.team}`)}
      <small>{row.team === 'ai' ? row.names.join(', ') : t('boards.people', { count: row.readers })}</small>
      <StatusBadge tone="info">{t(`column.short.${column}`)}</StatusBadge>
      {row.simulatedReaders > 0 && <StatusBadge tone="warning">{t('boards.generated')}</StatusBadge>}
    </span>
  )
}

const decimals = (value: number | null, digits: number, language: string): string =>
  value === null ? '–' : formatDecimal(value.toFixed(digits), language)

const BoardRow = ({ row, column }: { row: Row; column: ColumnName }) => {
  const { t, i18n } = useTranslation('centre')
  const f = row.figures
  return (
    <tr>
      <th scope="row">
        <Who row={row} column={column} />
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
          {t('boards.nobody')}
        </td>
      )}
    </tr>
  )
}

const heads = ['accuracy', 'detection', 'falseAlarm', 'seconds', 'auc', 'dPrime', 'criterion'] as const

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
              <BoardRow key={row.team} row={row} column={board.column} />
            ))}
          </tbody>
        </table>
      </div>
      <p className="muted">{t('boards.basis', { count: board.items, threats: board.threats })}</p>
      {board.rows.some((row) => row.simulatedReaders > 0) && <Note tone="warning">{t('boards.generatedText')}</Note>}
    </Stack>
  )
}

const BoardPage = () => {
  const { t } = useTranslation('centre')
  const can = useCan()
  const [column, setColumn] = useColumn()
  const board = useBoard(column)
  useFreshRoom(figuresKey)
  return (
    <Page title={t('board')}>
      <Stack>
        <ColumnChoice column={column} onChange={setColumn} />
        <Section title={t(`column.${column}`)}>
          {board.error && <ProblemNote problem={problemIn(board.error)} onRetry={() => void board.refetch()} />}
          {board.isPending && <Loading />}
          {board.data && <Headline board={board.data} />}
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
