/** Amending a lodged declaration: the same form, filled; before it is sent one sees what changes, and says why. */
import { useEffect, useMemo, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useNavigate, useParams } from 'react-router'
import type { CaseView, CommandReply, DeclarationDocument } from '#schema/clearance'
import { problemIn, type Reply } from '../../../app/api.ts'
import { useCommand } from '../../../app/use-command.ts'
import { Button } from '../../../ui/Button.tsx'
import { Diff } from '../../../ui/Diff.tsx'
import { TextArea } from '../../../ui/fields.tsx'
import { ProblemNote } from '../../../ui/IssueList.tsx'
import { Empty, Loading, Note, Section, Stack } from '../../../ui/Layout.tsx'
import { forgetCopy, keepCopy, readCopy } from '../../../ui/local-copy.ts'
import { Page } from '../../../ui/Page.tsx'
import { toast } from '../../../ui/toast.tsx'
import { differences, inOneLine, useElementLabel, type Difference } from '../../declaration/elements.ts'
import { useCase } from '../../declaration/use-case.ts'
import { tidy } from './document.ts'
import { FilingForm } from './FilingForm.tsx'
import { useFiling } from './use-filing.ts'

type Kept = { document: DeclarationDocument; reason: string; version: number }

const Changes = ({
  changes,
  reason,
  onReason,
  isMissing,
}: {
  changes: readonly Difference[]
  reason: string
  onReason: (reason: string) => void
  isMissing: boolean
}) => {
  const { t } = useTranslation('filing')
  const label = useElementLabel()
  return (
    <Stack>
      <Section title={t('amend.differences')} count={changes.length}>
        {changes.length === 0 ? (
          <Empty title={t('amend.none')} />
        ) : (
          <Diff changes={changes.map((one) => ({ id: one.path, label: label(one.path), old: inOneLine(one.old), new: inOneLine(one.new) }))} />
        )}
      </Section>
      <TextArea
        label={t('amend.reason')}
        hint={t('amend.reasonHint')}
        value={reason}
        onChange={(text) => onReason(text ?? '')}
        maxLength={2000}
        issues={isMissing ? [{ code: 'form.required', severity: 'error', path: '' }] : []}
      />
    </Stack>
  )
}

const Amending = ({ view }: { view: CaseView }) => {
  const { t } = useTranslation(['filing', 'declaration'])
  const navigate = useNavigate()
  const { mrn, document, version } = view.state
  const copyId = `amend-${mrn}`
  // A copy of an older version would silently take back what has been changed since.
  const [kept] = useState(() => {
    const copy = readCopy<Kept>(copyId)?.value
    return copy?.version === version ? copy : null
  })
  const before = useMemo(() => tidy(document), [document])
  const { form, checked } = useFiling(kept?.document ?? before)
  const [reason, setReason] = useState(kept?.reason ?? '')
  const [tried, setTried] = useState(false)
  const isSent = useRef(false)
  const changes = useMemo(() => differences(before, tidy(form.value)), [before, form.value])
  useEffect(() => {
    if (!isSent.current && (changes.length > 0 || reason !== '')) keepCopy(copyId, { document: form.value, reason, version } satisfies Kept)
  }, [copyId, form.value, reason, version, changes.length])
  const amend = useCommand<{ document: DeclarationDocument; reason: string }, CommandReply>({
    path: `/api/declarations/${mrn}/amendment`,
    refresh: [['declaration', mrn], ['dashboard'], ['list']],
  })
  const submit = async (): Promise<Reply<unknown> | undefined> => {
    setTried(true)
    if (changes.length === 0 || reason.trim() === '') return undefined
    const reply = await amend.run({ document: tidy(form.value), reason: reason.trim() })
    if (!reply.ok) return reply
    isSent.current = true
    forgetCopy(copyId)
    toast(t('amend.sent'), { tone: 'ok' })
    await navigate(`/declarations/${mrn}`)
    return reply
  }
  const discard = (): void => {
    forgetCopy(copyId)
    form.reset(before)
    setReason('')
  }
  return (
    <Page
      title={t('amendTitle', { mrn })}
      crumbs={[
        { label: t('declaration:title'), to: '/declarations' },
        { label: mrn, to: `/declarations/${mrn}` },
      ]}
      actions={changes.length > 0 ? <Button onClick={discard}>{t('amend.discard')}</Button> : undefined}
    >
      {amend.problem && <ProblemNote problem={amend.problem} />}
      <FilingForm
        form={form}
        checked={checked}
        amending
        last={<Changes changes={changes} reason={reason} onReason={setReason} isMissing={tried && reason.trim() === ''} />}
        finish={
          <Button kind="primary" type="submit" pending={amend.pending} disabled={changes.length === 0}>
            {t('amend.send')}
          </Button>
        }
        onSubmit={submit}
      />
    </Page>
  )
}

const AmendPage = () => {
  const { mrn = '' } = useParams()
  const { t } = useTranslation(['filing', 'declaration'])
  const found = useCase(mrn)
  // The version on which one began stays; news of the case must not pull the ground away.
  const first = useRef<CaseView | null>(null)
  if (!first.current && found.data?.allowed.includes('request-amendment')) first.current = found.data
  if (first.current) return <Amending key={mrn} view={first.current} />
  return (
    <Page
      title={t('amendTitle', { mrn })}
      crumbs={[
        { label: t('declaration:title'), to: '/declarations' },
        { label: mrn, to: `/declarations/${mrn}` },
      ]}
    >
      {found.error && <ProblemNote problem={problemIn(found.error)} onRetry={() => void found.refetch()} />}
      {found.isPending && <Loading />}
      {found.data && <Note tone="warning">{t('amend.notNow')}</Note>}
    </Page>
  )
}

export default AmendPage
