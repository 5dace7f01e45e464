// Movements on the bank account: what nothing matched is proposed by one person and confirmed by another.
import { useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { BankEntryRow, MatchTarget } from '#schema/duty'
import { useSession } from '../../app/session.ts'
import { useCommand } from '../../app/use-command.ts'
import { StatusBadge } from '../../ui/Badge.tsx'
import { Button } from '../../ui/Button.tsx'
import { Dialog } from '../../ui/Dialog.tsx'
import { Choice, TextField } from '../../ui/fields.tsx'
import { ProblemNote } from '../../ui/IssueList.tsx'
import { KeyValue, Row, Stack } from '../../ui/Layout.tsx'
import { DataTable, type Column, type Filter, type View } from '../../ui/table/DataTable.tsx'
import { toast } from '../../ui/toast.tsx'
import { Elide, LegalDate, Money } from '../../ui/Values.tsx'

const refresh = [['list'], ['count'], ['revenue']]
const tone = { unmatched: 'warning', proposed: 'info', matched: 'ok' } as const
const reasons = ['no_reference', 'several_references', 'amount_differs', 'nothing_due', 'returned', 'unknown_outgoing', 'currency_differs'] as const

const Propose = ({ entry, onClose }: { entry: BankEntryRow; onClose: () => void }) => {
  const { t } = useTranslation('revenue')
  const [kind, setKind] = useState<MatchTarget['kind']>('debt')
  const [reference, setReference] = useState('')
  const send = useCommand<{ target: MatchTarget }, BankEntryRow>({
    path: `/api/bank-entries/${entry.id}/proposal`,
    refresh,
    onDone: () => {
      toast(t('proposedDone'), { tone: 'ok' })
      onClose()
    },
  })
  const run = (): void => void send.run({ target: { kind, reference: kind === 'sender' ? '-' : reference.trim() } })
  return (
    <Dialog
      open
      title={t('matchTitle')}
      onClose={onClose}
      actions={
        <Button kind="primary" pending={send.pending} disabled={kind !== 'sender' && reference.trim() === ''} onClick={run}>
          {t('propose')}
        </Button>
      }
    >
      <Stack>
        <KeyValue
          columns={2}
          items={[
            { label: t('amount'), value: <Money value={entry.money} /> },
            { label: t('counterparty'), value: entry.counterparty || '–' },
            { label: t('remittance'), value: entry.remittance || '–', wide: true },
          ]}
        />
        {send.problem && <ProblemNote problem={send.problem} />}
        <Choice
          label={t('matchWith')}
          value={kind}
          onChange={(value) => setKind((value as MatchTarget['kind'] | undefined) ?? 'debt')}
          options={(['debt', 'account', 'order', 'sender'] as const).map((value) => ({ value, label: t(`target.${value}`) }))}
        />
        {kind !== 'sender' && (
          <TextField label={t('reference')} mono upper maxLength={70} value={reference} onChange={(text) => setReference(text ?? '')} />
        )}
      </Stack>
    </Dialog>
  )
}

const Proposed = ({ entry }: { entry: BankEntryRow }) => {
  const { t } = useTranslation('revenue')
  const { person } = useSession()
  const confirm = useCommand<void, BankEntryRow>({
    path: `/api/bank-entries/${entry.id}/confirmation`,
    refresh,
    onDone: () => toast(t('matchedDone'), { tone: 'ok' }),
  })
  const back = useCommand<{ target: null }, BankEntryRow>({ path: `/api/bank-entries/${entry.id}/proposal`, refresh })
  const problem = confirm.problem ?? back.problem
  return (
    <Row>
      {entry.proposedById === person.id ? (
        <span className="muted">{t('secondPerson')}</span>
      ) : (
        <Button size="sm" kind="primary" pending={confirm.pending} onClick={() => void confirm.run()}>
          {t('confirm')}
        </Button>
      )}
      <Button size="sm" pending={back.pending} onClick={() => void back.run({ target: null })}>
        {t('takeBack')}
      </Button>
      {problem && <ProblemNote problem={problem} />}
    </Row>
  )
}

const useColumns = (onMatch: (entry: BankEntryRow) => void): readonly Column<BankEntryRow>[] => {
  const { t } = useTranslation('revenue')
  const { permissions } = useSession()
  const may = permissions.includes('duty:reconciliation:work')
  return useMemo(
    () => [
      { id: 'bookedOn', header: t('bookedOn'), sortable: true, cell: (row) => <LegalDate date={row.bookedOn} /> },
      {
        id: 'money',
        header: t('amount'),
        align: 'end',
        sortable: true,
        cell: (row) => <Money value={row.direction === 'in' ? row.money : { ...row.money, minor: -row.money.minor }} />,
      },
      { id: 'counterparty', header: t('counterparty'), sortable: true, cell: (row) => <Elide max="10rem">{row.counterparty}</Elide> },
      { id: 'remittance', header: t('remittance'), cell: (row) => <Elide max="16rem">{row.remittance}</Elide> },
      {
        id: 'status',
        header: t('state'),
        cell: (row) => {
          const reason = reasons.find((r) => r === row.reason)
          return (
            <StatusBadge tone={tone[row.status]}>
              {row.status === 'unmatched' && reason ? t(`matchReason.${reason}`) : t(`entryStatus.${row.status}`)}
            </StatusBadge>
          )
        },
      },
      {
        id: 'target',
        header: t('matchWith'),
        cell: (row) => (row.target ? `${t(`target.${row.target.kind}`)} ${row.target.kind === 'sender' ? '' : row.target.reference}` : '–'),
      },
      {
        id: 'act',
        header: t('action'),
        cell: (row) =>
          !may || row.status === 'matched' ? null : row.status === 'proposed' ? (
            <Proposed entry={row} />
          ) : (
            <Button size="sm" onClick={() => onMatch(row)}>
              {t('match')}
            </Button>
          ),
      },
    ],
    [t, may, onMatch],
  )
}

export const Entries = () => {
  const { t } = useTranslation('revenue')
  const [matching, setMatching] = useState<BankEntryRow | null>(null)
  const columns = useColumns(setMatching)
  const filters = useMemo<readonly Filter[]>(
    () => [
      { id: 'q', kind: 'text', label: t('searchEntries') },
      {
        id: 'status',
        kind: 'choices',
        label: t('state'),
        options: (['unmatched', 'proposed', 'matched'] as const).map((value) => ({ value, label: t(`entryStatus.${value}`) })),
      },
    ],
    [t],
  )
  const views = useMemo<readonly View[]>(
    () => [
      { id: 'waiting', label: t('view.waiting'), query: { status: 'unmatched,proposed' } },
      { id: 'all', label: t('view.all'), query: {} },
    ],
    [t],
  )
  return (
    <>
      <DataTable<BankEntryRow>
        id="bank-entries"
        caption={t('entries')}
        path="/api/bank-entries"
        topic="bank"
        columns={columns}
        filters={filters}
        views={views}
        rowId={(row) => row.id}
        empty={{ title: t('noEntries') }}
      />
      {matching && <Propose entry={matching} onClose={() => setMatching(null)} />}
    </>
  )
}
