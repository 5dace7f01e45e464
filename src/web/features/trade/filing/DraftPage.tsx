/** A draft: saved as one types, checked as one goes, lodged at the end. */
import { useQuery } from '@tanstack/react-query'
import { useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { useNavigate, useParams } from 'react-router'
import type { CommandReply, DeclarationDocument, DraftView } from '#schema/clearance'
import { get, problemIn, type Reply } from '../../../app/api.ts'
import { useCommand } from '../../../app/use-command.ts'
import { SaveState, useAutosave, type Saving } from '../../../ui/autosave.tsx'
import { Button } from '../../../ui/Button.tsx'
import { ProblemNote } from '../../../ui/IssueList.tsx'
import { KeyValue, Loading, Note, Section, Stack } from '../../../ui/Layout.tsx'
import { forgetCopy } from '../../../ui/local-copy.ts'
import { Page } from '../../../ui/Page.tsx'
import { Id, Money } from '../../../ui/Values.tsx'
import { useClientName } from '../../declaration/words.tsx'
import { isTransit } from './document.ts'
import { FilingForm } from './FilingForm.tsx'
import { sendFitting, type Checked } from './server.ts'
import { useFiling } from './use-filing.ts'

type Saved = { revision: number; savedAt: string }

/** Saves on top of the revision that one has seen; on a conflict the newer one is known from the refusal. */
const useDraftSaving = (draft: DraftView, value: DeclarationDocument, onRecover: (value: DeclarationDocument) => void): Saving => {
  const revision = useRef(draft.revision)
  const newer = useRef<number | null>(null)
  return useAutosave<DeclarationDocument>({
    id: `draft-${draft.id}`,
    value,
    onRecover,
    save: async (document, { overwrite }): Promise<Reply<unknown>> => {
      const basedOn = overwrite && newer.current !== null ? newer.current : revision.current
      const { reply } = await sendFitting<Saved>(
        'PUT',
        `/api/drafts/${draft.id}`,
        document,
        (fitting) => ({ document: fitting, basedOn }),
        '/document',
      )
      if (reply.ok) revision.current = reply.value.revision
      else {
        const there = reply.problem.issues.find((issue) => issue.code === 'clearance.draft_changed_elsewhere')?.params?.['revision']
        if (typeof there === 'number') newer.current = there
      }
      return reply
    },
  })
}

const LodgeStep = ({ document, checked }: { document: DeclarationDocument; checked: Checked }) => {
  const { t } = useTranslation(['filing', 'declaration'])
  const clientName = useClientName()
  const errors = checked.issues.filter((issue) => issue.severity === 'error').length
  const party = isTransit(document.declarationType) ? document.declarant : document.declarationType === 'EX' ? document.exporter : document.importer
  const isEarly = ['D', 'E', 'F', 'K'].includes(document.additionalType ?? '')
  return (
    <Stack>
      {!checked.answered && <p role="status">{t('check.checking')}</p>}
      {checked.answered && errors === 0 && (
        <Note tone="ok" title={t('lodge.ready')}>
          {t('lodge.readyText')}
        </Note>
      )}
      {checked.answered && errors > 0 && (
        <Note tone="warning" title={t('lodge.notReady')}>
          {t('lodge.notReadyText')}
        </Note>
      )}
      {isEarly && <Note tone="info">{t('lodge.arriving')}</Note>}
      <Section title={t('lodge.summary')}>
        <KeyValue
          columns={3}
          items={[
            { label: t('declaration:summary.lrn'), value: <Id value={document.lrn} plain /> },
            { label: t('declaration:summary.forWhom'), value: party?.name ?? clientName(party?.id) ?? party?.id ?? '' },
            { label: t('lodge.who'), value: clientName(document.declarant?.id) ?? document.declarant?.id ?? '' },
            { label: t('lodge.lines'), value: document.items.length },
            { label: t('estimate.value'), value: <Money value={checked.assessment?.totals.customsValue} /> },
            { label: t('lodge.pay'), value: <Money value={checked.assessment?.totals.payable} /> },
          ]}
        />
      </Section>
    </Stack>
  )
}

const Filing = ({ draft }: { draft: DraftView }) => {
  const { t } = useTranslation(['filing', 'trade'])
  const navigate = useNavigate()
  const { form, checked } = useFiling(draft.document)
  const saving = useDraftSaving(draft, form.value, form.reset)
  const lodge = useCommand<void, CommandReply>({ path: `/api/drafts/${draft.id}/lodge`, refresh: [['list'], ['dashboard'], ['count']] })
  const submit = async (): Promise<Reply<unknown> | undefined> => {
    if (!(await saving.flush())) return undefined
    const reply = await lodge.run()
    if (reply.ok) {
      forgetCopy(`draft-${draft.id}`)
      await navigate(`/declarations/${reply.value.mrn}/lodged`, { replace: true })
    }
    return reply
  }
  const finish = (
    <Button kind="primary" type="submit" pending={lodge.pending}>
      {t('lodge.lodge')}
    </Button>
  )
  return (
    <Page title={draft.title || t('title')} crumbs={[{ label: t('trade:drafts.title'), to: '/drafts' }]} lead={<SaveState saving={saving} />}>
      {lodge.problem && <ProblemNote problem={lodge.problem} />}
      <FilingForm
        form={form}
        checked={checked}
        amending={false}
        last={<LodgeStep document={form.value} checked={checked} />}
        finish={finish}
        onSubmit={submit}
      />
    </Page>
  )
}

const DraftPage = () => {
  const { id = '' } = useParams()
  const { t } = useTranslation(['filing', 'trade'])
  // Read once on arrival: what is typed then is newer than anything that could be read again.
  const found = useQuery({
    queryKey: ['draft', id],
    queryFn: ({ signal }) => get<DraftView>(`/api/drafts/${id}`, {}, { signal }),
    staleTime: Infinity,
    gcTime: 0,
  })
  const draft = found.data
  if (draft && draft.lodgedMrn === null) return <Filing key={id} draft={draft} />
  return (
    <Page title={t('title')} crumbs={[{ label: t('trade:drafts.title'), to: '/drafts' }]}>
      {found.error && <ProblemNote problem={problemIn(found.error)} onRetry={() => void found.refetch()} />}
      {found.isPending && <Loading />}
      {draft?.lodgedMrn && (
        <Note tone="ok" title={t('draft.lodged')} actions={<Button to={`/declarations/${draft.lodgedMrn}`}>{t('draft.see')}</Button>}>
          {t('draft.lodgedText', { mrn: draft.lodgedMrn })}
        </Note>
      )}
    </Page>
  )
}

export default DraftPage
