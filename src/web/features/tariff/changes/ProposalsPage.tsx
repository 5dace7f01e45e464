/** Proposed changes of the tariff: what is drafted, what waits for the second person, what is in force. */
import { useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useNavigate } from 'react-router'
import { proposalStatuses, type NewProposal, type Proposal } from '#schema/trade'
import type { Static } from 'typebox'
import { useCan } from '../../../app/session.ts'
import { useCommand } from '../../../app/use-command.ts'
import { StatusBadge, type Tone } from '../../../ui/Badge.tsx'
import { Button } from '../../../ui/Button.tsx'
import { Dialog } from '../../../ui/Dialog.tsx'
import { DateField, TextArea, TextField } from '../../../ui/fields.tsx'
import { Form, useForm } from '../../../ui/form.tsx'
import { Page } from '../../../ui/Page.tsx'
import { DataTable, type Column, type Filter } from '../../../ui/table/DataTable.tsx'
import { Instant, LegalDate } from '../../../ui/Values.tsx'

type New = Partial<Static<typeof NewProposal>>
export const statusTone: Readonly<Record<Proposal['status'], Tone>> = { draft: 'neutral', proposed: 'warning', activated: 'ok', withdrawn: 'neutral' }
const required = (path: string) => ({ code: 'form.required', severity: 'error' as const, path })
const validate = (n: New) => (['title', 'reason', 'effectiveFrom'] as const).flatMap((name) => (n[name] ? [] : [required(`/${name}`)]))

const NewDialog = ({ onClose }: { onClose: () => void }) => {
  const { t } = useTranslation('tariff')
  const navigate = useNavigate()
  const form = useForm<New>({ initial: {}, validate })
  const begin = useCommand<New, Proposal>({ path: '/api/trade/proposals', onDone: (p) => void navigate(`/tariff/changes/${p.id}`) })
  return (
    <Dialog open title={t('newProposal')} onClose={onClose}>
      <Form
        form={form}
        onSubmit={(n) => begin.run(n)}
        actions={
          <Button kind="primary" type="submit" pending={begin.pending}>
            {t('begin')}
          </Button>
        }
      >
        <TextField path="/title" label={t('field.title')} maxLength={200} />
        <TextArea path="/reason" label={t('field.reason')} rows={3} maxLength={2000} />
        <DateField path="/effectiveFrom" label={t('field.effectiveFrom')} />
      </Form>
    </Dialog>
  )
}

const ProposalsPage = () => {
  const { t } = useTranslation('tariff')
  const can = useCan()
  const [beginning, setBeginning] = useState(false)
  const columns = useMemo(
    (): Column<Proposal>[] => [
      { id: 'title', header: t('field.title'), sortable: true, cell: (p) => <bdi>{p.title}</bdi> },
      {
        id: 'status',
        header: t('column.status'),
        sortable: true,
        cell: (p) => <StatusBadge tone={statusTone[p.status]}>{t(`proposalStatus.${p.status}`)}</StatusBadge>,
      },
      { id: 'kind', header: t('column.kind'), cell: (p) => t(`proposalKind.${p.kind}`) },
      { id: 'changeCount', header: t('column.changes'), align: 'end', sortable: true, cell: (p) => p.changeCount },
      { id: 'effectiveFrom', header: t('field.effectiveFrom'), sortable: true, cell: (p) => <LegalDate date={p.effectiveFrom} /> },
      { id: 'authors', header: t('column.authors'), cell: (p) => p.authors.map((a) => a.name).join(', ') },
      { id: 'createdAt', header: t('column.created'), sortable: true, cell: (p) => <Instant at={p.createdAt} /> },
    ],
    [t],
  )
  const filters = useMemo(
    (): Filter[] => [
      { id: 'q', kind: 'text', label: t('field.title') },
      {
        id: 'status',
        kind: 'choices',
        label: t('column.status'),
        options: proposalStatuses.map((s) => ({ value: s, label: t(`proposalStatus.${s}`) })),
      },
    ],
    [t],
  )
  return (
    <Page
      title={t('changes')}
      fill
      actions={
        can('trade:tariff:propose') ? (
          <>
            <Button icon="upload" to="/tariff/changes/import">
              {t('importTitle')}
            </Button>
            <Button icon="plus" kind="primary" onClick={() => setBeginning(true)}>
              {t('newProposal')}
            </Button>
          </>
        ) : undefined
      }
    >
      <DataTable<Proposal>
        id="tariff-changes"
        caption={t('changes')}
        path="/api/trade/proposals"
        topic="trade"
        columns={columns}
        filters={filters}
        rowId={(p) => p.id}
        rowHref={(p) => `/tariff/changes/${p.id}`}
        empty={{ title: t('noProposals') }}
        fill
      />
      {beginning && <NewDialog onClose={() => setBeginning(false)} />}
    </Page>
  )
}
export default ProposalsPage
