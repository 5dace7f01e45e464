/** An examination on a tablet beside the goods: large targets, line by line, kept on the device until it is finished. */
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useNavigate, useParams } from 'react-router'
import type { CaseView, CommandReply, Control, DeclarationItem } from '#schema/clearance'
import { problemOf } from '../../app/api.ts'
import { useCommand } from '../../app/use-command.ts'
import { LaneBadge } from '../../ui/Badge.tsx'
import { Button } from '../../ui/Button.tsx'
import { TextArea } from '../../ui/fields.tsx'
import { ProblemNote } from '../../ui/IssueList.tsx'
import { KeyValue, Loading, Note, Section, Stack } from '../../ui/Layout.tsx'
import { forgetCopy, keepCopy, readCopy } from '../../ui/local-copy.ts'
import { Page } from '../../ui/Page.tsx'
import { AgeBar } from '../../ui/Progress.tsx'
import { toast } from '../../ui/toast.tsx'
import { Id, Mass } from '../../ui/Values.tsx'
import { useCase } from '../declaration/use-case.ts'
import { begun, checkedLines, type Examination, isConform, markLine, missingIn, resultOf, withFindings } from './examination.ts'
import { declaredValue, Findings } from './Findings.tsx'
import { firmOf, instructionOf, useReasonText } from './reasons.tsx'
import css from './examination.module.css'

const ExaminationPage = () => {
  const { mrn = '', id } = useParams()
  const { t } = useTranslation('work')
  const found = useCase(mrn)
  const control = found.data?.state.controls.find((one) => (id ? one.id === id : one.kind === 'physical' && one.status === 'open'))
  const problem = problemOf(found.error)
  return (
    <Page title={t('examine.one')} crumbs={[{ label: t('examine.title'), to: '/examinations' }]} narrow>
      {found.isPending && <Loading />}
      {problem && <ProblemNote problem={problem} onRetry={() => void found.refetch()} />}
      {found.data &&
        (control?.status === 'open' ? (
          <InHand key={control.id} view={found.data} control={control} />
        ) : (
          <Note tone="info" title={t('examine.closed')} actions={<Button to={`/declarations/${mrn}`}>{t('examine.toCase')}</Button>} />
        ))}
    </Page>
  )
}
export default ExaminationPage

const useKept = (id: string): [Examination, (next: Examination) => void] => {
  const [examination, setExamination] = useState<Examination>(() => readCopy<Examination>(id)?.value ?? begun)
  return [
    examination,
    (next) => {
      keepCopy(id, next)
      setExamination(next)
    },
  ]
}

const InHand = ({ view, control }: { view: CaseView; control: Control }) => {
  const { t } = useTranslation('work')
  const navigate = useNavigate()
  const copy = `examination-${control.id}`
  const [examination, change] = useKept(copy)
  const { state } = view
  const record = useCommand<ReturnType<typeof resultOf>, CommandReply>({
    path: `/api/declarations/${state.mrn}/controls/${control.id}/result`,
    refresh: [['declaration', state.mrn], ['work']],
  })
  const missing = missingIn(examination, state.document)
  const finish = async (): Promise<void> => {
    const reply = await record.run(resultOf(examination))
    if (!reply.ok) return
    forgetCopy(copy)
    toast(t('examine.recorded'), { tone: 'ok' })
    await navigate('/examinations')
  }
  return (
    <div className={css.page}>
      <Stack>
        <Head view={view} control={control} />
        <Section title={t('examine.lines')} count={state.document.items.length}>
          <ul className={css.lines}>
            {state.document.items.map((item) => (
              <Line key={item.itemNumber} item={item} view={view} examination={examination} change={change} />
            ))}
          </ul>
        </Section>
        <TextArea
          label={t('bar.remarks')}
          hint={t('bar.remarksHint')}
          rows={3}
          maxLength={2000}
          value={examination.remarks}
          onChange={(remarks) => change({ ...examination, remarks: remarks ?? '' })}
        />
        {record.problem && <ProblemNote problem={record.problem} />}
      </Stack>
      <div className={css.foot}>
        <span className="muted">
          {t('examine.checked', { count: checkedLines(examination) })} · {t('examine.kept')}
        </span>
        <Button
          kind={isConform(examination) ? 'primary' : 'danger'}
          disabled={missing !== null}
          pending={record.pending}
          onClick={() => void finish()}
        >
          {isConform(examination) ? t('examine.finishConform') : t('examine.finishDiscrepant')}
        </Button>
      </div>
    </div>
  )
}

const placeOf = ({ state }: CaseView): string =>
  [state.document.goodsLocation?.name, state.document.goodsLocation?.additionalId].filter(Boolean).join(' ') || '–'

const Head = ({ view, control }: { view: CaseView; control: Control }) => {
  const { t } = useTranslation('work')
  const say = useReasonText()
  const { state } = view
  const instructions = [...new Set(control.reasons.map(instructionOf).filter((text) => text !== undefined))]
  const containers = state.document.containers ?? []
  return (
    <Section title={firmOf(view)} actions={state.lane && <LaneBadge lane={state.lane.lane} />}>
      <Stack>
        <KeyValue
          columns={2}
          items={[
            { label: t('column.mrn'), value: <Id value={state.mrn} label="MRN" /> },
            { label: t('column.age'), value: <AgeBar since={control.openedAt} dueAt={control.dueAt} /> },
            { label: t('examine.where'), value: placeOf(view) },
            {
              label: t('examine.containers'),
              value: containers.map((one) => [one.id, ...(one.seals ?? []).map((seal) => seal.id)].filter(Boolean).join(' · ')).join(', ') || '–',
            },
          ]}
        />
        <div className={css.instruction}>
          <strong>{t('examine.instruction')}</strong>
          {(instructions.length > 0 ? instructions : control.reasons.map(say)).map((text) => (
            <p key={text} dir="auto">
              {text}
            </p>
          ))}
        </div>
      </Stack>
    </Section>
  )
}

type LineProps = { item: DeclarationItem; view: CaseView; examination: Examination; change: (next: Examination) => void }

const Line = ({ item, view, examination, change }: LineProps) => {
  const { t } = useTranslation('work')
  const number = item.itemNumber
  const result = examination.lines[number]
  const mark = (next: 'conform' | 'different'): void => change(markLine(examination, number, result === next ? undefined : next))
  const findings = examination.findings.filter((one) => one.itemNumber === number)
  return (
    <li className={css.line} data-result={result}>
      <div className={css.goods}>
        <strong>
          {number} · {item.description ?? item.hsCode}
        </strong>
        <span className="muted">
          <span className="mono">{item.hsCode}</span> · {item.origin ?? '–'} · {declaredValue(item, 'packages') ?? '–'} · <Mass kg={item.netMassKg} />
        </span>
      </div>
      <div className={css.choice} role="group" aria-label={t('panel.line', { number })}>
        <button type="button" className={css.big} data-kind="ok" aria-pressed={result === 'conform'} onClick={() => mark('conform')}>
          {t('examine.asDeclared')}
        </button>
        <button type="button" className={css.big} data-kind="danger" aria-pressed={result === 'different'} onClick={() => mark('different')}>
          {t('examine.different')}
        </button>
      </div>
      {result === 'different' && (
        <div className={css.findings}>
          <Findings
            document={view.state.document}
            value={findings.length > 0 ? findings : [{ itemNumber: number, found: '' }]}
            onChange={(next) =>
              change(
                withFindings(
                  examination,
                  number,
                  next.map((one) => ({ ...one, itemNumber: one.itemNumber ?? number })),
                ),
              )
            }
          />
        </div>
      )}
    </li>
  )
}
