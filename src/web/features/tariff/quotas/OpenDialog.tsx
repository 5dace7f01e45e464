// A new quota, or a further period of one.
import { useTranslation } from 'react-i18next'
import { useNavigate } from 'react-router'
import type { Issue } from '#kernel/issue.ts'
import type { OpenQuota } from '#schema/trade'
import { useCommand } from '../../../app/use-command.ts'
import { Button } from '../../../ui/Button.tsx'
import { Dialog } from '../../../ui/Dialog.tsx'
import { Checkbox, DateField, DecimalField, FieldRow, TextField } from '../../../ui/fields.tsx'
import { Form, useForm } from '../../../ui/form.tsx'
import { toast } from '../../../ui/toast.tsx'
import { wordsOf } from '../origin/materials.ts'

type Entry = Partial<Omit<OpenQuota, 'commodities' | 'origins' | 'names' | 'precision'>> & {
  name?: string
  commodities?: string
  origins?: string
  precision?: string
}
const mandatory = [
  'orderNumber',
  'name',
  'commodities',
  'legalBase',
  'validFrom',
  'validTo',
  'volume',
  'unit',
  'precision',
  'criticalPercent',
] as const
const validate = (e: Entry): Issue[] =>
  mandatory.filter((name) => !e[name]).map((name) => ({ code: 'form.required', severity: 'error', path: `/${name}` }))

const bodyOf = ({ name, commodities, origins, precision, criticalFromStart, ...rest }: Entry) => ({
  ...rest,
  names: { en: name },
  commodities: wordsOf(commodities),
  origins: wordsOf(origins?.toUpperCase()),
  precision: Number(precision),
  criticalFromStart: criticalFromStart ?? false,
})

export const OpenDialog = ({ onClose }: { onClose: () => void }) => {
  const { t } = useTranslation('quota')
  const navigate = useNavigate()
  const form = useForm<Entry>({ initial: { unit: 'TNE', precision: '3', criticalPercent: '90' }, validate })
  const open = useCommand<Entry>({
    path: '/api/trade/quotas',
    body: bodyOf,
    refresh: [['list', '/api/trade/quotas']],
    onDone: (_, e) => {
      toast(t('open.done'), { tone: 'ok' })
      void navigate(`/quotas/${e.orderNumber}`)
    },
  })
  return (
    <Dialog open title={t('open.title')} onClose={onClose} size="lg">
      <Form
        form={form}
        onSubmit={(e) => open.run(e)}
        actions={
          <Button kind="primary" type="submit" pending={open.pending}>
            {t('open.title')}
          </Button>
        }
      >
        <FieldRow>
          <TextField path="/orderNumber" label={t('order')} hint={t('open.orderHint')} mono inputMode="numeric" maxLength={6} width="s" />
          <TextField path="/name" label={t('name')} maxLength={200} />
        </FieldRow>
        <FieldRow>
          <TextField path="/commodities" label={t('commodities')} hint={t('licences.codesHint')} mono />
          <TextField path="/origins" label={t('origins')} mono upper optional />
        </FieldRow>
        <FieldRow>
          <DateField path="/validFrom" label={t('licences.from')} />
          <DateField path="/validTo" label={t('licences.to')} />
          <TextField path="/legalBase" label={t('legalBase')} maxLength={200} />
        </FieldRow>
        <FieldRow>
          <DecimalField path="/volume" label={t('volume')} />
          <TextField path="/unit" label={t('licences.unit')} mono upper maxLength={12} width="s" />
          <DecimalField path="/precision" label={t('open.precision')} width="s" />
          <DecimalField path="/criticalPercent" label={t('criticalAt')} unit="%" width="s" />
        </FieldRow>
        <Checkbox path="/criticalFromStart" label={t('open.fromStart')} />
      </Form>
    </Dialog>
  )
}
