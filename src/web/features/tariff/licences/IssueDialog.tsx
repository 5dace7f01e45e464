// A new licence.
import { useTranslation } from 'react-i18next'
import { useNavigate } from 'react-router'
import type { Issue } from '#kernel/issue.ts'
import type { IssueLicence } from '#schema/trade'
import { useCommand } from '../../../app/use-command.ts'
import { Button } from '../../../ui/Button.tsx'
import { Dialog } from '../../../ui/Dialog.tsx'
import { DateField, DecimalField, FieldRow, TextField } from '../../../ui/fields.tsx'
import { Form, useForm } from '../../../ui/form.tsx'
import { toast } from '../../../ui/toast.tsx'

type Entry = Partial<Omit<IssueLicence, 'commodities' | 'origins'>> & { commodities?: string; origins?: string }
const mandatory = ['documentCode', 'number', 'holder', 'commodities', 'quantity', 'unit', 'validFrom', 'validTo', 'office'] as const
const validate = (e: Entry): Issue[] =>
  mandatory.filter((name) => !e[name]).map((name) => ({ code: 'form.required', severity: 'error', path: `/${name}` }))

const listOf = (text: string | undefined): string[] =>
  (text ?? '')
    .split(/[,\s]+/)
    .map((w) => w.trim().toUpperCase())
    .filter(Boolean)

export const IssueDialog = ({ onClose }: { onClose: () => void }) => {
  const { t } = useTranslation('quota')
  const navigate = useNavigate()
  const form = useForm<Entry>({ initial: { documentCode: 'L001', unit: 'KGM', tolerancePercent: '0' }, validate })
  const issue = useCommand<unknown, { id: string }>({
    path: '/api/trade/licences',
    refresh: [['list', '/api/trade/licences']],
    onDone: ({ id }) => {
      toast(t('licences.issued'), { tone: 'ok' })
      void navigate(`/licences/${id}`)
    },
  })
  const submit = (e: Entry) =>
    issue.run({ ...e, tolerancePercent: e.tolerancePercent ?? '0', commodities: listOf(e.commodities), origins: listOf(e.origins) })
  return (
    <Dialog open title={t('licences.issue')} onClose={onClose} size="lg">
      <Form
        form={form}
        onSubmit={submit}
        actions={
          <Button kind="primary" type="submit" pending={issue.pending}>
            {t('licences.issue')}
          </Button>
        }
      >
        <FieldRow>
          <TextField path="/documentCode" label={t('licences.document')} mono upper maxLength={4} width="s" />
          <TextField path="/number" label={t('licences.number')} mono maxLength={70} />
          <TextField path="/holder" label={t('licences.holder')} mono upper maxLength={35} />
        </FieldRow>
        <FieldRow>
          <DecimalField path="/quantity" label={t('licences.quantity')} />
          <TextField path="/unit" label={t('licences.unit')} mono upper maxLength={12} width="s" />
          <DecimalField path="/tolerancePercent" label={t('licences.tolerance')} unit="%" width="s" />
        </FieldRow>
        <FieldRow>
          <TextField path="/commodities" label={t('commodities')} hint={t('licences.codesHint')} mono />
          <TextField path="/origins" label={t('origins')} mono upper optional />
          <TextField path="/orderNumber" label={t('licences.quotaOrder')} mono maxLength={6} width="s" optional />
        </FieldRow>
        <FieldRow>
          <DateField path="/validFrom" label={t('licences.from')} />
          <DateField path="/validTo" label={t('licences.to')} />
          <TextField path="/office" label={t('licences.office')} mono upper maxLength={17} />
        </FieldRow>
      </Form>
    </Dialog>
  )
}
