/** Who may act for one's organisation, and for whom it may act. */
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { GiveMandate, Mandate, MandateRow } from '#schema/identity'
import { get, problemIn, send } from '../../app/api.ts'
import { useCommand } from '../../app/use-command.ts'
import { StatusBadge } from '../../ui/Badge.tsx'
import { Button } from '../../ui/Button.tsx'
import { CodeField } from '../../ui/CodeField.tsx'
import { Dialog, useConfirm } from '../../ui/Dialog.tsx'
import { Choice, DateField, FieldRow } from '../../ui/fields.tsx'
import { Form, useForm } from '../../ui/form.tsx'
import { ProblemNote } from '../../ui/IssueList.tsx'
import { Empty, Loading, Section } from '../../ui/Layout.tsx'
import { Page } from '../../ui/Page.tsx'
import { toast } from '../../ui/toast.tsx'
import { Id, LegalDate } from '../../ui/Values.tsx'
import { useOperators } from './parties.ts'
import css from './trade.module.css'

const scopes = ['import', 'export', 'all'] as const
const statusTone = { coming: 'info', 'in-force': 'ok', over: 'neutral' } as const

const Give = ({ open, onClose }: { open: boolean; onClose: () => void }) => {
  const { t } = useTranslation('trade')
  const operators = useOperators()
  const form = useForm<Partial<GiveMandate>>({ initial: { scope: 'import' } })
  const give = useCommand<Partial<GiveMandate>, Mandate>({
    path: '/api/mandates',
    refresh: [['mandates']],
    onDone: () => {
      toast(t('mandates.wasGiven'), { tone: 'ok' })
      form.reset({ scope: 'import' })
      onClose()
    },
  })
  return (
    <Dialog open={open} title={t('mandates.giveTitle')} onClose={onClose} size="lg">
      <Form
        form={form}
        onSubmit={(value) => give.run(value)}
        actions={
          <Button kind="primary" type="submit" pending={give.pending}>
            {t('mandates.give')}
          </Button>
        }
      >
        <p>{t('mandates.giveText')}</p>
        <CodeField path="/to" label={t('mandates.to')} hint={t('mandates.toHint')} source={operators} width="l" />
        <Choice path="/scope" label={t('mandates.scope')} options={scopes.map((value) => ({ value, label: t(`mandates.scopes.${value}`) }))} inline />
        <FieldRow>
          <DateField path="/validFrom" label={t('mandates.from')} optional />
          <DateField path="/validTo" label={t('mandates.until')} optional />
        </FieldRow>
      </Form>
    </Dialog>
  )
}

const MandateTable = ({ rows, caption, onEnd }: { rows: readonly MandateRow[]; caption: string; onEnd: (row: MandateRow) => void }) => {
  const { t } = useTranslation('trade')
  return (
    <div className={css.scroll} role="group" aria-label={caption} tabIndex={0}>
      <table className={css.table}>
        <thead>
          <tr>
            <th scope="col">{t('mandates.party')}</th>
            <th scope="col">{t('mandates.scope')}</th>
            <th scope="col">{t('mandates.from')}</th>
            <th scope="col">{t('mandates.until')}</th>
            <th scope="col">{t('list.status')}</th>
            <th scope="col">
              <span className="visually-hidden">{t('mandates.end')}</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => {
            const other = row.direction === 'given' ? row.to : row.from
            return (
              <tr key={row.id}>
                <th scope="row">
                  {other.name} <Id value={other.registration} plain />
                </th>
                <td>{t(`mandates.scopes.${row.scope}`)}</td>
                <td>
                  <LegalDate date={row.validFrom} />
                </td>
                <td>{row.validTo ? <LegalDate date={row.validTo} /> : t('mandates.open')}</td>
                <td>
                  <StatusBadge tone={statusTone[row.status]}>{t(`mandates.status.${row.status}`)}</StatusBadge>
                </td>
                <td>
                  {row.status !== 'over' && (
                    <Button size="sm" onClick={() => onEnd(row)} aria-label={`${t('mandates.end')}: ${other.name}`}>
                      {t('mandates.end')}
                    </Button>
                  )}
                </td>
              </tr>
            )
          })}
        </tbody>
      </table>
    </div>
  )
}

const MandatesPage = () => {
  const { t } = useTranslation('trade')
  const ask = useConfirm()
  const [giving, setGiving] = useState(false)
  const mandates = useQuery({ queryKey: ['mandates'], queryFn: ({ signal }) => get<MandateRow[]>('/api/mandates', {}, { signal }) })
  const end = async (row: MandateRow): Promise<void> => {
    if (
      !(await ask({
        title: t('mandates.endTitle'),
        text: t('mandates.endText', { name: row.to.name, client: row.from.name }),
        confirm: t('mandates.end'),
        danger: true,
      }))
    )
      return
    const reply = await send('POST', `/api/mandates/${row.id}/end`, {})
    toast(reply.ok ? t('mandates.ended') : (reply.problem.issues[0]?.code ?? reply.problem.title), { tone: reply.ok ? 'ok' : 'danger' })
    await mandates.refetch()
  }
  const of = (direction: MandateRow['direction']): MandateRow[] => (mandates.data ?? []).filter((row) => row.direction === direction)
  return (
    <Page
      title={t('mandates.title')}
      actions={
        <Button kind="primary" icon="plus" onClick={() => setGiving(true)}>
          {t('mandates.give')}
        </Button>
      }
    >
      {mandates.error && <ProblemNote problem={problemIn(mandates.error)} onRetry={() => void mandates.refetch()} />}
      {mandates.isPending && <Loading />}
      {mandates.data &&
        (['given', 'received'] as const).map((direction) => {
          const rows = of(direction)
          return (
            <Section key={direction} title={t(`mandates.${direction}`)} count={rows.length} flush>
              {rows.length === 0 ? (
                <Empty title={direction === 'given' ? t('mandates.noneGiven') : t('mandates.noneReceived')} text={t('mandates.noneText')} />
              ) : (
                <MandateTable rows={rows} caption={t(`mandates.${direction}`)} onEnd={(row) => void end(row)} />
              )}
            </Section>
          )
        })}
      <Give open={giving} onClose={() => setGiving(false)} />
    </Page>
  )
}

export default MandatesPage
