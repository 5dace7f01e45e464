/** Selections as they are made: the lane, by what it was chosen, and what was found. The list runs by itself; paused, news waits above it. */
import { useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { chosenBy, type DecisionRow } from '#schema/risk'
import { formatCount, formatPercent } from '../../i18n/format.ts'
import { LaneBadge } from '../../ui/Badge.tsx'
import { Button } from '../../ui/Button.tsx'
import { Page } from '../../ui/Page.tsx'
import { DataTable, type Column, type Filter } from '../../ui/table/DataTable.tsx'
import { Id, Instant } from '../../ui/Values.tsx'
import { lanes, ResultBadge } from './words.tsx'

const useColumns = (): Column<DecisionRow>[] => {
  const { t, i18n } = useTranslation('risk')
  return useMemo(
    () => [
      { id: 'reference', header: t('reference'), sortable: true, cell: (row) => <Id value={row.reference} plain /> },
      { id: 'lane', header: t('lane'), sortable: true, cell: (row) => <LaneBadge lane={row.lane} /> },
      { id: 'chosenBy', header: t('chosenBy'), cell: (row) => (row.chosenBy ? t(`chosenByKind.${row.chosenBy}`) : '–') },
      { id: 'hits', header: t('hitsCount'), align: 'end', sortable: true, cell: (row) => formatCount(row.hits, i18n.language) },
      {
        id: 'score',
        header: t('score'),
        align: 'end',
        cell: (row) => (row.rank === null ? '–' : formatPercent(row.rank, i18n.language)),
      },
      { id: 'result', header: t('result'), sortable: true, cell: (row) => <ResultBadge result={row.result} /> },
      { id: 'office', header: t('office'), sortable: true, cell: (row) => <Id value={row.office} plain /> },
      { id: 'importer', header: t('importer'), cell: (row) => (row.importer ? <Id value={row.importer} plain /> : '–') },
      { id: 'decidedAt', header: t('decidedAt'), sortable: true, cell: (row) => <Instant at={row.decidedAt} /> },
    ],
    [t, i18n.language],
  )
}

const DecisionsPage = () => {
  const { t } = useTranslation(['risk', 'common'])
  const [follows, setFollows] = useState(true)
  const filters = useMemo(
    (): Filter[] => [
      { id: 'q', kind: 'text', label: t('reference') },
      { id: 'lane', kind: 'choice', label: t('lane'), options: lanes.map((value) => ({ value, label: t(`common:lane.${value}`) })) },
      { id: 'chosenBy', kind: 'choice', label: t('chosenBy'), options: chosenBy.map((value) => ({ value, label: t(`chosenByKind.${value}`) })) },
      { id: 'profile', kind: 'text', label: t('code') },
    ],
    [t],
  )
  return (
    <Page title={t('decisions')} fill>
      <DataTable<DecisionRow>
        id="risk-decisions"
        caption={t('decisions')}
        path="/api/risk/decisions"
        topic="declaration"
        follow={follows}
        actions={
          <Button size="sm" icon={follows ? 'pause' : 'play'} onClick={() => setFollows(!follows)}>
            {t(follows ? 'pause' : 'follow')}
          </Button>
        }
        columns={useColumns()}
        filters={filters}
        rowId={(row) => row.id}
        rowHref={(row) => `/risk/decisions/${row.id}`}
        empty={{ title: t('noDecisions'), text: t('noDecisionsText') }}
        fill
      />
    </Page>
  )
}
export default DecisionsPage
