/** A measure into a proposal: another rate from a day on, a correction, an end, or a new measure. Nothing is in force before a second person activates it. */
import { useQuery } from '@tanstack/react-query'
import { useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useNavigate } from 'react-router'
import type { Static } from 'typebox'
import { measureTypes, type Change, type Measure, type Proposal, type RecordHistory } from '#schema/trade'
import { home } from '#schema/reference'
import { get, problemIn, type Reply, send } from '../../../app/api.ts'
import { Button } from '../../../ui/Button.tsx'
import { CodeField } from '../../../ui/CodeField.tsx'
import { Dialog } from '../../../ui/Dialog.tsx'
import { Choice, DateField, FieldRow, Select, TextArea, TextField } from '../../../ui/fields.tsx'
import { Form, useForm } from '../../../ui/form.tsx'
import { ProblemNote } from '../../../ui/IssueList.tsx'
import { Loading, Note } from '../../../ui/Layout.tsx'
import { toast } from '../../../ui/toast.tsx'
import { useTypeName } from '../words.ts'
import { changesOf, entryOf, validate, type Entry, type Way } from './measure.ts'

/** `id`: the measure that is changed; without it a new one of the commodity is made. */
export type MeasureStart = { commodity: string; id?: string }

const areas = async (text: string, signal: AbortSignal): Promise<{ code: string; name: string }[]> => {
  const [groups, countries] = await Promise.all([
    get<{ rows: { code: string; name: string }[] }>('/api/trade/areas', {}, { signal }),
    get<{ rows: { code: string; name: string }[] }>('/api/reference/countries', { q: text, limit: 30 }, { signal }),
  ])
  const words = text.toLowerCase()
  return [...groups.rows.filter((g) => `${g.code} ${g.name}`.toLowerCase().includes(words)), ...countries.rows]
}

const useDrafts = () =>
  useQuery({
    queryKey: ['tariff-drafts'],
    queryFn: ({ signal }) => get<{ rows: Proposal[] }>('/api/trade/proposals', { status: 'draft', size: 100 }, { signal }),
  })

const useMeasure = (id: string | undefined) =>
  useQuery({
    queryKey: ['measure-history', id],
    queryFn: ({ signal }) => get<Static<typeof RecordHistory>>('/api/trade/measures/history', { id }, { signal }),
    enabled: id !== undefined,
  })

type Whole = Entry & { proposal?: string; title?: string; reason?: string }
const today = (): string => new Date().toISOString().slice(0, 10)
const required = (path: string) => ({ code: 'form.required', severity: 'error' as const, path })
const check = (e: Whole) => [
  ...validate(e),
  ...(e.proposal || (e.title && e.reason) ? [] : [...(e.title ? [] : [required('/title')]), ...(e.reason ? [] : [required('/reason')])]),
]

/** Puts the changes into the chosen draft, or into a new one. */
const propose = async (e: Whole, changes: Change[]): Promise<Reply<Proposal>> => {
  let id = e.proposal
  if (!id) {
    const begun = await send<Proposal>('POST', '/api/trade/proposals', {
      title: e.title,
      reason: e.reason,
      effectiveFrom: e.day ?? e.validFrom ?? today(),
    })
    if (!begun.ok) return begun
    id = begun.value.id
  }
  return send<Proposal>('POST', `/api/trade/proposals/${id}/changes`, { put: changes })
}

