// The form with every field, autosave, lines from a spreadsheet, files.
import { useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { isDecimal } from '#kernel/decimal.ts'
import { error, warning, type Issue } from '#kernel/issue.ts'
import { SaveState, useAutosave } from '../../ui/autosave.tsx'
import { Button } from '../../ui/Button.tsx'
import { CodeField } from '../../ui/CodeField.tsx'
import { Checkbox, Choice, DateField, DecimalField, FieldRow, MoneyField, Select, TextArea, TextField, type Amount } from '../../ui/fields.tsx'
import { FileDrop } from '../../ui/FileDrop.tsx'
import { Form, useForm } from '../../ui/form.tsx'
import { Columns, Row, Section, Stack } from '../../ui/Layout.tsx'
import { PasteRows } from '../../ui/PasteRows.tsx'
import { toast } from '../../ui/toast.tsx'
import { countries } from './sample.ts'

type Line = {
  lrn?: string
  declarant: string
  origin?: string
  price?: Amount
  netMassKg?: string
  grossMassKg?: string
  taxPoint?: string
  description?: string
  containerised?: boolean
  representation?: string
  incoterm?: string
}

const validate = (line: Line): Issue[] => {
  const issues: Issue[] = []
  for (const path of ['lrn', 'origin', 'description'] as const) if (!line[path]) issues.push(error('form.required', `/${path}`))
  for (const path of ['netMassKg', 'grossMassKg'] as const)
    if (line[path] !== undefined && !isDecimal(line[path])) issues.push(error('form.not_a_number', `/${path}`, { value: line[path] }))
  if (line.description !== undefined && line.description.length < 5)
    issues.push(warning('clearance.description_vague', '/description', { item: 1, value: line.description }))
  return issues
}

const KitForm = () => {
  const { t } = useTranslation('kit')
  const form = useForm<Line>({ initial: { declarant: 'Halberd Brokers', price: { currency: 'VRC' } }, validate })
  return (
    <Form
      form={form}
      onSubmit={() => void toast(t('accepted'), { tone: 'ok' })}
      actions={
        <Button kind="primary" type="submit">
          {t('lodge')}
        </Button>
      }
    >
      <FieldRow>
        <TextField path="/lrn" label={t('lrn')} hint={t('lrnHint')} code="DE 2/5" maxLength={22} mono upper />
        <TextField path="/declarant" label={t('readOnly')} readOnly />
        <CodeField path="/origin" label={t('origin')} code="DE 5/15" source={countries} width="s" />
      </FieldRow>
      <FieldRow>
        <MoneyField path="/price" label={t('price')} code="DE 4/14" currencies={['VRC', 'EUR', 'USD']} />
        <DecimalField path="/netMassKg" label={t('netMass')} unit="kg" optional />
        <DecimalField path="/grossMassKg" label={t('grossMass')} unit="kg" optional />
        <DateField path="/taxPoint" label={t('taxPoint')} optional />
        <Select
          path="/incoterm"
          label={t('incoterm')}
          nothing=""
          width="s"
          options={['CIF', 'DAP', 'FOB'].map((code) => ({ value: code, label: code }))}
        />
      </FieldRow>
      <TextArea path="/description" label={t('description')} code="DE 6/8" maxLength={512} rows={2} />
      <Checkbox path="/containerised" label={t('containerised')} />
      <Choice
        path="/representation"
        label={t('representation')}
        inline
        options={[
          { value: '2', label: t('direct'), hint: t('directHint') },
          { value: '3', label: t('indirect'), hint: t('indirectHint') },
        ]}
      />
    </Form>
  )
}

const succeed = async () => ({ ok: true as const, value: null })
const refuse = async () => ({ ok: false as const, problem: { status: 0, title: '', correlationId: null, issues: [error('network.unreachable')] } })

const Saved = ({ label, fails = false }: { label: string; fails?: boolean }) => {
  const [text, setText] = useState('')
  // Never blocks the way out of this page: the field that fails does so on purpose.
  const saving = useAutosave({ id: `kit-${fails}`, value: text, save: fails ? refuse : succeed, onRecover: setText, guard: false })
  return (
    <Stack>
      <TextField label={label} value={text} onChange={(next) => setText(next ?? '')} width="l" />
      <SaveState saving={saving} />
    </Stack>
  )
}

const Paste = () => {
  const { t } = useTranslation('kit')
  const [open, setOpen] = useState(false)
  const columns = useMemo(
    () => [
      { id: 'cnCode', label: t('commodity'), aliases: ['HS'], required: true, parse: (text: string) => (/^\d{8}$/.test(text) ? text : null) },
      { id: 'description', label: t('description') },
      { id: 'grossMassKg', label: t('grossMass') },
    ],
    [t],
  )
  return (
    <Row>
      <Button icon="columns" onClick={() => setOpen(true)}>
        {t('pasteRows')}
      </Button>
      <PasteRows
        open={open}
        columns={columns}
        onClose={() => setOpen(false)}
        onRows={(rows) => toast(t('pasted', { count: rows.length }), { tone: 'ok' })}
      />
    </Row>
  )
}

export const FormParts = () => {
  const { t } = useTranslation('kit')
  return (
    <>
      <Section title={t('form')}>
        <KitForm />
      </Section>
      <Columns
        aside={
          <Section title={t('files')}>
            <Stack>
              <FileDrop
                label={t('filesLabel')}
                accept={['.xml']}
                maxBytes={2 ** 20}
                multiple
                onFiles={(files) => toast(files.map((file) => file.name).join(', '))}
              />
              <Paste />
            </Stack>
          </Section>
        }
      >
        <Section title={t('autosave')}>
          <Stack>
            <p className="muted">{t('autosaveText')}</p>
            <Saved label={t('note')} />
            <Saved label={t('failingNote')} fails />
          </Stack>
        </Section>
      </Columns>
    </>
  )
}
