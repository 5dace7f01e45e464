/** Drafts of one's organisation, newest first. */
import { useQueryClient } from '@tanstack/react-query'
import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import type { DraftRow } from '#schema/clearance'
import { send } from '../../app/api.ts'
import { Button } from '../../ui/Button.tsx'
import { useConfirm } from '../../ui/Dialog.tsx'
import { forgetCopy } from '../../ui/local-copy.ts'
import { Page } from '../../ui/Page.tsx'
import { DataTable, type Column } from '../../ui/table/DataTable.tsx'
import { toast } from '../../ui/toast.tsx'
import { Elide, Id, Instant } from '../../ui/Values.tsx'
import { useClientName } from '../declaration/words.tsx'

const rowId = (row: DraftRow): string => row.id
const rowHref = (row: DraftRow): string => `/drafts/${row.id}`

const Remove = ({ ids, clear }: { ids: readonly string[]; clear: () => void }) => {
  const { t } = useTranslation('trade')
  const ask = useConfirm()
  const client = useQueryClient()
  const remove = async (): Promise<void> => {
    if (
      !(await ask({ title: t('drafts.removeAsk'), text: t('drafts.removeText', { count: ids.length }), confirm: t('drafts.remove'), danger: true }))
    )
      return
    const replies = await Promise.all(ids.map((id) => send('DELETE', `/api/drafts/${id}`)))
    for (const id of ids) forgetCopy(`draft-${id}`)
    clear()
    toast(t('drafts.removed', { count: replies.filter((reply) => reply.ok).length }), { tone: 'ok' })
    await Promise.all([client.invalidateQueries({ queryKey: ['list', '/api/drafts'] }), client.invalidateQueries({ queryKey: ['count'] })])
  }
  return (
    <Button size="sm" kind="danger" icon="trash" onClick={() => void remove()}>
      {t('drafts.remove')}
    </Button>
  )
}

const DraftsPage = () => {
  const { t } = useTranslation('trade')
  const clientName = useClientName()
  const columns = useMemo(
    (): Column<DraftRow>[] => [
      { id: 'title', header: t('drafts.name'), cell: (row) => <Elide max="24rem">{row.title || t('today.untitled')}</Elide> },
      { id: 'lrn', header: t('drafts.lrn'), cell: (row) => <Id value={row.lrn} plain /> },
      {
        id: 'trader',
        header: t('drafts.trader'),
        cell: (row) => <Elide max="14rem">{clientName(row.trader ?? undefined) ?? row.trader ?? '–'}</Elide>,
      },
      { id: 'items', header: t('drafts.lines'), align: 'end', cell: (row) => row.items },
      { id: 'updatedAt', header: t('drafts.changed'), cell: (row) => <Instant at={row.updatedAt} /> },
      { id: 'createdAt', header: t('drafts.begun'), hidden: true, cell: (row) => <Instant at={row.createdAt} /> },
    ],
    [t, clientName],
  )
  const create = (
    <Button kind="primary" icon="plus" to="/drafts/new">
      {t('today.new')}
    </Button>
  )
  return (
    <Page title={t('drafts.title')} fill>
      <DataTable<DraftRow>
        id="drafts"
        caption={t('drafts.caption')}
        path="/api/drafts"
        rowId={rowId}
        rowHref={rowHref}
        columns={columns}
        selection={(ids, clear) => <Remove ids={ids} clear={clear} />}
        actions={create}
        fill
        empty={{ title: t('drafts.empty'), text: t('drafts.emptyText'), action: create }}
      />
    </Page>
  )
}

export default DraftsPage
