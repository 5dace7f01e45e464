/** A tariff file into a proposal: first a dry run with what it would change and which rows are refused, then the proposal itself. */
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useNavigate } from 'react-router'
import type { Issue } from '#kernel/issue.ts'
import type { DifferenceCounts, ImportReport, TariffFile } from '#schema/trade'
import { home } from '#schema/reference'
import { useCommand } from '../../../app/use-command.ts'
import { Button } from '../../../ui/Button.tsx'
import { DateField, Select, TextField } from '../../../ui/fields.tsx'
import { FileDrop } from '../../../ui/FileDrop.tsx'
import { Form, useForm } from '../../../ui/form.tsx'
import { IssueList, ProblemNote } from '../../../ui/IssueList.tsx'
import { KeyValue, Note, Section, Stack } from '../../../ui/Layout.tsx'
import { Page } from '../../../ui/Page.tsx'

const kinds = ['hs', 'usitc', 'uk', 's301'] as const
const mostBytes = 10 * 2 ** 20
type Asked = { kind?: TariffFile['kind']; administration?: string; effectiveFrom?: string; title?: string; fileName?: string; content?: string }
const required = (path: string): Issue => ({ code: 'form.required', severity: 'error', path })
const validate = (a: Asked): Issue[] =>
  (['kind', 'administration', 'effectiveFrom', 'content'] as const).flatMap((name) => (a[name] ? [] : [required(`/${name}`)]))

const Counts = ({ counts }: { counts: DifferenceCounts }) => {
  const { t } = useTranslation('tariff')
  const items = (['added', 'changed', 'ended', 'removed', 'unchanged', 'orphaned'] as const).map((kind) => ({
    id: kind,
    label: t(`kind.${kind}`),
    value: counts[kind],
  }))
  return <KeyValue columns={4} items={items} />
}

const Report = ({ report }: { report: ImportReport }) => {
  const { t } = useTranslation('tariff')
  return (
    <Stack>
      <Section title={t('import.rows')}>
        <KeyValue
          columns={4}
          items={(['read', 'taken', 'refused', 'ignored'] as const).map((name) => ({
            id: name,
            label: t(`import.${name}`),
            value: report.rows[name],
          }))}
        />
      </Section>
      <Section title={t('difference')}>
        <Counts counts={report.difference} />
      </Section>
      {report.refused.length > 0 && (
        <Section title={t('import.refusedRows')} count={report.rows.refused}>
          <IssueList issues={report.refused as Issue[]} />
        </Section>
      )}
      {report.remarks.length > 0 && (
        <Section title={t('import.remarks')} count={report.remarks.length}>
          <IssueList issues={report.remarks.map((r) => r.first as Issue)} />
        </Section>
      )}
      {report.proposalId === null && <Note tone="info">{t('import.nothing')}</Note>}
    </Stack>
  )
}

const ImportPage = () => {
  const { t } = useTranslation('tariff')
  const navigate = useNavigate()
  const [report, setReport] = useState<ImportReport | null>(null)
  const form = useForm<Asked>({ initial: { administration: home }, validate, onChange: () => setReport(null) })
  const load = useCommand<TariffFile, ImportReport>({ path: '/api/trade/imports' })
  const fileOf = (a: Asked, dryRun: boolean): TariffFile => ({ ...(a as Required<Asked>), dryRun })
  const dryRun = async (a: Asked) => {
    const reply = await load.run(fileOf(a, true))
    if (reply.ok) setReport(reply.value)
    return reply
  }
  const take = async (): Promise<void> => {
    const reply = await load.run(fileOf(form.value, false))
    if (!reply.ok) return
    if (reply.value.proposalId) void navigate(`/tariff/changes/${reply.value.proposalId}`)
    else setReport(reply.value)
  }
  const choose = async (files: readonly File[]): Promise<void> => {
    const [file] = files
    if (!file) return
    form.set('/fileName', file.name)
    form.set('/content', await file.text())
  }
  return (
    <Page title={t('importTitle')} crumbs={[{ label: t('changes'), to: '/tariff/changes' }]} narrow>
      <Form
        form={form}
        onSubmit={dryRun}
        actions={
          <Button kind={report ? undefined : 'primary'} type="submit" pending={load.pending}>
            {t('import.dryRun')}
          </Button>
        }
      >
        <Select path="/kind" label={t('import.kind')} options={kinds.map((k) => ({ value: k, label: t(`import.kinds.${k}`) }))} />
        <FileDrop label={t('import.file')} accept={['.csv', '.json', '.jsonl']} maxBytes={mostBytes} onFiles={(files) => void choose(files)} />
        {form.value.fileName && (
          <p>
            <bdi className="mono">{form.value.fileName}</bdi>
          </p>
        )}
        <TextField path="/administration" label={t('import.administration')} hint={t('import.administrationHint')} maxLength={2} mono upper />
        <DateField path="/effectiveFrom" label={t('field.effectiveFrom')} />
        <TextField path="/title" label={t('field.title')} maxLength={200} optional />
      </Form>
      {load.problem && <ProblemNote problem={load.problem} />}
      {report && <Report report={report} />}
      {report && report.proposalId !== null && report.rows.taken > 0 && (
        <p>
          <Button kind="primary" pending={load.pending} onClick={() => void take()}>
            {t('import.take')}
          </Button>
        </p>
      )}
    </Page>
  )
}
export default ImportPage