const Details = () => {
  const { t } = useTranslation('tariff')
  const typeName = useTypeName()
  const types = useMemo(() => Object.keys(measureTypes).map((code) => ({ code, name: typeName(code) })), [typeName])
  return (
    <>
      <FieldRow>
        <CodeField path="/type" label={t('field.type')} source={types} maxLength={3} />
        <TextField path="/taxType" label={t('field.taxType')} maxLength={3} mono upper />
      </FieldRow>
      <TextField path="/expression" label={t('field.expression')} hint={t('field.expressionHint')} optional />
      <FieldRow>
        <CodeField path="/area" label={t('field.area')} source={areas} maxLength={4} />
        <TextField path="/excluded" label={t('field.excluded')} mono upper optional />
      </FieldRow>
      <FieldRow>
        <TextField path="/preferences" label={t('field.preferences')} mono optional />
        <TextField path="/orderNumber" label={t('field.orderNumber')} maxLength={6} mono optional />
        <TextField path="/additionalCode" label={t('field.additionalCode')} maxLength={4} mono upper optional />
      </FieldRow>
      <TextArea path="/conditions" label={t('field.conditions')} hint={t('field.conditionsHint')} rows={3} optional />
      <FieldRow>
        <TextField path="/documents" label={t('field.documents')} mono upper optional />
        <TextField path="/supplementaryUnit" label={t('field.unit')} maxLength={4} mono upper optional />
      </FieldRow>
      <TextField path="/source" label={t('field.source')} maxLength={100} />
    </>
  )
}

const Ask = ({
  before,
  start,
  drafts,
  onClose,
}: {
  before: Measure | null
  start: MeasureStart
  drafts: readonly Proposal[]
  onClose: () => void
}) => {
  const { t } = useTranslation('tariff')
  const navigate = useNavigate()
  const [newId] = useState(() => crypto.randomUUID())
  const form = useForm<Whole>({
    initial: before ? entryOf(before) : { way: 'new', commodity: start.commodity, area: '1011', validFrom: today() },
    validate: check,
  })
  const { way } = form.value
  const ways: Way[] = before ? ['from', 'correct', 'end'] : ['new']
  const submit = async (e: Whole) => {
    const reply = await propose(e, changesOf(e, before, before?.administration ?? home, newId))
    if (reply.ok) {
      toast(t('proposed'), { tone: 'ok' })
      onClose()
      void navigate(`/tariff/changes/${reply.value.id}`)
    }
    return reply
  }
  return (
    <Form
      form={form}
      onSubmit={submit}
      actions={
        <Button kind="primary" type="submit">
          {t('putIntoProposal')}
        </Button>
      }
    >
      {before && (
        <Choice path="/way" label={t('way.title')} options={ways.map((w) => ({ value: w, label: t(`way.${w}`), hint: t(`wayHint.${w}`) }))} />
      )}
      {(way === 'from' || way === 'end') && <DateField path="/day" label={t('field.day')} />}
      {(way === 'new' || way === 'correct') && (
        <FieldRow>
          <DateField path="/validFrom" label={t('field.validFrom')} />
          <DateField path="/validTo" label={t('field.validTo')} optional />
        </FieldRow>
      )}
      {way !== 'end' && <Details />}
      <Select
        path="/proposal"
        label={t('field.proposal')}
        options={drafts.map((d) => ({ value: d.id, label: d.title }))}
        hint={t('field.proposalHint')}
        optional
      />
      {!form.value.proposal && (
        <>
          <TextField path="/title" label={t('field.title')} maxLength={200} />
          <TextArea path="/reason" label={t('field.reason')} rows={2} maxLength={2000} />
        </>
      )}
    </Form>
  )
}

export const MeasureDialog = ({ start, onClose }: { start: MeasureStart; onClose: () => void }) => {
  const { t } = useTranslation('tariff')
  const drafts = useDrafts()
  const history = useMeasure(start.id)
  const before = (history.data?.records.find((r) => r.recordedTo === undefined)?.row as Measure | undefined) ?? null
  const ready = drafts.data && (start.id === undefined || history.data)
  return (
    <Dialog open title={start.id ? t('changeMeasure') : t('addMeasure')} onClose={onClose} size="lg" firm={false}>
      {(history.error ?? drafts.error) && <ProblemNote problem={problemIn(history.error ?? drafts.error)} />}
      {start.id && history.data && !before && <Note tone="warning">{t('gone')}</Note>}
      {!ready && !history.error && !drafts.error && <Loading />}
      {ready && (start.id === undefined || before) && <Ask before={before} start={start} drafts={drafts.data.rows} onClose={onClose} />}
    </Dialog>
  )
}
